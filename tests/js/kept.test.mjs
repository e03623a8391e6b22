import cases from "./cases/kept.mjs";
import { play } from "./support/node.mjs";

await play(cases);
