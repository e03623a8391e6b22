import cases from "./cases/oauth-device.mjs";
import { play } from "./support/node.mjs";

await play(cases);
