// Every route of localhub that the Hub's description of its API has, with what localhub answers there. Where the description
// and what was recorded of the Hub part, localhub goes with the recording; each such place is named here with its reason.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { same, yes } from "./support/check.mjs";
import { start } from "./support/node.mjs";
import { read, skip } from "./support/openapi.mjs";

const at = skip ? undefined : await start();
const api = skip ? undefined : read();
if (at) test.after(at.stop);

const send = (method, path, who, body, headers = {}) =>
  fetch(at.hubUrl + path, {
    method: method.toUpperCase(), redirect: "manual",
    headers: { ...(who && { authorization: `Bearer ${at.token(who)}` }), ...(body && { "content-type": "application/json" }), ...headers },
    body: body && JSON.stringify(body),
  });

const KINDS = ["models", "datasets", "spaces"];
const REPO = { models: "ada/tiny", datasets: "ada/data-000", spaces: "ada/app-000" };
const GATED = { models: "grace/gated-pending", datasets: "grace/gated-data-pending" };
const each = (kinds, rows) => kinds.flatMap((kind) => rows(kind, REPO[kind], GATED[kind]));

/** Method, address, who asks, with what body; the status that is to come where it is not 200. */
const ROWS = [
  ["get", "/api/whoami-v2", "testgrace"],
  ["get", "/oauth/userinfo", "testoauth"], ["get", "/oauth/userinfo", "testoauthbare"], ["post", "/oauth/userinfo", "testoauthgated"],
  ["post", "/oauth/device", undefined, { client_id: "hubkey-test-public", scope: "openid" }],
  ["post", "/oauth/register", undefined, {}, 201],
  ["post", "/oauth/register", undefined, { client_name: "A page", redirect_uris: ["http://127.0.0.1/callback"], token_endpoint_auth_method: "none", scope: "openid profile", contacts: ["ada@example.org"] }, 201],
  ["get", "/api/users/ada/overview"], ["get", "/api/users/grace/overview", "testread"],
  ["get", "/api/organizations/acme/members", "testgod"], ["get", "/api/organizations/umbrella/members?limit=10"],
  ["post", "/api/repos/create", "testwrite", { name: "described" }],
  ["post", "/api/repos/create", "testwrite", { name: "tiny" }, 409],
  ["post", "/api/repos/move", "testwrite", { fromRepo: "ada/a", toRepo: "ada/b", type: "model" }],
  ...each(KINDS, (kind, repo) => [
    ["get", `/api/${kind}/${repo}/refs`], ["get", `/api/${kind}/${repo}/refs?include_prs=1`],
    ["get", `/api/${kind}/${repo}/treesize/main/README.md`],
    ["post", `/api/${kind}/${repo}/paths-info/main`, undefined, { paths: ["README.md", "none"], expand: true }],
    ["put", `/api/${kind}/${repo}/settings`, "testwrite", { discussionsDisabled: true, discussionsSorting: "trending" }],
    ["get", `/${kind === "models" ? "" : `${kind}/`}${repo}/resolve/main/README.md`, undefined, undefined, 307],
    ["get", `/api/resolve-cache/${kind}/${repo}/main/README.md`],
  ]),
  ["get", "/api/models/ada/odd-files/tree/main/dir?recursive=true&expand=true"], ["get", "/api/datasets/ada/data-000/tree/main/data?expand=true"],
  ["post", "/api/repos/create", "testwrite", { name: "nested", type: "space", sdk: "static", files: [{ path: "dir/a.txt", content: "a" }] }],
  ["get", "/api/spaces/ada/nested/tree/main/dir", "testwrite"],
  ["post", "/api/datasets/ada/data-000/paths-info/main", undefined, { paths: ["data/train.parquet", "data"] }],
  ["get", "/ada/tiny/resolve/main/model.safetensors", undefined, undefined, 302],
  ["get", "/datasets/ada/data-000/resolve/main/data/train.parquet", undefined, undefined, 302],
  ...each(["models", "datasets"], (kind, _, repo) => [
    ["post", `/${kind === "models" ? "" : "datasets/"}${repo}/ask-access`, "testread", {}, 303],
    ["get", `/api/${kind}/${repo}/user-access-request/pending`, "testgrace"],
    ["post", `/api/${kind}/${repo}/user-access-request/handle`, "testgrace", { user: "ada", status: "accepted" }],
    ["get", `/api/${kind}/${repo}/user-access-request/accepted`, "testgrace"],
    ["post", `/api/${kind}/${repo}/user-access-request/batch`, "testgrace", { status: "pending", requests: [{ user: "ada" }, { user: "none" }] }],
    ["post", `/api/${kind}/${repo}/user-access-request/cancel`, "testread"],
    ["post", `/api/${kind}/${repo}/user-access-request/grant`, "testgrace", { user: "ada" }],
  ]),
  ["post", "/api/credentials/revoke", undefined, { credentials: ["hf_nobodys"] }, 202],
];

/** Where localhub departs from the description: the operation, what is taken out before the check, and why. */
const DEPARTURES = [
  {
    path: /user-access-request\/\{status\}$/, row: ["get", "/api/models/grace/gated-pending/user-access-request/pending", "testgrace"],
    take: (list) => list.map(({ requestId, ...it }) => it),
    why: "`requestId` came after the description of August 2026: huggingface_hub 2.4.0 cannot read a list without it",
  },
  {
    path: /tree\/\{rev\}/, row: ["get", "/api/models/ada/odd-files/tree/main/dir"], take: (list) => list.map(({ path, ...it }) => it),
    why: "`path` is left out of the description; models.tree.json has it, and no client could do without",
  },
  {
    path: /paths-info/, row: ["post", "/api/models/ada/tiny/paths-info/main", undefined, { paths: ["model.safetensors"] }],
    take: (list) => list.map((it) => (it.lfs ? { ...it, lfs: { pointerSize: it.lfs.pointerSize } } : it)),
    why: "`lfs` is described with its pointer's size alone; models.paths-info.json has `oid` and `size` too",
  },
];

/** What is wrong with an answer. */
async function wrong([method, address, who, body, status = 200]) {
  const answer = await send(method, address, who, body);
  const path = api.path(method, address.split("?")[0]);
  if (answer.status !== status) return [`${answer.status} ${await answer.text()}`];
  const described = api.paths[path][method].responses;
  const json = described?.[status]?.content?.["application/json"];
  // Some operations have no answer in the description, and a file is described as what Xet knows of it.
  if (!json || !answer.headers.get("content-type")?.startsWith("application/json")) return !described || status === 200 || described[status] ? [] : [`${status} is not described`];
  const departure = DEPARTURES.find((it) => it.path.test(path));
  const told = await answer.json();
  return api.answer(method, path, status)(departure ? departure.take(told) : told);
}

test("every answer is as described", { skip }, async () => {
  await at.control.reset();
  for (const row of ROWS) same(await wrong(row), [], row.slice(0, 3).join(" "));
});

test("a departure that is none any more is taken off the list", { skip }, async () => {
  for (const { path, row: [method, address, who, body], take, why } of DEPARTURES) {
    await at.control.reset();
    const told = await (await send(method, address, who, body)).json();
    const check = api.answer(method, api.path(method, address));
    yes(path.test(api.path(method, address)) && check(told).length > 0, why);
    same(check(take(told)), [], why);
  }
});

/** Principals that the description does not know, on purpose: what it says is closed is open (auth.md, section 0). */
const STRANGE = {
  testunknown: "a type that nobody has heard of", testorg: "an organisation's old token", testapp: "users alone are described", testappwrite: "the same",
  testfine: "`patterns`, which other first-party code reads", testfineold: "inference among the global permissions, as older tokens have it",
};

/** In research-lab ada has a role of the organisation's own making, which first-party code knows. */
const plain = (me) => (me.orgs ? { ...me, orgs: me.orgs.filter((it) => it.name !== "research-lab") } : me);

test("whoami of every principal", { skip }, async () => {
  const check = api.answer("get", "/api/whoami-v2");
  const good = at.principals.filter((it) => it.standing === "good");
  const told = async ({ name }) => plain(await (await send("get", "/api/whoami-v2", name)).json());
  for (const it of good) same([it.name, check(await told(it)).length > 0], [it.name, it.name in STRANGE]);
  yes(check(await (await send("get", "/api/whoami-v2", "testwrite")).json()).length > 0, "a role of one's own making is described by now");
  same(Object.keys(STRANGE).filter((name) => !good.some((it) => it.name === name)), []);
});

/** Asked of localhub with samples in the holes, to see what it serves. */
const SAMPLES = { namespace: "ada", repo: "tiny", rev: "main", path: "README.md", username: "ada", name: "acme", status: "pending" };
const LOST = "Sorry, we can't find the page you are looking for.";

/** The info of a repo without a namespace answers in the place of these. */
const MISTAKEN = ["/api/spaces/hardware", "/api/spaces/templates", "/api/spaces/semantic-search", "/api/spaces/zero-gpu/quota"];

test("every route that both have is asked for above", { skip }, async () => {
  await at.control.reset();
  const asked = new Set(ROWS.map(([method, address]) => `${method} ${api.path(method, address.split("?")[0])}`));
  const served = new Set();
  for (const [path, operations] of Object.entries(api.paths))
    for (const method of ["get", "post", "put", "delete", "patch"].filter((it) => operations[it])) {
      const address = path.replace(/\{([^}]*)\}/g, (_, name) => SAMPLES[name] ?? "x");
      const text = await (await send(method, address)).text();
      if (!text.includes(LOST) && !MISTAKEN.includes(path)) served.add(`${method} ${path}`);
    }
  // These know their own 404 by the same words; with the samples they are found.
  same([...served].filter((it) => !asked.has(it)), [], "served and described, but without a row");
  same([...asked].filter((it) => !served.has(it)), [], "a row without a route");
  yes(served.size > 30, `${served.size} routes`);
});

/** What was recorded of the Hub, beside its description. */
const RECORDED = [["models.refs", "get"], ["models.tree", "get", "/64"], ["models.paths-info", "post"], ["models.commits.limit", "get"], ["models.treesize", "get", "/x"]];
const folder = join(process.env.HUBKEY_ROOT ?? process.cwd(), "..", "shared", "recorded", "hub-2026-09");
const mute = skip || (existsSync(folder) ? false : "there are no recordings");

test("what was recorded fits the description, but where localhub departs from it too", { skip: mute }, () => {
  for (const [name, method, more = ""] of RECORDED) {
    const { request, response } = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
    const path = api.path(method, request.path.split("?")[0] + more);
    const check = api.answer(method, path);
    const departure = DEPARTURES.find((it) => it.path.test(path));
    if (departure) yes(check(response.json).length > 0, `${name}: ${departure.why}`);
    same(check(departure ? departure.take(response.json) : response.json), [], name);
  }
});
