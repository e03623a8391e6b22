import cases from "./cases/recording.mjs";
import { play } from "./support/node.mjs";

await play(cases);
