import cases from "./cases/remembered.mjs";
import { play } from "./support/node.mjs";

await play(cases);
