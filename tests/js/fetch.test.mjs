import cases from "./cases/fetch.mjs";
import { play } from "./support/node.mjs";

await play(cases);
