import * as hubkey from "./node_modules/hubkey/inline.js";
import { scenario } from "../scenario.mjs";
import { firstUse } from "./first-use.js";

globalThis.run = (options) => scenario(hubkey, options);
globalThis.firstUse = () => firstUse(hubkey);
