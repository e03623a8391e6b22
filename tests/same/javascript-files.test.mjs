// The same files through the official JavaScript client and through ours: their bytes, parts of them, and why they are refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as official from "@huggingface/hub";
import { control, ours, plain, theirs } from "./hub.mjs";

const hex = (bytes) => Buffer.from(bytes).toString("hex");

/** Type, repo, path, who asks, and the revision where it is not main. */
const FILES = [
  ["model", "ada/tiny", "config.json"], ["model", "ada/tiny", "model.safetensors"], ["model", "ada/tiny", "config.json", undefined, "refs/pr/1"],
  ["model", "ada/odd-files", "dir/sub/deep.txt"], ["model", "gpt2", "config.json"], ["dataset", "ada/old-data", "data/train.parquet"],
  ["space", "ada/app-000", "index.html"], ["model", "ada/private-notes", "model.safetensors", "testread"], ["model", "grace/gated-accepted", "config.json", "testread"],
  ["model", "grace/gated-rejected", "README.md"],
];

test("whole files, and what is known of them", async () => {
  for (const compress of [false, true]) {
    for (const [type, name, path, who, revision] of FILES) {
      await control("POST", "settings", { compress });
      const told = await official.downloadFile({ repo: { type, name }, path, revision, ...theirs(who) });
      const own = await ours(who).downloadFile({ repo: name, type, path, revision });
      const bytes = await own.bytes();
      const what = `${type} ${name} ${path} for ${who}, compressed: ${compress}`;
      assert.equal(hex(bytes), hex(await told.arrayBuffer()), what);
      assert.ok(own.size === undefined || own.size === bytes.length, what);
      const { siblings, sha } = await ours(who)[`${type}Info`]({ repo: name, revision, blobs: true });
      const known = siblings.find((it) => it.rfilename === path);
      assert.deepEqual([own.etag, own.commit], [known.lfs?.sha256 ?? known.blobId, sha], what);
    }
  }
});

test("why a file is refused", async () => {
  const rows = [
    [undefined, "grace/gated-pending", {}], ["testread", "grace/gated-not-asked", {}], ["testread", "grace/gated-pending", {}], ["testread", "grace/gated-rejected", {}],
    ["testread", "grace/gated-reset", {}], ["testfineunsaid", "grace/gated-accepted", {}], ["testread", "ada/tiny", { revision: "nope" }],
    ["testgrace", "ada/private-notes", {}], [undefined, "globex/disabled", {}], ["testsso", "acme/secret", {}], ["testorgrevoked", "acme/secret", {}],
  ];
  for (const [who, name, more] of rows) {
    const told = await official.downloadFile({ repo: { type: "model", name }, path: "config.json", ...more, ...theirs(who) }).then(() => assert.fail(name), (it) => it);
    const words = told.data.error ?? told.data.message;
    await assert.rejects(ours(who).downloadFile({ repo: name, path: "config.json", ...more }).then((it) => it.bytes()),
      (it) => it.status === told.statusCode && plain(it.message).includes(plain(words)), `${name} for ${who}: ${words}`);
  }
});

test("where they part: what is not there is nothing to one and an error to the other", async () => {
  assert.equal(await official.downloadFile({ repo: "ada/tiny", path: "none.txt", ...theirs() }), null);
  await assert.rejects(ours().downloadFile({ repo: "ada/tiny", path: "none.txt" }), { code: "entry_not_found", status: 404 });
});
