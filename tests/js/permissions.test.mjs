import cases from "./cases/permissions.mjs";
import { play } from "./support/node.mjs";

await play(cases);
