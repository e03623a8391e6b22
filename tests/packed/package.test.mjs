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

test("the entries share two files and no more", async () => {
  // Each costs a page without a bundler a request, and Node some milliseconds.
  const files = await readdir(`${import.meta.dirname}/page/node_modules/hubkey`);
  assert.equal(files.filter((it) => it.startsWith("core-")).length, 2, files.join(" "));
});

test("the types resolve wherever modules are ESM", async () => {
  // `require()` works through Node's support for synchronous ES modules; only this remark is accepted.
  const args = [tarball, "--profile", "node16", "--ignore-rules", "cjs-resolves-to-esm", "--no-emoji", "--no-color"];
  const excluded = ["--exclude-entrypoints", "./hubkey_bg.wasm"];
  await run("attw", [...args, ...excluded]).catch((error) => assert.fail(error.stdout || error.message));
});
