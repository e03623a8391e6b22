import cases from "./cases/oauth-code.mjs";
import { play } from "./support/node.mjs";

await play(cases);
