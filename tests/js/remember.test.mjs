import cases from "./cases/remember.mjs";
import { play } from "./support/node.mjs";

await play(cases);
