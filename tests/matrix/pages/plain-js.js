import * as hubkey from "/node_modules/hubkey/js.js";
import { underPolicy } from "/policy.js";
import { story } from "/story.mjs";

say((settings) => underPolicy({ wasm: false }, () => story(hubkey, settings)));
