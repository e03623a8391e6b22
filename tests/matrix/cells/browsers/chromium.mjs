// Pages and workers in Chromium.
import { browserCells } from "../../support/browser-cells.mjs";
import { openChromium } from "../../support/chromium.mjs";

export const { page } = browserCells(openChromium);
