import cases from "./cases/vault.mjs";
import { play } from "./support/node.mjs";

await play(cases);
