// The language's own prototypes frozen, as hardened programs do it: everything works, and failures are ours.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { ENTRY } from "./support/entry.mjs";

const story = `
  for (const it of [Object, Array, Function, Error, TypeError, RangeError, Promise, Map, String]) Object.freeze(it.prototype), Object.freeze(it);
  const { Hub, HubError } = await import(process.argv[1]);
  const endpoint = process.argv[2], seen = [];
  const hub = new Hub({ endpoint, token: "hf_testread00000000000000000000000000" });
  seen.push((await hub.whoami()).name);
  for await (const it of hub.listModels({ author: "ada", limit: 2 })) seen.push(typeof it.id);
  const failing = new Hub({ endpoint, fetch: async () => { throw Object.assign(new TypeError("down"), { code: "ECONNREFUSED" }); } });
  const error = await failing.modelInfo({ repo: "a/b" }).catch((it) => it);
  seen.push(error instanceof HubError, error.code, error.name, error.cause.name, error.cause.code);
  console.log(JSON.stringify(seen));
`;

test("frozen prototypes change nothing", async () => {
  const args = ["--input-type=module", "-e", story, import.meta.resolve(ENTRY), process.env.HUBKEY_TEST_HUB];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
  assert.deepEqual([JSON.parse(stdout), stderr], [["ada", "string", "string", true, "network", "HubError", "TypeError", "ECONNREFUSED"], ""]);
});
