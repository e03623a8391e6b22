import cases from "./cases/environment.mjs";
import { play } from "./support/node.mjs";

await play(cases);
