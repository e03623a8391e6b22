import cases from "./cases/patience.mjs";
import { play } from "./support/node.mjs";

await play(cases);
