import cases from "./cases/token-input.mjs";
import { play } from "./support/node.mjs";

await play(cases);
