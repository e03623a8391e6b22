import cases from "./cases/signin.mjs";
import { play } from "./support/node.mjs";

await play(cases);
