import cases from "./cases/storage-faults.mjs";
import { play } from "./support/node.mjs";

await play(cases);
