import { openFirefox } from "../../matrix/support/firefox.mjs";
import { inBrowser } from "../support/browser.mjs";

inBrowser("Firefox", openFirefox);
