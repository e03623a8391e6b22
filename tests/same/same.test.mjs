// The official client and ours ask the same localhub; what they were told is compared. Neither shares a line with it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Hub } from "hubkey";

const endpoint = process.env.HUBKEY_TEST_HUB;
const token = "hf_testwrite0000000000000000000000000";
const bad = `hf_${"noSuchFakeToken".padEnd(34, "0")}`;
const hub = new Hub({ endpoint, token });

const all = async (list) => { const out = []; for await (const it of list) out.push(it); return out; };
const plain = (text) => text.replace(/\s+/g, " ").trim();
const failure = (call) => call().then(() => null, (it) => ({ status: it.status, requestId: !!it.requestId, message: it.message }));

const principals = await fetch(`${endpoint}/_localhub/principals`).then((it) => it.json());
const others = Object.fromEntries(principals.map((it) => [it.name, it.token]));
const by = (name) => new Hub({ endpoint, token: others[name] });

const script = fileURLToPath(new URL("official.py", import.meta.url));
const { stdout } = await promisify(execFile)(process.env.HUBKEY_PYTHON, [script, endpoint, token, bad, JSON.stringify(others)]);
const theirs = JSON.parse(stdout);

test("whoami", async () => {
  const me = await hub.whoami();
  assert.deepEqual(me.raw, theirs.whoami);
  assert.deepEqual(me.orgs.map((it) => it.name), theirs.whoami.orgs.map((it) => it.name));
});

test("every principal that is told who it is", async () => {
  const people = {};
  for (const { name } of principals.filter((it) => it.standing === "good")) people[name] = (await by(name).whoami()).raw;
  assert.deepEqual(people, theirs.people);
  assert.ok(Object.keys(people).length > 25 && Object.keys(people).length < principals.length);
});

test("a list over pages, in the same order", async () => {
  const ours = await all(hub.listModels({ author: "ada", sort: "downloads", limit: 37, pageSize: 10 }));
  assert.deepEqual(ours.map((it) => it.id), theirs.list);
  assert.equal(ours.length, 37);
});

test("filters", async () => {
  const ours = await all(hub.listModels({ filter: ["safetensors"], pipelineTag: "text-generation", search: "model", limit: 20 }));
  assert.deepEqual(ours.map((it) => it.id), theirs.filtered);
  assert.notEqual(ours.length, 0);
  const likes = await all(hub.listModels({ author: "acme", expand: ["likes"], limit: 5 }));
  assert.deepEqual(likes.map((it) => it.likes), theirs.expanded);
});

test("info at a revision with slashes", async () => {
  const { id, sha, tags, downloads, private: hidden, siblings } = await hub.modelInfo({ repo: "ada/tiny", revision: "refs/pr/1" });
  assert.deepEqual({ id, sha, tags, downloads, private: hidden, files: siblings.map((it) => it.rfilename) }, theirs.info);
});

const ids = async (list) => (await all(list)).map((it) => it.id);
const facts = ({ id, sha, tags, likes, private: hidden }) => ({ id, sha, tags, likes, private: hidden });

test("datasets", async () => {
  assert.deepEqual({
    byLanguage: await ids(hub.listDatasets({ language: ["en"], taskIds: "extractive-qa", sort: "likes" })),
    bySize: await ids(hub.listDatasets({ sizeCategories: "n<1K", author: "ada" })),
    benchmark: await ids(hub.listDatasets({ benchmark: "official", gated: false })),
    info: facts(await hub.datasetInfo({ repo: "ada/old-data" })),
  }, theirs.datasets);
  for (const it of Object.values(theirs.datasets)) assert.notEqual(it.length, 0);
});

test("Spaces", async () => {
  assert.deepEqual({
    byModel: await ids(hub.listSpaces({ models: "ada/tiny", sort: "createdAt" })),
    linked: await ids(hub.listSpaces({ linked: true, search: "app" })),
    info: facts(await hub.spaceInfo({ repo: "ada/app-000", revision: "main" })),
  }, theirs.spaces);
  for (const it of Object.values(theirs.spaces)) assert.notEqual(it.length, 0);
});

test("models by what they were trained on and who serves them", async () => {
  assert.deepEqual({
    trained: await ids(hub.listModels({ trainedDataset: "rajpurkar/squad", numParameters: "min:1B,max:20B" })),
    served: await ids(hub.listModels({ inferenceProvider: ["together"], apps: ["ollama"], author: "globex" })),
  }, theirs.models);
  for (const it of Object.values(theirs.models)) assert.notEqual(it.length, 0);
});

test("whether a repo is there", async () => {
  for (const [key, told] of Object.entries(theirs.exists)) {
    const [type, repo] = key.split(" ");
    assert.equal(await hub.repoExists({ repo, type }), told, key);
  }
  assert.deepEqual([...new Set(Object.values(theirs.exists))].sort(), [false, true]);
});

test("users, organisations, members", async () => {
  const [ada, acme] = [await hub.userOverview({ username: "ada" }), await hub.orgOverview({ organization: "acme" })];
  assert.deepEqual({
    user: { name: ada.user, models: ada.numModels, orgs: ada.orgs.map((it) => it.name) },
    org: { name: acme.name, plan: acme.plan, users: acme.numUsers },
    members: (await all(hub.orgMembers({ organization: "umbrella" }))).map((it) => it.user),
  }, theirs.accounts);
  assert.equal(theirs.accounts.members.length, 1200);
});

test("a repo that is there already", async () => {
  assert.equal((await hub.createRepo({ repo: "ada/made-twice", existOk: true })).url, theirs.created);
});

test("errors, by status and by the Hub's sentence", async () => {
  const ours = {
    missing: await failure(() => hub.modelInfo({ repo: "ada/nope" })),
    revision: await failure(() => hub.modelInfo({ repo: "ada/tiny", revision: "nope" })),
    exists: await failure(() => hub.createRepo({ repo: "ada/made-twice" })),
    notThere: await failure(() => hub.deleteRepo({ repo: "ada/nope", type: "dataset" })),
    notMine: await failure(() => hub.deleteRepo({ repo: "grace/model-000" })),
    badSort: await failure(() => all(hub.listDatasets({ sort: "beauty" }))),
    noSpace: await failure(() => hub.spaceInfo({ repo: "ada/nope" })),
    noUser: await failure(() => hub.userOverview({ username: "nobody" })),
    noOrg: await failure(() => all(hub.orgMembers({ organization: "nobody" }))),
    disabled: await failure(() => hub.repoExists({ repo: "globex/disabled" })),
    badToken: await failure(() => hub.whoami({ token: bad })),
    sso: await failure(() => by("testsso").modelInfo({ repo: "acme/secret" })),
    mfa: await failure(() => by("testmfa").deleteRepo({ repo: "acme/m1" })),
    ip: await failure(() => by("testip").repoExists({ repo: "acme/secret" })),
    classic: await failure(() => by("testpolicyclassic").createRepo({ repo: "acme/x" })),
    unapproved: await failure(() => by("testpolicypending").modelInfo({ repo: "acme/secret" })),
    revokedByOrg: await failure(() => by("testorgrevoked").modelInfo({ repo: "acme/secret" })),
    unpaid: await failure(() => by("testspent").createRepo({ repo: "ada/x", type: "space", sdk: "docker" })),
    readOnly: await failure(() => by("testread").createRepo({ repo: "ada/x", type: "dataset" })),
    otherScope: await failure(() => by("testfineorg").createRepo({ repo: "ada/x" })),
    expired: await failure(() => by("testoauthexpired").whoami()),
  };
  for (const [name, it] of Object.entries(theirs.errors)) {
    assert.equal(ours[name].status, it.status, name);
    assert.equal(ours[name].requestId, it.requestId, name);
    // Ours are one line: line breaks of the Hub's become blanks.
    assert.ok(plain(ours[name].message).includes(plain(it.message)), `${name}: ${ours[name].message} / ${it.message}`);
  }
});
