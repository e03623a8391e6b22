// The tarball itself, as npm's own checkers see it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const run = promisify(execFile);
const tarball = process.env.HUBKEY_TARBALL;

test("publint has no remark", async () => {
  const bytes = await readFile(tarball);
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(bytes).buffer }, strict: true });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg, { color: false })), []);
});

test("what panics on purpose is not in it", async () => {
  const folder = `${import.meta.dirname}/page/node_modules/hubkey`;
  for (const file of ["hubkey_bg.wasm", "js.js"]) {
    const text = await readFile(`${folder}/${file}`, "latin1");
    // What it would know a request for a panic by, and something that is there, or nothing would be found.
    assert.deepEqual([text.includes("panic:"), text.includes("/panic/"), text.includes("invalid_token_format")], [false, false, true], file);
  }
});

/** What a page must load beside an entry, of the files that several have in common. */
async function common(entry, found = new Set()) {
  const text = await readFile(`${import.meta.dirname}/page/node_modules/hubkey/${entry}`, "utf8");
  for (const [, file] of text.matchAll(/(?:from|import) ?"\.\/(core-\w+\.js)"/g)) {
    if (found.has(file)) continue;
    found.add(file);
    await common(file, found);
  }
  return found;
}

test("the entries share two files, and those by which one signs in a third", async () => {
  // Each costs a page without a bundler a request, and Node some milliseconds.
  const client = await common("url.js");
  assert.equal(client.size, 2, [...client].join(" "));
  for (const entry of ["inline.js", "js.js", "workerd.js", "edge.js", "diagnose.js", "vault.js", "elements.js"]) assert.deepEqual([...(await common(entry))].filter((it) => !client.has(it)), [], entry);
  for (const entry of ["oauth.js", "server.js", "exchange.js"]) assert.equal([...(await common(entry))].filter((it) => !client.has(it)).length, 1, entry);
});

test("the types resolve wherever modules are ESM", async () => {
  // `require()` works through Node's support for synchronous ES modules; only this remark is accepted.
  const args = [tarball, "--profile", "node16", "--ignore-rules", "cjs-resolves-to-esm", "--no-emoji", "--no-color"];
  const excluded = ["--exclude-entrypoints", "./hubkey_bg.wasm"];
  await run("attw", [...args, ...excluded]).catch((error) => assert.fail(error.stdout || error.message));
});
