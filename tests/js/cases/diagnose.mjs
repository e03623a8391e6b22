// diagnose: what a person would look at, each as data with a sentence and a way out. tests/THREATS.md, rows 28, 68, 69, 74.
import { diagnose } from "hubkey/diagnose";
import { vaultStore } from "hubkey/vault";
import { everything, fails, has, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { onDatabase, standIn } from "../support/database.mjs";
import { amid, json, spy, storage } from "../support/spy.mjs";
import { shapes } from "./stores.mjs";

const NAMES = ["runtime", "offline", "token", "format", "store", "endpoint", "csp", "accepted", "role", "scopes", "expiry", "orgs", "clock"];
const WORDS = ["ok", "warning", "failed", "skipped", "unknown"];

/** The checks by name, once it is sure that they are what every report has. */
async function look(hub, options, secret = NOBODYS) {
  const report = await diagnose(hub, options);
  same(report.checks.map((it) => it.name), NAMES);
  for (const it of report.checks) {
    yes(WORDS.includes(it.status) && it.message.length > 10, `${it.name}: ${it.status} ${it.message}`);
    yes(!["failed", "warning"].includes(it.status) || it.fix?.length > 5, `${it.name} has no way out: ${it.message}`);
    yes(Object.values(it).every((value) => value !== undefined), `${it.name} has a part without a value`);
  }
  same(report.ok, report.checks.every((it) => it.status !== "failed"));
  same(JSON.parse(JSON.stringify(report)), report, "plain data");
  lacks(everything(report), secret);
  return Object.fromEntries(report.checks.map((it) => [it.name, it]));
}

const statuses = (checks) => Object.fromEntries(NAMES.map((name) => [name, checks[name].status]));
const answering = ({ hubkey }, fetch, options) => new hubkey.Hub({ endpoint: "https://hub.example", token: NOBODYS, fetch, ...options });
const whoami = (auth, more) => ({ type: "user", id: "1", name: "ada", orgs: [], auth: { accessToken: { displayName: "x", role: "read", ...auth }, ...more } });
/** What it asked of the Hub, without what a page asks by itself. */
const asked = async ({ control }) => (await control.lines()).filter((it) => !it.startsWith("OPTIONS"));

const cases = {
  "somebody who is signed in: one request, and all is in order": async (at) => {
    const store = storage();
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, store });
    await hub.login({ token: at.token("testread") });
    const before = [...store.map];
    await at.control.forget();
    const checks = await look(hub, undefined, at.token("testread"));
    same(await asked(at), ["GET /api/whoami-v2"]);
    same(statuses(checks), { ...statuses(checks), runtime: "ok", offline: "ok", token: "ok", format: "ok", store: "ok", endpoint: "ok", accepted: "ok", role: "ok", scopes: "skipped", expiry: "ok" });
    same([checks.token.from, checks.format.kind, checks.store.persists, checks.accepted.user, checks.role.role], ["store", "user", true, "ada", "read"]);
    same([checks.endpoint.request, checks.endpoint.httpStatus, typeof checks.endpoint.ms], [`GET ${at.hubUrl}/api/whoami-v2`, 200, "number"]);
    has(checks.runtime.version, /^\d+\.\d+\.\d+/);
    same([...store.map], before, "the store is as it was");
    same((await hub.whoami()).name, "ada", "and so is the client");
  },

  "nobody: one request without a token, and no failure": async (at) => {
    const checks = await look(new at.hubkey.Hub({ endpoint: at.hubUrl }));
    same(await asked(at), ["GET /api/models?limit=1"]);
    same((await at.control.requests()).at(-1).headers.authorization, undefined);
    same([checks.token.status, checks.endpoint.status, checks.accepted.status], ["warning", "ok", "skipped"]);
    has(checks.token.fix, "hub.login");
  },

  "it says where the token is from": async (at) => {
    const { Hub, memoryStore, envStore } = at.hubkey;
    const fetch = spy(() => json(whoami()));
    const from = async (hub, options) => {
      const { token } = await look(hub, options);
      return [token.from, token.variable].filter(Boolean).join(" ");
    };
    const options = { endpoint: "https://hub.example", fetch };
    same(await from(new Hub({ ...options, token: ` ${NOBODYS}\n` })), "option");
    same(await from(Hub.fromEnv({ HF_TOKEN: `${NOBODYS}\r\n` }, options)), "environment HF_TOKEN");
    same(await from(Hub.fromEnv({ HF_TOKEN: "", HUGGING_FACE_HUB_TOKEN: NOBODYS }, options)), "environment HUGGING_FACE_HUB_TOKEN");
    same(await from(new Hub({ ...options, store: envStore({ HF_TOKEN: NOBODYS }) })), "environment HF_TOKEN");
    same(await from(new Hub(options), { token: NOBODYS }), "call");
    for (const store of [undefined, memoryStore()]) {
      const hub = new Hub({ ...options, store });
      await hub.setToken({ token: NOBODYS });
      same(await from(hub), "memory");
    }
    const full = { ...storage(), setItem() { throw new Error("full"); } };
    const hub = new Hub({ ...options, store: full });
    await hub.setToken({ token: NOBODYS });
    same(await from(hub), "memory", "the store did not take it");
  },

  "names that nobody reads are named, as the client itself does": async ({ hubkey }) => {
    for (const name of ["HUGGINGFACE_TOKEN", "HF_API_TOKEN", "HUGGINGFACE_HUB_TOKEN", "HUGGINGFACEHUB_API_TOKEN", "HF_ACCESS_TOKEN"]) {
      const hub = hubkey.Hub.fromEnv({ [name]: NOBODYS }, { fetch: spy(() => json([])) });
      const { token } = await look(hub);
      same([token.status, token.found, token.nearMisses], ["failed", false, [name]]);
      has((await fails(hub.whoami(), "no_token")).hint, name);
    }
    const both = await look(hubkey.Hub.fromEnv({ HF_TOKEN: NOBODYS, HF_API_TOKEN: NOBODYS }, { fetch: spy(() => json(whoami())) }));
    same([both.token.status, both.token.nearMisses], ["ok", ["HF_API_TOKEN"]]);
    const empty = await look(hubkey.Hub.fromEnv({ HF_TOKEN: " " }, { fetch: spy(() => json([])) }));
    has(empty.token.message, "HF_TOKEN is not set or empty");
  },

  "an environment that the client does not read is looked at when it is handed over": async ({ hubkey }) => {
    const hub = new hubkey.Hub({ fetch: spy(() => json([])) });
    const { token } = await look(hub, { env: { HF_TOKEN: NOBODYS } });
    same(token.status, "failed");
    has(`${token.message} ${token.fix}`, "HF_TOKEN is set", "Hub.fromEnv");
    same((await look(hub, { env: { HF_API_TOKEN: NOBODYS } })).token.nearMisses, ["HF_API_TOKEN"]);
    const odd = new Proxy({}, { get() { throw new Error("no"); } });
    same((await look(hub, { env: odd })).token.nearMisses, []);
  },

  "a token that the Hub refuses, with the way to the place that it came from": async (at) => {
    const rows = [
      [new at.hubkey.Hub({ endpoint: at.hubUrl, token: NOBODYS }), undefined, "give it to the client"],
      [at.hubkey.Hub.fromEnv({ HF_TOKEN: NOBODYS, HF_ENDPOINT: at.hubUrl }), undefined, "put it into HF_TOKEN"],
      [new at.hubkey.Hub({ endpoint: at.hubUrl }), { token: NOBODYS }, "try another one"],
    ];
    for (const [hub, options, way] of rows) {
      const checks = await look(hub, options);
      same([checks.endpoint.status, checks.accepted.status, checks.accepted.code, checks.role.status], ["ok", "failed", "invalid_token", "skipped"]);
      has(checks.accepted.fix, way);
    }
  },

  "what cannot be a token is not asked about": async ({ hubkey }) => {
    for (const token of ["", "my secret phrase", "sk-abcdefghijklmnop", undefined, null, 5, { toString() { throw new Error("no"); } }]) {
      const fetch = spy();
      const checks = await look(new hubkey.Hub({ fetch }), { token });
      same([checks.token.status, checks.token.found, checks.format.status, checks.endpoint.status, checks.accepted.status], ["failed", false, "failed", "skipped", "skipped"]);
      same(fetch.calls.length, 0);
      if (token?.length) lacks(everything(checks), token);
    }
  },

  "a token that lost some letters is seen": async (at) => {
    const { format } = await look(answering(at, spy(() => json({ error: "x" }, 401)), { token: NOBODYS.slice(0, 30) }), undefined, NOBODYS.slice(0, 30));
    same([format.status, format.kind, format.masked], ["warning", "user", at.hubkey.maskToken(NOBODYS.slice(0, 30))]);
    has(format.message, "30 characters");
  },

  "without a token on purpose": async ({ hubkey }) => {
    const fetch = spy(() => json([]));
    const checks = await look(new hubkey.Hub({ fetch, token: NOBODYS }), { token: false });
    same([checks.token.status, checks.accepted.status, fetch.calls.map((it) => it.authorization)], ["skipped", "skipped", [null]]);
  },

  "offline mode keeps everything back": async ({ hubkey }) => {
    const fetch = spy();
    for (const hub of [new hubkey.Hub({ offline: true, fetch, token: NOBODYS }), new hubkey.Hub({ offline: true, fetch }), hubkey.Hub.fromEnv({ HF_HUB_OFFLINE: "1", HF_TOKEN: NOBODYS }, { fetch })]) {
      const checks = await look(hub);
      same([checks.offline.status, checks.endpoint.status, checks.clock.status, checks.role.status], ["failed", "skipped", "skipped", "skipped"]);
      has(checks.offline.fix, "HF_HUB_OFFLINE");
    }
    same(fetch.calls, []);
  },

  "no answer: the runtime's own word for it is put into a sentence": async (at) => {
    const rows = [["ENOTFOUND", "name is not known"], ["ECONNREFUSED", "nothing listens"], ["SELF_SIGNED_CERT_IN_CHAIN", "certificate"], ["UND_ERR_CONNECT_TIMEOUT", "cannot be reached"], ["ODD", "no answer came"]];
    for (const [code, sentence] of rows) {
      const fetch = async () => { throw Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(`x ${NOBODYS}`), { code }) }); };
      const { endpoint, accepted } = await look(answering(at, fetch));
      same([endpoint.status, endpoint.code, accepted.status], ["failed", "network", "unknown"]);
      has(endpoint.message, sentence);
      has(endpoint.fix, /prox/);
    }
    const { endpoint } = await look(answering(at, () => new Promise(() => {})), { timeoutMs: 20 });
    same([endpoint.status, endpoint.code], ["failed", "timeout"]);
  },

  "an answer that is not the Hub's, or not now": async (at) => {
    const html = () => new Response("<html>Welcome to the hotel</html>", { headers: { "content-type": "text/html" } });
    const rows = [
      [html, "failed", "invalid_response", "not the Hub"],
      [() => json({ error: "no such page" }, 404), "failed", "not_found", "not the Hub"],
      [() => json({ error: "down" }, 503), "failed", "server_error", "503"],
      [() => json({ error: "slow" }, 429), "warning", "rate_limited", "fewer requests"],
      [() => json({ error: "no" }, 403), "ok", undefined, "answered"],
    ];
    for (const [answer, status, code, sentence] of rows) {
      const { endpoint, accepted } = await look(answering(at, spy(answer)));
      same([endpoint.status, endpoint.code], [status, code]);
      same(accepted.status, "unknown", "nothing was said of the token");
      has(endpoint.message, sentence);
    }
  },

  "what a token may do, how long, and what its owner's organisations ask for": async (at) => {
    const soon = new Date(Date.now() + 3.5 * 86_400_000).toISOString();
    const fine = { canReadGatedRepos: true, global: ["discussion.write"], scoped: [{ entity: { _id: "2", type: "org", name: "acme" }, permissions: ["repo.content.read", "repo.write"] }] };
    const answer = { ...whoami({ role: "fineGrained", fineGrained: fine }, { expiresAt: soon }), orgs: [
      { type: "org", id: "2", name: "acme", fullname: "Acme", avatarUrl: "/a", securityRestrictions: ["sso", "mfa", "of-tomorrow"] },
      { type: "org", id: "3", name: "open", fullname: "Open", avatarUrl: "/b" },
    ] };
    const checks = await look(answering(at, spy(() => json(answer))));
    same([checks.role.role, checks.scopes.permissions, checks.scopes.entities, checks.scopes.canReadGatedRepos], ["fineGrained", ["discussion.write", "repo.content.read", "repo.write"], ["acme"], true]);
    same([checks.expiry.status, checks.expiry.daysLeft, checks.expiry.expiresAt], ["warning", 3, soon]);
    same([checks.orgs.status, checks.orgs.orgs], ["warning", [{ name: "acme", restrictions: ["sso", "mfa", "of-tomorrow"] }, { name: "open", restrictions: [] }]]);
    has(checks.orgs.fix, "acme: sign in", "second factor", "`of-tomorrow`");

    const none = await look(answering(at, spy(() => json(whoami({ role: "fineGrained", fineGrained: { global: [], scoped: [] } })))));
    same([none.scopes.status, none.scopes.permissions, none.expiry.status, none.orgs.status], ["warning", [], "ok", "ok"]);
    same((await look(answering(at, spy(() => json(whoami({ role: "fineGrained" })))))).scopes.status, "unknown");
    const past = await look(answering(at, spy(() => json(whoami({}, { expiresAt: "2020-01-01T00:00:00.000Z" })))));
    same([past.expiry.status, past.expiry.daysLeft < -2000], ["warning", true]);
    const oauth = await look(answering(at, spy(() => json({ ...whoami(), auth: { type: "oauth" } })), { token: "hf_oauth_".padEnd(60, "x") }));
    same(oauth.role.status, "unknown");
    const restricted = await look(answering(at, spy(() => json({ error: "This organization token policy forbids it" }, 403))));
    same([restricted.accepted.status, restricted.accepted.restriction, restricted.endpoint.status], ["failed", "token-policy", "ok"]);
  },

  "a clock that is off is told, by the Hub's own": async (at) => {
    const DAY = 86_400_000;
    const told = async (ahead) => (await look(answering(at, spy(() => json(whoami(), 200, { date: new Date(Date.now() - ahead).toUTCString() }))))).clock;
    same((await told(0)).status, "ok");
    const rows = [[3 * DAY, "3 days ahead"], [-3 * DAY, "3 days behind"], [5 * 60_000, "5 minutes ahead"], [-5 * 3_600_000, "5 hours behind"]];
    for (const [ahead, words] of rows) {
      const it = await told(ahead);
      has(it.message, words);
      same([it.status, Math.abs(it.skewMs - ahead) < 30_000], ["warning", true]);
    }
    same((await look(answering(at, spy(() => json(whoami()))))).clock.status, "unknown");
    same((await look(answering(at, spy(() => json(whoami(), 200, { date: "yesterday" }))))).clock.status, "unknown");
    // Whether a token expires soon is judged by the Hub's clock.
    const expiresAt = new Date(Date.now() + 2 * DAY).toISOString();
    const late = await look(answering(at, spy(() => json(whoami({}, { expiresAt }), 200, { date: new Date(Date.now() - 30 * DAY).toUTCString() }))));
    same([late.expiry.status, late.expiry.daysLeft >= 31], ["ok", true]);
  },

  "stores: those that keep, that do not, that throw, and those that are only read": async (at) => {
    const { memoryStore, envStore } = at.hubkey;
    const bare = async (store) => (await look(new at.hubkey.Hub({ fetch: spy(() => json([])), store }))).store;
    same(await bare(undefined).then((it) => [it.status, it.kind, it.persists]), ["warning", "memory", false]);
    same(await bare(memoryStore()).then((it) => [it.status, it.kind, it.persists]), ["warning", "memory", false]);
    same(await bare(envStore({})).then((it) => [it.status, it.kind, it.persists]), ["skipped", "env", false]);
    same(await bare(storage()).then((it) => [it.status, it.kind, it.persists]), ["ok", "custom", true]);
    for (const [name, it] of Object.entries(shapes())) {
      const found = await bare(it);
      same([found.status, found.persists], name.startsWith("getItem") ? ["ok", true] : ["unknown", undefined], name);
      same(it.map.size, 0, name);
    }
    same((await bare({ ...storage(), setItem() {} })).status, "failed");
    for (const name of ["getItem", "setItem", "removeItem"]) {
      const broken = { ...storage(), [name]() { throw new DOMException(`no ${NOBODYS}`, "QuotaExceededError"); } };
      const found = await bare(broken);
      same([found.status, found.persists], ["failed", false], name);
      has(found.message, "QuotaExceededError");
    }
    const given = await look(answering(at, spy(() => json(whoami()))));
    same(given.store.status, "skipped", "the program gives the token");
  },

  "a vault is tried too, and where it had to keep the sign-in is said": async (at) => {
    const refused = () => { throw new DOMException("Access is denied for this document.", "SecurityError"); };
    const found = async (name) => {
      const store = vaultStore({ name });
      const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, store });
      await hub.setToken({ token: NOBODYS });
      const { status, kind, persists, message } = (await look(hub, undefined, at.token("testread"))).store;
      same(await hub.getToken(), NOBODYS, "the sign-in is as it was");
      await hub.logout();
      return [status, kind, persists, /plain|not encrypted|memory/.test(message)];
    };
    await onDatabase(async (_, name) => same(await found(name), ["ok", "vault", true, false]))(at);
    await amid({ indexedDB: standIn({ refused }), sessionStorage: storage() }, async () => same(await found("a"), ["warning", "vault", true, true]));
    await amid({ indexedDB: undefined }, async () => same(await found("a"), ["warning", "vault", false, true]));
  },

  "a store that keeps one value for every key gets its sign-in back": async (at) => {
    let value = null;
    const one = { getItem: () => value, setItem: (_, it) => { value = it; }, removeItem: () => { value = null; } };
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, store: one });
    await hub.login({ token: at.token("testread") });
    const before = value;
    const { store } = await look(hub, undefined, at.token("testread"));
    same([store.status, value === before], ["failed", true]);
    await hub.logout();
    await look(hub);
    same(value, null);
  },

  "a store that never answers holds nobody up": async ({ hubkey }) => {
    const silent = { getItem: () => new Promise(() => {}), setItem() {}, removeItem() {} };
    const checks = await look(new hubkey.Hub({ store: silent, fetch: spy(() => json([])) }));
    same([checks.token.status, checks.store.status, checks.endpoint.status], ["failed", "failed", "ok"]);
  },

  "a signal ends it, before and during": async ({ hubkey, inspect }) => {
    const fetch = spy(() => new Promise(() => {}));
    const store = { touched: 0, getItem() { store.touched++; }, setItem() { store.touched++; }, removeItem() { store.touched++; } };
    await fails(diagnose(new hubkey.Hub({ fetch, store }), { signal: AbortSignal.abort() }), "aborted");
    same([fetch.calls.length, store.touched], [0, 0]);
    const stop = new AbortController();
    const reason = new Error("enough");
    const work = diagnose(new hubkey.Hub({ fetch, token: NOBODYS }), { signal: stop.signal });
    setTimeout(() => stop.abort(reason), 20);
    const error = await fails(work, "aborted");
    same(error.cause, reason);
    lacks(inspect(error), NOBODYS);
  },

  "what is no client is refused, and so are odd options": async ({ hubkey }) => {
    const hub = new hubkey.Hub({ fetch: spy(() => json([])) });
    for (const it of [undefined, null, {}, 5, hubkey.Hub, new Proxy(hub, {}), Object.create(hub)]) await fails(diagnose(it), "invalid_argument");
    for (const it of [5, "x", { timeoutMs: -1 }, { signal: {} }, { env: "HF_TOKEN" }]) await fails(diagnose(hub, it), "invalid_argument");
    class Mine extends hubkey.Hub {
      whoami() { throw new Error("not to be used"); }
    }
    same((await look(new Mine({ fetch: spy(() => json(whoami())), token: NOBODYS }))).accepted.status, "ok");
  },

  "it asks with the client's own options, and tells its debug": async (at) => {
    const events = [];
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, token: at.token("testread"), debug: (it) => void events.push(`${it.type} ${it.url.replace(at.hubUrl, "")}`) });
    await look(hub, undefined, at.token("testread"));
    same(events, ["request /api/whoami-v2", "answer /api/whoami-v2"]);
  },
};

export default cases;
