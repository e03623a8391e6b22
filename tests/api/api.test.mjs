// What the package exports: as the report in the repository says, documented, and there when it runs.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { RENEW, report } from "./report.mjs";

const { text, undocumented, types, surfaces } = await report();
/** What has an import path, and types, of its own. */
const beside = types.slice(1).map((it) => it.slice(2, -".d.ts".length));

test("the report in the repository is that of this package", async () => {
  const kept = await readFile(join(process.env.HUBKEY_ROOT, "api", "hubkey.api.md"), "utf8").catch(() => "");
  const without = (some, others) => some.split("\n").filter((line) => !others.includes(line));
  assert.ok(kept === text, [
    `the public surface changed: run \`${RENEW}\` and have the change of api/hubkey.api.md reviewed`,
    ...without(kept, text).map((line) => `- ${line}`), ...without(text, kept).map((line) => `+ ${line}`),
  ].join("\n"));
});

test("every export and every member of one has JSDoc", () => assert.deepEqual(undocumented, []));

test("all entries have the same types, but for what is imported beside them", () => {
  assert.equal(types[0], "./index.d.ts");
  assert.ok(beside.includes("diagnose"));
});

test("what runs exports what the types say, and nothing more", async () => {
  const [declared, ...others] = surfaces.map((it) => [...it.matchAll(/^export (?:declare )?(?:abstract )?(?:class|function|const|let|var|enum) (\w+)/gm)].map(([, name]) => name));
  assert.ok(declared.includes("Hub"), "the report has no class Hub");
  assert.deepEqual(Object.keys(await import("hubkey")).sort(), [...new Set(declared)].sort());
  for (const [at, name] of beside.entries()) assert.deepEqual(Object.keys(await import(`hubkey/${name}`)).sort(), [...new Set(others[at])].sort(), name);
});

test("the class has the methods that the types say, and nothing more", async () => {
  const { Hub } = await import("hubkey");
  const [, body] = /^export class Hub \{\n([^]*?)\n\}/m.exec(text);
  const members = [...body.matchAll(/^ {4}(static |readonly )*(\w+)[<(?:]/gm)].map(([, , name]) => name);
  const own = [...Object.getOwnPropertyNames(Hub.prototype), ...Object.getOwnPropertyNames(Hub).filter((it) => typeof Hub[it] === "function")];
  assert.deepEqual(own.filter((it) => it !== "prototype").sort(), [...new Set(members)].sort());
});
