// Pages, workers, policies and frames in Firefox.
import { browserCells } from "../../support/browser-cells.mjs";
import { elementCell } from "../../support/element-cell.mjs";
import { openFirefox } from "../../support/firefox.mjs";

export const {
  page, url, dedicated, shared, service, wasmAllowed, trustedTypes, wasmRefused, plainJs, vault, sandbox, realm, twoInstalls, twoVersions,
} = browserCells(openFirefox);

export const element = elementCell(openFirefox);
