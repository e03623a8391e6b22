import cases from "./cases/debug.mjs";
import { play } from "./support/node.mjs";

await play(cases);
