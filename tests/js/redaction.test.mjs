import cases from "./cases/redaction.mjs";
import { play } from "./support/node.mjs";

await play(cases);
