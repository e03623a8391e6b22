import cases from "./cases/spaces.mjs";
import { play } from "./support/node.mjs";

await play(cases);
