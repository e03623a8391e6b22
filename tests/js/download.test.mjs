import cases from "./cases/download.mjs";
import { play } from "./support/node.mjs";

await play(cases);
