import cases from "./cases/paging.mjs";
import { play } from "./support/node.mjs";

await play(cases);
