// A page rendered on a server imports the package where there is no page, next to the work of others: it must neither
// look for one nor leave anything behind.
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { same } from "./support/check.mjs";
import { ENTRY } from "./support/entry.mjs";

const { stdout, stderr } = await promisify(execFile)(process.execPath, [`${import.meta.dirname}/support/untouched.mjs`]);
const report = JSON.parse(stdout);

test("the traps see a look and a change", () => same([report.trap, report.seesChanges], [["document"], ["here"]]));

test("importing touches no global", () => same(report.import, []));

test("naming a store touches no global, not even localStorage", () => same(report.stores, []));

test("a client looks at nothing but what the language's hosts share", () => {
  // Node before 25 reads hex by its Buffer.
  const looked = report.client.filter((it) => it !== "Buffer" || Uint8Array.fromHex);
  // Memory that grows in plain JavaScript leaves its old buffer by structuredClone.
  same(looked.sort(), ["TextDecoder", "TextEncoder", "URL", ENTRY === "hubkey/js" ? "structuredClone" : "WebAssembly"]);
});

test("nothing is left behind, on globalThis or on a built-in", () => same([report.changed, stderr], [[], ""]));
