// A service worker in Chromium; in Firefox a page without a window.
import * as hubkey from "./entry.js";
import { told } from "./told.js";

told("background", hubkey);
