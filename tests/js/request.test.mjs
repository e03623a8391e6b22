import cases from "./cases/request.mjs";
import { play } from "./support/node.mjs";

await play(cases);
