import * as hubkey from "/node_modules/hubkey/inline.js";
import { underPolicy } from "/policy.js";
import { story } from "/story.mjs";

say((settings) => underPolicy({ wasm: true, trustedTypes: true }, () => story(hubkey, settings)));
