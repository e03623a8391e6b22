import cases from "./cases/accounts.mjs";
import { play } from "./support/node.mjs";

await play(cases);
