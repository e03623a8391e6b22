import cases from "./cases/explained.mjs";
import { play } from "./support/node.mjs";

await play(cases);
