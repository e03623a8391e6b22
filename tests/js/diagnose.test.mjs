import cases from "./cases/diagnose.mjs";
import { play } from "./support/node.mjs";

await play(cases);
