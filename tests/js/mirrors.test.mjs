import cases from "./cases/mirrors.mjs";
import { play } from "./support/node.mjs";

await play(cases);
