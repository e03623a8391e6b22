// Real answers of the Hub, recorded and kept beside the checkout: they pass through as they are.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { caught, fails, has, same, yes } from "./support/check.mjs";
import { NOBODYS } from "./support/control.mjs";
import { play } from "./support/node.mjs";
import { json, spy } from "./support/spy.mjs";

const folder = join(process.env.HUBKEY_ROOT ?? process.cwd(), "..", "shared", "recorded");
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));

/** A hub that gives this one recorded answer to everything; the real Hub's address, and no network. */
function replay({ hubkey }, { status, headers = {}, json: body, text }) {
  const fetch = spy(() => json(body === undefined ? text ?? "" : JSON.stringify(body), status,
    Object.fromEntries(Object.entries(headers).filter(([name]) => !/^content-(length|encoding)$|^transfer/i.test(name)))));
  return { hub: new hubkey.Hub({ fetch, token: NOBODYS }), fetch };
}

const recorded = (name, run) => async (at, t) => (existsSync(folder) ? run(at, name.endsWith(".json") ? read(name) : undefined) : t.skip("the recorded answers are not beside this checkout"));

await play({
  "whoami of a fine-grained token": recorded("identity.json", async (at, { cases }) => {
    const { body } = cases.find((it) => it.name.startsWith("fine-grained"));
    const me = await replay(at, { status: 200, json: body }).hub.whoami();
    same(me.raw, body);
    const { accessToken } = body.auth;
    same([me.type, me.id, me.name, me.fullname, me.isPro, me.orgs], [body.type, body.id, body.name, body.fullname, body.isPro, []]);
    same(me.avatarUrl, `https://huggingface.co${body.avatarUrl}`);
    same([me.token.role, me.token.displayName, me.token.createdAt], ["fineGrained", accessToken.displayName, accessToken.createdAt]);
    const { canReadGatedRepos, global, scoped } = accessToken.fineGrained;
    same(me.token.scopes, { canReadGatedRepos, global, scoped: scoped.map(({ entity: { _id, ...entity }, permissions }) => ({ entity: { id: _id, ...entity }, permissions })) });
    same("email" in me, false);
  }),

  "whoami of a write token": recorded("identity.json", async (at, { cases }) => {
    const { body } = cases.find((it) => it.name.startsWith("write"));
    const me = await replay(at, { status: 200, json: body }).hub.whoami();
    same([me.raw, me.email, me.emailVerified, me.token.role], [body, body.email, true, "write"]);
  }),

  "whoami without a token": recorded("hub-2026-09/whoami-v2.json", async (at, { response }) => {
    const { hub } = replay(at, response);
    const error = await fails(hub.whoami(), "invalid_token");
    same(error.status, 401);
    has(error.message, response.json.error);
    same((await hub.validateToken()).valid, false);
  }),

  "a list of models": recorded("hub-2026-09/models.list.json", async (at, { request, response }) => {
    const { hub, fetch } = replay(at, response);
    const all = [];
    for await (const it of hub.listModels({ author: "wzshiming", search: "gpt2", pageSize: 5 })) all.push(it);
    same(all, response.json);
    const [theirs, ours] = [new URL(request.path, "https://huggingface.co"), new URL(fetch.calls[0].url)];
    same([ours.origin, ours.pathname], [theirs.origin, theirs.pathname]);
    same(Object.fromEntries(ours.searchParams), Object.fromEntries(theirs.searchParams));
  }),

  "one model": recorded("hub-2026-09/models.info.json", async (at, { request, response }) => {
    const { hub, fetch } = replay(at, response);
    same(await hub.modelInfo({ repo: response.json.id }), response.json);
    same(fetch.calls[0].url, `https://huggingface.co${request.path}`);
  }),

  "a repo that was made": recorded("identity.json", async (at, { cases }) => {
    const { body } = cases.find((it) => it.name.startsWith("create_repo"));
    const { hub, fetch } = replay(at, { status: 200, json: body });
    same(await hub.createRepo({ repo: body.name, type: "space", sdk: "static" }), body);
    same(fetch.calls[0].url, "https://huggingface.co/api/repos/create");
  }),

  "other answers by their path": recorded("", async (at) => {
    for (const name of ["datasets.info", "models.refs", "models.tree", "models.commits.limit", "models.treesize", "models.paths-info", "spaces.info", "models.xet-read-token"]) {
      const { request, response } = read(`hub-2026-09/${name}.json`);
      const { hub, fetch } = replay(at, response);
      same(await hub.request(request.path, { method: request.method }), response.json, name);
      same(fetch.calls[0].url, new URL(request.path, "https://huggingface.co").href, name);
    }
  }),

  "failures": recorded("", async (at) => {
    const rows = { "models.notfound": ["repo_not_found", 401], "models.revision.notfound": ["revision_not_found", 404], "models.tree.notfound": ["entry_not_found", 404],
      "models.resolve.notfound": ["entry_not_found", 404] };
    for (const [name, [code, status]] of Object.entries(rows)) {
      const { request, response } = read(`hub-2026-09/${name}.json`);
      // The one that tells whether the token is bad answers that it is good.
      const fetch = spy(({ url }) => (url.endsWith("whoami-v2") ? json({ type: "user", name: "ada" }) : json(response.json ?? response.text ?? "", response.status,
        { ...response.headers, "Content-Length": "" })));
      const error = await fails(new at.hubkey.Hub({ fetch, token: NOBODYS }).request(request.path), code, name);
      same([error.status, response.status], [status, status], name);
    }
  }),

  "header blocks of failures": recorded("errors-and-ratelimit.json", async (at, { cases }) => {
    const gated = cases.find((it) => it.name === "gated repo, no token");
    const error = await caught(replay(at, { status: gated.status, headers: gated.headers, text: "" }).hub.request("/x"));
    same([error.code, error.status, error.state], ["gated_repo", 401, "signed_out"]);
    same(error.requestId, gated.headers["x-request-id"]);
    has(error.message, gated.headers["x-error-message"]);
    const missing = cases.find((it) => it.name === "missing file");
    same((await caught(replay(at, { status: missing.status, headers: missing.headers, text: "" }).hub.request("/x"))).code, "entry_not_found");
    const paid = cases.find((it) => it.status === 402);
    const refused = await caught(replay(at, { status: 402, json: { error: paid.message } }).hub.request("/x"));
    yes(refused.code === "payment_required" && refused.message.includes(paid.message));
  }),
});
