import cases from "./cases/oauth-hooks.mjs";
import { play } from "./support/node.mjs";

await play(cases);
