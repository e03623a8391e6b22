import cases from "./cases/validate.mjs";
import { play } from "./support/node.mjs";

await play(cases);
