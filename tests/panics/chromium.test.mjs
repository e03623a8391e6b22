import { openChromium } from "../matrix/support/chromium.mjs";
import { inBrowser } from "./support/browser.mjs";

inBrowser("Chromium", openChromium);
