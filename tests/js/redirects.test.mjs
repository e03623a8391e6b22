import cases from "./cases/redirects.mjs";
import { play } from "./support/node.mjs";

await play(cases);
