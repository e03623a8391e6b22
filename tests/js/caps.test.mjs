import cases from "./cases/caps.mjs";
import { play } from "./support/node.mjs";

await play(cases);
