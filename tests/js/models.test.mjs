import cases from "./cases/models.mjs";
import { play } from "./support/node.mjs";

await play(cases);
