import cases from "./cases/identity.mjs";
import { play } from "./support/node.mjs";

await play(cases);
