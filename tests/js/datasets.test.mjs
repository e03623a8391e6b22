import cases from "./cases/datasets.mjs";
import { play } from "./support/node.mjs";

await play(cases);
