import cases from "./cases/answers.mjs";
import { play } from "./support/node.mjs";

await play(cases);
