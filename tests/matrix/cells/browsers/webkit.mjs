// Pages, workers, policies and frames in WebKitGTK.
import { browserCells } from "../../support/browser-cells.mjs";
import { openWebkit } from "../../support/webkit.mjs";

export const {
  page, url, dedicated, shared, service, wasmAllowed, trustedTypes, wasmRefused, plainJs, vault, sandbox, realm, twoInstalls, twoVersions,
} = browserCells(openWebkit);
