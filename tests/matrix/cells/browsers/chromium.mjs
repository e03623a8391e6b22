// Pages, workers, policies and frames in Chromium.
import { browserCells } from "../../support/browser-cells.mjs";
import { openChromium } from "../../support/chromium.mjs";

export const {
  page, url, dedicated, dedicatedJs, shared, service, wasmAllowed, trustedTypes, wasmRefused, plainJs, vault, sandbox, realm, twoInstalls, twoVersions,
} = browserCells(openChromium);
