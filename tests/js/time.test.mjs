import cases from "./cases/time.mjs";
import { play } from "./support/node.mjs";

await play(cases);
