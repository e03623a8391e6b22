import cases from "./cases/repos.mjs";
import { play } from "./support/node.mjs";

await play(cases);
