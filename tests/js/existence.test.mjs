import cases from "./cases/existence.mjs";
import { play } from "./support/node.mjs";

await play(cases);
