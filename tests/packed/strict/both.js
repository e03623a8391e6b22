// As when a library of theirs imports the one and the page itself the other.
import * as hubkey from "./node_modules/hubkey/inline.js";
import "./node_modules/hubkey/js.js";
import { scenario } from "../scenario.mjs";
import { firstUse } from "./first-use.js";

globalThis.run = (options) => scenario(hubkey, options);
globalThis.firstUse = () => firstUse(hubkey);
