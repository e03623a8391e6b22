import cases from "./cases/oauth-kept.mjs";
import { play } from "./support/node.mjs";

await play(cases);
