import cases from "./cases/exchange.mjs";
import { play } from "./support/node.mjs";

await play(cases);
