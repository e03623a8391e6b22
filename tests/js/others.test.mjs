import cases from "./cases/others.mjs";
import { play } from "./support/node.mjs";

await play(cases);
