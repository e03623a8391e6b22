// A Rust app that depends on hubkey: it works, and its module holds none of the npm package's classes.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const folder = process.env.HUBKEY_RUST_APP, endpoint = process.env.HUBKEY_TEST_HUB;
const app = await import(pathToFileURL(join(folder, "rust_app.js")));
const module = new WebAssembly.Module(await readFile(join(folder, "rust_app_bg.wasm")));
app.initSync({ module });

test("it signs in and reads", async () => {
  assert.match(await app.greet(endpoint, " hf_testread00000000000000000000000000\n"), /^ada: ada\/[^,]+, ada\/[^,]+$/);
});

test("what goes wrong has its code and its hint", async () => {
  await assert.rejects(app.greet(endpoint, "hf_testrevoked00000000000000000000000"), (it) => /^invalid_token: .*settings\/tokens/.test(it));
  await assert.rejects(app.greet("http://hub.example", "hf_x"), (it) => it.startsWith("insecure_endpoint: "));
});

test("none of the npm package's classes is in its module", () => {
  const names = WebAssembly.Module.exports(module).map((it) => it.name);
  assert.ok(names.includes("greet"), "the app's own function is there");
  assert.deepEqual(names.filter((it) => /core|^tell$/.test(it)), []);
  assert.deepEqual(Object.keys(app).sort(), ["default", "greet", "initSync"]);
});
