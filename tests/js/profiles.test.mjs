import cases from "./cases/profiles.mjs";
import { play } from "./support/node.mjs";

await play(cases);
