import cases from "./cases/getter.mjs";
import { play } from "./support/node.mjs";

await play(cases);
