import { openWebkit } from "../../matrix/support/webkit.mjs";
import { inBrowser } from "../support/browser.mjs";

inBrowser("WebKitGTK", openWebkit);
