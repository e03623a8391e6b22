import cases from "./cases/destinations.mjs";
import { play } from "./support/node.mjs";

await play(cases);
