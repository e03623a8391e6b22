// The same over the entry without WebAssembly.
import * as hubkey from "/node_modules/hubkey/js.js";
import { answerWith } from "/worker-answer.js";

answerWith(hubkey);
