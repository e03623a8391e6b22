// What the official JavaScript client makes of each refusal, and that ours hears the same sentence. What has no counterpart
// in ours yet is asked all the same: it holds localhub to what a client of the Hub expects.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as official from "@huggingface/hub";
import { all, control, hubUrl, ours, plain, principals, theirs, tokens } from "./hub.mjs";

/** The refusal as the official client tells it. */
async function refusal(call) {
  const it = await call().then(() => assert.fail("no failure"), (it) => it);
  assert.ok(it instanceof official.HubApiError, String(it));
  assert.ok(it.url.startsWith(hubUrl) && it.requestId.startsWith("Root=1-") && it.message.includes(it.requestId));
  return { status: it.statusCode, words: it.data.error ?? it.data.message };
}

const repo = (name, type = "model") => ({ type, name });

test("who somebody is, for every principal", async () => {
  for (const { name, standing } of principals) {
    const own = () => ours().whoami({ token: tokens[name] });
    if (standing === "good") {
      const told = await official.whoAmI(theirs(name));
      // The one has made a Date of a text.
      assert.deepEqual((await own()).raw, JSON.parse(JSON.stringify(told)), name);
      continue;
    }
    const told = await refusal(() => official.whoAmI(theirs(name)));
    await assert.rejects(own(), (it) => it.code === "invalid_token" && it.status === told.status && it.message.includes(told.words), name);
  }
  assert.ok(principals.some((it) => it.standing !== "good"));
});

test("creation, with what is made of it", async () => {
  const rows = [["ada/plain", "model", {}], ["acme/hidden", "dataset", { private: true }], ["ada/page", "space", { sdk: "static" }],
    ["acme/grouped", "model", { private: true, license: "mit", resourceGroupId: "64b0c0ffee0123456789abcf" }]];
  for (const [name, type, options] of rows) {
    const seen = async (make) => {
      await control("POST", "reset");
      const told = await make();
      const { _id, sha, createdAt, lastModified, siblings, ...rest } = await ours("testwrite")[`${type}Info`]({ repo: name });
      return [told, rest, siblings, await ours("testwrite").repoExists({ repo: name, type })];
    };
    const own = await seen(() => ours("testwrite").createRepo({ repo: name, type, ...options }).then((it) => it.url));
    const told = await seen(() => official.createRepo({ repo: repo(name, type), ...options, ...theirs("testwrite") }).then((it) => it.repoUrl));
    assert.deepEqual(own, told, name);
    assert.equal(told[1].private, options.private ?? false);
  }
});

/** Who asks, what each of the two asks, the status, and how the sentence begins. Null where ours has no such call. */
const ROWS = [
  ["testread", "createRepo", { repo: repo("grace/x") }, { repo: "grace/x" }, 403, "You don't have the rights to create a model under this namespace"],
  ["testread", "createRepo", { repo: repo("ada/x", "dataset") }, { repo: "ada/x", type: "dataset" }, 403, "You don't have the rights to create a dataset"],
  ["testwrite", "createRepo", { repo: repo("ada/tiny") }, { repo: "ada/tiny" }, 409, "You already created this model repo"],
  ["testwrite", "createRepo", { repo: repo("ada/x", "space"), sdk: "cobol" }, { repo: "ada/x", type: "space", sdk: "cobol" }, 400, "* Invalid option"],
  ["testspent", "createRepo", { repo: repo("ada/x", "space"), sdk: "docker" }, { repo: "ada/x", type: "space", sdk: "docker" }, 402, "A payment method is required"],
  ["testexpired", "createRepo", { repo: repo("ada/x") }, { repo: "ada/x" }, 401, "Invalid credentials in Authorization header"],
  ["testpolicyclassic", "createRepo", { repo: repo("acme/x") }, { repo: "acme/x" }, 403, "Due to the organization token policy, only fine-grained"],
  ["testorgrevoked", "createRepo", { repo: repo("acme/x") }, { repo: "acme/x" }, 403, "Your token has been revoked by the organization"],
  ["testsso", "deleteRepo", { repo: repo("acme/m1") }, { repo: "acme/m1" }, 403, "Your access to the resources of organization acme is restricted: sso"],
  ["testmfa", "deleteRepo", { repo: repo("acme/m1") }, { repo: "acme/m1" }, 403, "Your access to the resources of organization acme is restricted: mfa"],
  ["testip", "modelInfo", { name: "acme/secret" }, { repo: "acme/secret" }, 403, "Your access to the resources of organization acme is restricted: ip"],
  ["testpolicypending", "modelInfo", { name: "acme/secret" }, { repo: "acme/secret" }, 403, "Due to the organization token policy, your token needs to be approved"],
  ["testread", "modelInfo", { name: "ada/tiny", revision: "nope" }, { repo: "ada/tiny", revision: "nope" }, 404, "Invalid rev id: nope"],
  ["testgrace", "modelInfo", { name: "ada/private-notes" }, { repo: "ada/private-notes" }, 404, "Repository not found"],
  [undefined, "modelInfo", { name: "globex/disabled" }, { repo: "globex/disabled" }, 403, "Access to this resource is disabled."],
  [undefined, "spaceInfo", { name: "ada/app-000", additionalFields: ["beauty"] }, { repo: "ada/app-000", expand: ["beauty"] }, 400, "* Invalid option"],
  ["testgrace", "deleteRepo", { repo: repo("ada/private-data", "dataset") }, { repo: "ada/private-data", type: "dataset" }, 404, "Repository not found"],
  [undefined, "checkRepoAccess", { repo: repo("ada/private-notes") }, null, 401, "Invalid username or password."],
  ["testgrace", "checkRepoAccess", { repo: repo("ada/private-app", "space") }, null, 404, "Repository not found"],
  ["testread", "checkRepoAccess", { repo: repo("globex/disabled") }, null, 403, "Access to this resource is disabled."],
  [undefined, "fileDownloadInfo", { repo: repo("grace/gated-pending"), path: "config.json" }, null, 401, "Access to model grace/gated-pending is restricted."],
  ["testread", "fileDownloadInfo", { repo: repo("grace/gated-pending"), path: "config.json" }, null, 403, "Your request to access model grace/gated-pending is awaiting"],
  ["testread", "downloadFile", { repo: repo("grace/gated-rejected"), path: "config.json" }, null, 403, "Your request to access model grace/gated-rejected has been rejected"],
  ["testread", "downloadFile", { repo: repo("grace/gated-reset"), path: "config.json" }, null, 403, "Your access to model grace/gated-reset has been reset"],
  ["testread", "downloadFile", { repo: repo("grace/gated-data", "dataset"), path: "data/train.csv" }, null, 403, "Access to dataset grace/gated-data is restricted and you are not"],
  ["testfineunsaid", "downloadFile", { repo: repo("grace/gated-accepted"), path: "config.json" }, null, 403, "Please enable access to public gated repositories"],
  ["testread", "downloadFile", { repo: repo("ada/tiny"), path: "config.json", revision: "nope" }, null, 404, "Invalid rev id: nope"],
];

test("each refusal", async () => {
  for (const [who, call, asked, own, code, words] of ROWS) {
    const what = `${call} ${JSON.stringify(asked)} as ${who}`;
    const told = await refusal(() => official[call]({ ...asked, ...theirs(who) }));
    assert.ok(told.status === code && told.words.startsWith(words), `${what}: ${told.status} ${told.words}`);
    if (own) await assert.rejects(ours(who)[call](own), (it) => it.status === code && plain(it.message).includes(plain(told.words)), what);
  }
});

test("lists that are refused", async () => {
  const rows = [["listModels", { search: { inferenceProviders: [] }, sort: "beauty" }, { sort: "beauty" }], ["listModels", { additionalFields: ["beauty"] }, { expand: ["beauty"] }],
    ["listSpaces", { additionalFields: ["gguf"] }, { expand: ["gguf"] }]];
  for (const [call, asked, own] of rows) {
    const told = await refusal(() => all(official[call]({ ...asked, ...theirs() })));
    assert.equal(told.status, 400);
    await assert.rejects(all(ours()[call](own)), (it) => it.code === "invalid_request" && plain(it.message).includes(plain(told.words)), call);
  }
});

test("access that is checked by the metadata says too much", async () => {
  // It looks at the facts, which are public where the content is not.
  await official.checkRepoAccess({ repo: repo("grace/gated-rejected"), ...theirs("testread") });
  assert.equal((await ours("testread").modelInfo({ repo: "grace/gated-rejected" })).gated, "manual");
});

test("a quota that is used up, and a Hub that is broken", async () => {
  await control("POST", "limits", { api: 0 });
  const used = await refusal(() => official.modelInfo({ name: "ada/tiny", ...theirs("testread") }));
  assert.ok(used.status === 429 && used.words.includes("you hit the quota of 0 api requests"));
  const stranger = await refusal(() => official.modelInfo({ name: "ada/tiny", ...theirs() }));
  assert.match(stranger.words, /rate limit your IP/);
  await control("POST", "limits", { whoami: 0 });
  assert.equal((await refusal(() => official.whoAmI(theirs("testread")))).status, 429);
  const page = { type: "body", status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad Gateway</h1>" };
  await control("POST", "faults", { match: { path: "/api/models/ada/tiny" }, fault: page });
  assert.deepEqual(await refusal(() => official.checkRepoAccess({ repo: repo("ada/tiny"), ...theirs() })), { status: 502, words: "<h1>Bad Gateway</h1>" });
});

test("files: whether they are there, what is known of them, and what they hold", async () => {
  const there = (path, who, name = "ada/tiny") => official.fileExists({ repo: repo(name), path, ...theirs(who) });
  assert.deepEqual([await there("config.json"), await there("none.txt"), await there("config.json", "testread", "ada/private-notes")], [true, false, true]);
  const info = (path, more = {}) => official.fileDownloadInfo({ repo: repo("ada/tiny"), path, ...theirs(), ...more });
  assert.equal(await info("none.txt"), null);
  assert.deepEqual([(await info("model.safetensors")).size, (await info("model.safetensors", { raw: true })).size], [5000, 129]);
  const { siblings } = await ours().modelInfo({ repo: "ada/tiny", blobs: true });
  const config = siblings.find((it) => it.rfilename === "config.json");
  const known = await info("config.json");
  assert.deepEqual([known.size, known.etag], [config.size, `"${config.blobId}"`]);
  for (const [name, path, who] of [["ada/tiny", "config.json"], ["ada/tiny", "model.safetensors"], ["ada/private-notes", "model.safetensors", "testread"], ["gpt2", "config.json"]]) {
    const blob = await official.downloadFile({ repo: repo(name), path, ...theirs(who) });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    assert.equal(bytes.length, blob.size);
    assert.deepEqual(new Uint8Array(await blob.slice(10, 20).arrayBuffer()), bytes.slice(10, 20), "a part of it is asked for");
  }
  assert.equal((await control("GET", "requests")).filter((it) => it.origin === "cdn" && it.headers.authorization).length, 0);
});

test("what a repo holds is what its facts say", async () => {
  const held = await all(official.listFiles({ repo: repo("ada/odd-files"), recursive: true, ...theirs() }));
  const { siblings } = await ours().modelInfo({ repo: "ada/odd-files", blobs: true });
  const files = held.filter((it) => it.type === "file");
  assert.deepEqual(files.map((it) => [it.path, it.size, it.oid, it.lfs?.oid]).sort(), siblings.map((it) => [it.rfilename, it.size, it.blobId, it.lfs?.sha256]).sort());
  const [config, folder] = await official.pathsInfo({ repo: repo("ada/odd-files"), paths: ["config.json", "dir", "none"], expand: true, ...theirs() });
  assert.deepEqual([config.type, folder.type, config.lastCommit.date instanceof Date], ["file", "directory", true]);
  assert.deepEqual(await refusal(() => all(official.listFiles({ repo: repo("ada/tiny"), path: "none", ...theirs() }))), { status: 404, words: 'none does not exist on "main"' });
});

test("texts may come compressed, without a length", async () => {
  await control("POST", "settings", { compress: true });
  const hub = ours("testread");
  assert.deepEqual((await hub.whoami()).raw, JSON.parse(JSON.stringify(await official.whoAmI(theirs("testread")))));
  const told = await all(official.listModels({ search: { owner: "ada" }, sort: "id", ...theirs("testread") }));
  assert.deepEqual((await all(hub.listModels({ author: "ada", sort: "id" }))).map((it) => it.id), told.map((it) => it.name));
  const words = (await refusal(() => official.deleteRepo({ repo: repo("ada/tiny"), ...theirs("testread") }))).words;
  await assert.rejects(hub.deleteRepo({ repo: "ada/tiny" }), (it) => it.message.includes(words));
  const blob = await official.downloadFile({ repo: repo("ada/tiny"), path: "config.json", ...theirs() });
  assert.equal(JSON.parse(await blob.text()).model_type, "local");
  const plain = await fetch(`${hubUrl}/api/models/ada/tiny`);
  assert.deepEqual([plain.headers.get("content-encoding"), plain.headers.get("content-length")], ["gzip", null]);
});
