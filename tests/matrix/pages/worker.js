// A dedicated, a shared or a service worker. Import maps do not reach workers, so the package is named by its path.
import * as hubkey from "/node_modules/hubkey/inline.js";
import { answerWith } from "/worker-answer.js";

answerWith(hubkey);
