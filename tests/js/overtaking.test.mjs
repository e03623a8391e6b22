import cases from "./cases/overtaking.mjs";
import { play } from "./support/node.mjs";

await play(cases);
