import cases from "./cases/deletion.mjs";
import { play } from "./support/node.mjs";

await play(cases);
