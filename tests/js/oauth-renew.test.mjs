import cases from "./cases/oauth-renew.mjs";
import { play } from "./support/node.mjs";

await play(cases);
