import cases from "./cases/stores.mjs";
import { play } from "./support/node.mjs";

await play(cases);
