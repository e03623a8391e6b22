import cases from "./cases/session.mjs";
import { play } from "./support/node.mjs";

await play(cases);
