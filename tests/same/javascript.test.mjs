// The official JavaScript client and ours ask the same localhub; what they were told is compared, errors included.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as official from "@huggingface/hub";
import { all, control, ours, plain, theirs } from "./hub.mjs";

const names = async (list) => (await all(list)).map((it) => it.name ?? it.id);
const status = (work) => work.then(() => "no failure", (it) => it.statusCode ?? it.status);

test("lists, each with its filters and orders", async () => {
  const rows = [
    [official.listModels, "listModels", { query: "model", owner: "ada", tags: ["safetensors"] }, { search: "model", author: "ada", filter: ["safetensors"] }],
    [official.listModels, "listModels", { task: "fill-mask", apps: ["ollama", "vllm"] }, { pipelineTag: "fill-mask", apps: ["ollama", "vllm"] }],
    [official.listModels, "listModels", { inferenceProviders: ["together", "hf-inference"] }, { inferenceProvider: ["together", "hf-inference"] }],
    [official.listDatasets, "listDatasets", { query: "data", owner: "ada", tags: ["language:en"] }, { search: "data", author: "ada", language: "en" }],
    [official.listDatasets, "listDatasets", { tags: ["license:mit", "task_ids:extractive-qa"] }, { filter: "license:mit", taskIds: "extractive-qa" }],
    [official.listSpaces, "listSpaces", { query: "app", owner: "globex", tags: ["static"] }, { search: "app", author: "globex", filter: "static" }],
  ];
  for (const [list, method, search, options] of rows)
    for (const sort of ["likes", "createdAt", "id", "mainSize"]) {
      const told = await names(list({ search, sort, ...theirs("testread") }));
      assert.notEqual(told.length, 0, `${method} ${JSON.stringify(search)}`);
      assert.deepEqual(await names(ours("testread")[method]({ ...options, sort })), told, `${method} ${JSON.stringify(search)} ${sort}`);
    }
});

test("additional fields are what expand gives", async () => {
  const fields = { listModels: ["author", "sha", "tags", "inferenceProviderMapping"], listDatasets: ["description", "downloadsAllTime", "tags"], listSpaces: ["runtime", "models", "datasets", "subdomain"] };
  for (const [method, additionalFields] of Object.entries(fields)) {
    const told = await all(official[method]({ search: { owner: "ada" }, additionalFields, sort: "id", ...theirs() }));
    const expand = [...additionalFields, "private", "likes"];
    const own = await all(ours()[method]({ author: "ada", expand, sort: "id" }));
    assert.notEqual(told.length, 0);
    assert.deepEqual(own.map((it) => [it._id, it.id, it.likes]), told.map((it) => [it.id, it.name, it.likes]));
    for (const field of additionalFields.filter((it) => it !== "inferenceProviderMapping")) assert.deepEqual(own.map((it) => it[field]), told.map((it) => it[field]), field);
    if (method === "listModels") assert.deepEqual(own.map((it) => it.inferenceProviderMapping.map((it) => it.provider)), told.map((it) => it.inferenceProviderMapping.map((it) => it.provider)));
  }
});

test("info", async () => {
  for (const [method, name] of [["modelInfo", "ada/tiny"], ["datasetInfo", "ada/data-000"], ["spaceInfo", "ada/app-000"], ["datasetInfo", "ada/old-data"], ["modelInfo", "gpt2"]]) {
    const told = await official[method]({ name, additionalFields: ["author", "sha", "tags"], ...theirs() });
    const own = await ours()[method]({ repo: name, revision: "HEAD" });
    assert.deepEqual([own._id, own.id, own.likes, own.sha, own.tags, own.author], [told.id, told.name, told.likes, told.sha, told.tags, told.author], name);
  }
});

test("whether a repo is there", async () => {
  const rows = [["model", "ada/tiny"], ["model", "gpt2"], ["model", "ada/none"], ["model", "ada/private-notes"], ["dataset", "ada/data-000"], ["dataset", "ada/tiny"],
    ["space", "ada/app-000"], ["space", "ada/private-app"], ["model", "grace/gated-not-asked"], ["dataset", "ada/old-data"]];
  const found = [];
  for (const [type, name] of rows)
    for (const who of [undefined, "testread", "testgrace"]) {
      const told = await official.repoExists({ repo: { type, name }, ...theirs(who) });
      assert.equal(await ours(who).repoExists({ repo: name, type }), told, `${type} ${name} for ${who}`);
      found.push(told);
    }
  assert.ok(found.includes(true) && found.includes(false));
});

test("where they part: a bad token is no missing repo", async () => {
  const repo = { type: "model", name: "ada/private-notes" };
  assert.equal(await official.repoExists({ repo, ...theirs("testrevoked") }), false);
  await assert.rejects(ours("testrevoked").repoExists({ repo: repo.name }), { code: "invalid_token", status: 401 });
});

test("deletion", async () => {
  for (const [type, name] of [["model", "ada/a"], ["dataset", "ada/data-001"], ["space", "ada/app-001"], ["model", "acme/m1"]]) {
    await control("DELETE", "requests");
    await official.deleteRepo({ repo: { type, name }, ...theirs("testwrite") });
    const [asked] = await control("GET", "requests");
    await control("POST", "reset");
    assert.equal(await ours("testwrite").deleteRepo({ repo: name, type }), true);
    const [own] = await control("GET", "requests");
    assert.deepEqual([own.method, own.path, JSON.parse(own.body)], [asked.method, asked.path, JSON.parse(asked.body)]);
    assert.equal(await official.repoExists({ repo: { type, name }, ...theirs("testwrite") }), false);
  }
});

test("errors, by status and by the Hub's sentence", async () => {
  const rows = [
    ["testread", () => official.deleteRepo({ repo: "ada/tiny", ...theirs("testread") }), (hub) => hub.deleteRepo({ repo: "ada/tiny" }), 403, "insufficient_scope"],
    ["testgrace", () => official.deleteRepo({ repo: "ada/private-notes", ...theirs("testgrace") }), (hub) => hub.deleteRepo({ repo: "ada/private-notes" }), 404, "repo_not_found"],
    ["testrestricted", () => official.deleteRepo({ repo: "acme/m1", ...theirs("testrestricted") }), (hub) => hub.deleteRepo({ repo: "acme/m1" }), 403, "org_restricted"],
    ["testrevoked", () => official.deleteRepo({ repo: "ada/tiny", ...theirs("testrevoked") }), (hub) => hub.deleteRepo({ repo: "ada/tiny" }), 401, "invalid_token"],
    [undefined, () => official.datasetInfo({ name: "ada/none", ...theirs() }), (hub) => hub.datasetInfo({ repo: "ada/none" }), 401, "unauthorized"],
    ["testread", () => official.spaceInfo({ name: "ada/none", ...theirs("testread") }), (hub) => hub.spaceInfo({ repo: "ada/none" }), 404, "repo_not_found"],
    ["testread", () => official.datasetInfo({ name: "ada/data-000", revision: "nope", ...theirs("testread") }), (hub) => hub.datasetInfo({ repo: "ada/data-000", revision: "nope" }), 404, "revision_not_found"],
    [undefined, () => all(official.listSpaces({ sort: "beauty", ...theirs() })), (hub) => all(hub.listSpaces({ sort: "beauty" })), 400, "invalid_request"],
    [undefined, () => all(official.listDatasets({ additionalFields: ["beauty"], ...theirs() })), (hub) => all(hub.listDatasets({ expand: "beauty" })), 400, "invalid_request"],
    [undefined, () => official.repoExists({ repo: "globex/disabled", ...theirs() }), (hub) => hub.repoExists({ repo: "globex/disabled" }), 403, "forbidden"],
  ];
  for (const [who, their, our, code, word] of rows) {
    assert.equal(await status(their()), code, word);
    const told = await their().catch((it) => it.data?.error ?? it.message);
    await assert.rejects(our(ours(who)), (it) => it.code === word && it.status === code && plain(it.message).includes(plain(told)), `${word} for ${who}: ${told}`);
  }
});
