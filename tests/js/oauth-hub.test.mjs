import cases from "./cases/oauth-hub.mjs";
import { play } from "./support/node.mjs";

await play(cases);
