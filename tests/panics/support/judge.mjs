import assert from "node:assert/strict";
import { join } from "node:path";
import { complaints, times } from "../cases.mjs";

/** Where the package with the panics is installed. */
export const packageDir = join(process.env.HUBKEY_PANICKING ?? fail(), "node_modules/hubkey");

function fail() {
  throw new Error("HUBKEY_PANICKING names where the panicking package is installed: cargo xtask panics sets it");
}

/** Prints how long it took; fails on anything that did not end as it should. */
export function judge(t, report) {
  t.diagnostic(`${t.name}: ${times(report)}`);
  assert.deepEqual(complaints(report), []);
}
