// Staying signed in: one renewal for all who need it, before the token ends and after a 401; failures that pass leave the
// person signed in, and a refusal ends it once.
import { oauth } from "hubkey/oauth";
import { caught, has, lacks, same, yes } from "../support/check.mjs";
import { pause, until } from "../support/control.mjs";
import { amid, json, spy, storage } from "../support/spy.mjs";

const HUB = "https://huggingface.co";
const KEY = `hubkey:${HUB}`;
const HOURS = 8 * 3600_000;
const ME = { type: "user", id: "u1", name: "ada", fullname: "Ada L.", orgs: [], auth: { type: "oauth" } };
const token = (n) => `hf_oauth_FakeAccess${`${n}`.padStart(8, "0")}`;
const refresh = (n) => `hf_oauth__refresh_Fake${`${n}`.padStart(8, "0")}`;

/**
 * A Hub that takes the newest access token alone, hands out the next for the newest refresh token, and ends it all when an
 * old one comes. `says` answers a refresh in another way, by how many there were.
 */
function server({ valid = true, lifetime = 28_800, says = () => {}, body = {} } = {}) {
  const it = { n: 1, valid, refreshes: 0, dead: false, order: [] };
  it.fetch = spy(async ({ url, init, authorization }) => {
    const path = new URL(url).pathname;
    if (path === "/oauth/token") {
      it.refreshes++;
      it.order.push("refresh");
      const form = new URLSearchParams(init.body);
      it.form = form;
      await pause(5);
      const said = await says(it.refreshes, form);
      if (said) return said;
      if (it.dead || form.get("refresh_token") !== refresh(it.n)) {
        it.dead = true;
        return json({ error: "invalid_grant", error_description: `no such token: ${form.get("refresh_token")}` }, 400);
      }
      it.n++;
      it.valid = true;
      return json({ access_token: token(it.n), token_type: "bearer", expires_in: lifetime, scope: "openid profile", refresh_token: refresh(it.n), ...body });
    }
    it.order.push(`${path} ${authorization}`);
    if (!it.valid || it.dead || authorization !== `Bearer ${token(it.n)}`) return json({ error: "Invalid user token." }, 401, { "x-error-message": "Invalid user token." });
    return json(path === "/api/whoami-v2" ? ME : { id: "a/b" });
  });
  return it;
}

const grantOf = (all) => ({ v: 1, id: "sign-in-1", refreshToken: refresh(1), expiresAt: Date.now() + HOURS, lifetimeMs: HOURS, scope: "openid profile", clientId: "app", tokenEndpoint: `${HUB}/oauth/token`, identity: { type: "user", id: "u1", name: "ada", orgs: [], token: { kind: "oauth" } }, ...all });

/** A store as an earlier page left it. */
const stored = (grant, more = []) => storage({ [KEY]: JSON.stringify({ version: 1, endpoint: HUB, active: "oauth-ada", profiles: [{ name: "oauth-ada", token: token(1), grant: JSON.stringify(grantOf(grant)) }, ...more] }) });
const kept = (store) => JSON.parse(store.map.get(KEY) ?? '{"profiles":[]}').profiles.map((it) => [it.name, it.token, it.grant && JSON.parse(it.grant).refreshToken]);

const client = ({ Hub }, it, store, more) => new Hub({ store, fetch: it.fetch, oauth: oauth({ clientId: "app" }), maxRetries: 0, ...more });

export default {
  "a token that lasts is left alone, and a page that begins knows whose it is": async ({ hubkey }) => {
    const it = server(), hub = client(hubkey, it, stored());
    await hub.modelInfo({ repo: "a/b" });
    same([it.refreshes, it.order], [0, [`/api/models/a/b Bearer ${token(1)}`]]);
    same([hub.session.status, hub.session.profile, hub.session.identity.name], ["signed_in", "oauth-ada", "ada"]);
  },

  "one that ends within five minutes is renewed before the call, and written before it is used": async ({ hubkey }) => {
    for (const left of [299_000, 0, -HOURS]) {
      const store = stored({ expiresAt: Date.now() + left });
      const it = server();
      let then;
      const { fetch } = it;
      it.fetch = (...args) => {
        if (new URL(args[0]).pathname !== "/oauth/token") then ??= kept(store);
        return fetch(...args);
      };
      const hub = client(hubkey, it, store);
      await hub.modelInfo({ repo: "a/b" });
      same(it.order, ["refresh", `/api/models/a/b Bearer ${token(2)}`], `${left}`);
      same(then, [["oauth-ada", token(2), refresh(2)]], "the store had it before anybody");
      same(Object.fromEntries(it.form), { grant_type: "refresh_token", refresh_token: refresh(1), client_id: "app" });
      const { expiresAt, id, scope } = JSON.parse(JSON.parse(store.map.get(KEY)).profiles[0].grant);
      same([Math.abs(expiresAt - Date.now() - HOURS) < 60_000, id, scope], [true, "sign-in-1", "openid profile"]);
      await hub.modelInfo({ repo: "a/b" });
      same(it.refreshes, 1, "once");
    }
    const it = server();
    await client(hubkey, it, stored({ expiresAt: Date.now() + 301_000 })).modelInfo({ repo: "a/b" });
    same(it.refreshes, 0, "more than five minutes are left");
  },

  "eight calls at once with an expired token are one renewal": async ({ hubkey }) => {
    for (const grant of [{ expiresAt: Date.now() - 1000 }, {}]) {
      const it = server({ valid: false }), store = stored(grant), hub = client(hubkey, it, store);
      const calls = [hub.whoami(), hub.modelInfo({ repo: "a/b" }), hub.request("/api/x"), hub.authHeaders(), hub.datasetInfo({ repo: "a/b" }), hub.fetch(`${HUB}/api/y`), hub.spaceInfo({ repo: "a/b" }), hub.getToken()];
      const answers = await Promise.all(calls);
      same([it.refreshes, it.dead, answers[0].name, answers[5].status], [1, false, "ada", 200]);
      same(kept(store), [["oauth-ada", token(2), refresh(2)]]);
      if (grant.expiresAt) same([answers[3].Authorization, answers[7]], [`Bearer ${token(2)}`, token(2)], "what is handed out is fresh");
    }
  },

  "eight clients over one store are one renewal": async ({ hubkey }) => {
    for (const grant of [{ expiresAt: Date.now() - 1000 }, {}]) {
      const it = server({ valid: false }), store = stored(grant);
      const hubs = Array.from({ length: 8 }, () => client(hubkey, it, store));
      const answers = await Promise.all(hubs.map((hub) => hub.modelInfo({ repo: "a/b" })));
      same([it.refreshes, it.dead, answers.every((answer) => answer.id === "a/b")], [1, false, true]);
    }
  },

  "a 401 renews once, whatever the clock of the device says": async ({ hubkey }) => {
    const day = 86_400_000, now = Date.now;
    for (const off of [0, 3 * day, -3 * day]) {
      await amid({ Date: class extends Date { static now() { return now() + off; } } }, async () => {
        const it = server({ valid: false }), hub = client(hubkey, it, stored({ expiresAt: now() + HOURS }));
        await hub.modelInfo({ repo: "a/b" });
        await hub.modelInfo({ repo: "a/b" });
        same([it.refreshes, hub.session.status], [1, "signed_in"], `${off}`);
      });
    }
    // A clock that is set while the page is open changes nothing.
    const it = server(), hub = client(hubkey, it, stored());
    await hub.getToken();
    await amid({ Date: class extends Date { static now() { return now() + 3 * day; } } }, () => hub.modelInfo({ repo: "a/b" }));
    same(it.refreshes, 0);
  },

  "a refusal that renewing does not mend is told, and not repeated for ever": async ({ hubkey }) => {
    const it = server(), hub = client(hubkey, it, stored());
    const { fetch } = it;
    it.fetch = (url, init) => (new URL(url).pathname === "/oauth/token" ? fetch(url, init) : json({ error: "Invalid user token." }, 401));
    const never = client(hubkey, it, stored());
    const error = await caught(never.modelInfo({ repo: "a/b" }));
    same([error.code, it.refreshes], ["invalid_token", 1]);
    yes(hub);
  },

  "validateToken and hub.fetch go on with the new token; what streams is not sent twice": async ({ hubkey }) => {
    const it = server({ valid: false }), hub = client(hubkey, it, stored());
    same((await hub.validateToken()).valid, true);
    it.n++;
    same([(await hub.validateToken({ token: token(1) })).valid, it.refreshes], [false, 1], "another's token is another's");
    it.n--;
    it.valid = false;
    const sent = (body) => hub.fetch(`${HUB}/api/z`, { method: "POST", body });
    same([(await sent("text")).status, it.refreshes], [200, 2]);
    it.valid = false;
    const stream = new ReadableStream({ start(c) { c.enqueue(new Uint8Array([1])); c.close(); } });
    same([(await sent(stream)).status, it.refreshes], [401, 2]);
  },

  "what fails for the moment is typed, can be tried again, and leaves the person signed in": async ({ hubkey }) => {
    const faults = {
      503: ["server_error", () => json({ error: "down" }, 503)],
      429: ["rate_limited", () => json({ error: "busy" }, 429, { "retry-after": "7" })],
      reset: ["network", () => { throw new TypeError("fetch failed"); }],
      html: ["invalid_token_response", () => new Response("<html>", { headers: { "content-type": "text/html" } })],
      nothing: ["invalid_token_response", () => json({})],
    };
    for (const [name, [code, says]] of Object.entries(faults)) {
      let down = true;
      const it = server({ valid: false, says: () => (down ? says() : undefined) }), store = stored(), hub = client(hubkey, it, store);
      const error = await caught(hub.modelInfo({ repo: "a/b" }));
      same([error.code, it.refreshes], [code, ["server_error", "network"].includes(code) ? 2 : 1], name);
      if (code !== "invalid_token_response") same(error.retryable, true, name);
      for (const secret of [token(1), refresh(1)]) lacks(JSON.stringify(error) + error.stack + error.cause?.stack, secret, name);
      same([hub.session.status, kept(store)], ["signed_in", [["oauth-ada", token(1), refresh(1)]]], name);
      down = false;
      await pause(2100);
      same([(await hub.modelInfo({ repo: "a/b" })).id, hub.session.status], ["a/b", "signed_in"], name);
    }
  },

  "while the token lasts, a renewal that fails is in nobody's way": async ({ hubkey }) => {
    const it = server({ says: () => json({ error: "down" }, 503) }), hub = client(hubkey, it, stored({ expiresAt: Date.now() + 120_000 }));
    for (let n = 0; n < 5; n++) same((await hub.modelInfo({ repo: "a/b" })).id, "a/b");
    same(it.refreshes, 2, "and it is not tried at each call");
    const { performance } = globalThis, later = (ms) => amid({ performance: { now: () => performance.now() + ms } }, () => hub.modelInfo({ repo: "a/b" }));
    await later(25_000);
    same(it.refreshes, 2);
    await later(31_000);
    same(it.refreshes, 4, "half a minute later it is");
  },

  "invalid_grant ends the sign-in: told once, the token gone, nothing tried again": async ({ hubkey }) => {
    const it = server({ valid: false, says: () => json({ error: "invalid_grant" }, 400) });
    const store = stored({}, [{ name: "work", token: "hf_exampleFakeTokenForTestsOnly000000002" }]), hub = client(hubkey, it, store);
    await hub.getToken();
    const heard = [];
    const stop = hub.subscribe(({ status }, change) => change && heard.push([change.kind, status]));
    const errors = await Promise.all([1, 2, 3].map(() => caught(hub.modelInfo({ repo: "a/b" }))));
    same(errors.map((error) => [error.code, error.retryable]), Array(3).fill(["signed_out", false]));
    has(errors[0].hint, "signIn");
    same([it.refreshes, kept(store), hub.session.status], [1, [["work", "hf_exampleFakeTokenForTestsOnly000000002", undefined]], "signed_out"]);
    same(heard, [["expired", "signed_out"]]);
    same((await caught(hub.whoami())).code, "no_token");
    same(it.refreshes, 1);
    stop();
  },

  "invalid_grant, because another page was quicker: its token is taken": async ({ hubkey }) => {
    const store = stored();
    const it = server({ valid: false, says: () => {
      // Without locks: the other page's answer came first, and is in the store by now.
      it.n = 2; it.valid = true;
      const record = JSON.parse(store.map.get(KEY));
      record.profiles[0] = { ...record.profiles[0], token: token(2), grant: JSON.stringify(grantOf({ refreshToken: refresh(2) })) };
      store.map.set(KEY, JSON.stringify(record));
      return json({ error: "invalid_grant" }, 400);
    } });
    const hub = client(hubkey, it, store);
    same([(await hub.modelInfo({ repo: "a/b" })).id, it.refreshes, hub.session.status], ["a/b", 1, "signed_in"]);
  },

  "who signs out while it is renewed stays signed out; who signs in stays who they are": async ({ hubkey }) => {
    const other = "hf_exampleFakeTokenForTestsOnly000000002";
    for (const how of ["here", "elsewhere", "as another"]) {
      const store = stored();
      let go;
      const gate = new Promise((done) => { go = done; });
      const it = server({ valid: false, says: () => gate });
      const hub = client(hubkey, it, store);
      const call = caught(hub.modelInfo({ repo: "a/b" }));
      await until(() => it.refreshes === 1, "it is being renewed");
      if (how === "here") await hub.logout();
      if (how === "elsewhere") await client(hubkey, it, store).logout();
      if (how === "as another") await hub.setToken({ token: other, profile: "work" });
      go();
      const error = await call;
      if (how === "as another") {
        same(await hub.getToken(), other);
        same(kept(store), [["oauth-ada", token(2), refresh(2)], ["work", other, undefined]], "and the one before can still be switched to");
      } else {
        same([error.code, kept(store), hub.session.status], ["signed_out", [], "signed_out"], how);
        same(await hub.getToken(), null, how);
      }
    }
  },

  "what was asked as one person is not asked again as another": async ({ hubkey }) => {
    const store = stored(), other = "hf_exampleFakeTokenForTestsOnly000000002";
    const it = server({ valid: false }), { fetch } = it;
    it.fetch = async (url, init) => {
      const answer = await fetch(url, init);
      // In another tab somebody else signs in, just as this one hears that its token is bad.
      if (url.endsWith("/whoami-v2") && answer.status === 401) {
        const record = JSON.parse(store.map.get(KEY));
        store.map.set(KEY, JSON.stringify({ ...record, active: "work", profiles: [...record.profiles, { name: "work", token: other }] }));
      }
      return answer;
    };
    const hub = client(hubkey, it, store);
    const error = await caught(hub.createRepo({ repo: "ada/new" }));
    same([error.code, it.refreshes, it.fetch === fetch], ["invalid_token", 0, false]);
    same([it.order.filter((line) => line.includes(other)), hub.session.profile], [[], "work"]);
  },

  "an answer without a new refresh token keeps the old one; one without an end is never renewed early": async ({ hubkey }) => {
    const it = server({ valid: false, body: { refresh_token: undefined, expires_in: undefined } }), store = stored(), hub = client(hubkey, it, store);
    await hub.modelInfo({ repo: "a/b" });
    await hub.modelInfo({ repo: "a/b" });
    same([kept(store), it.refreshes], [[["oauth-ada", token(2), refresh(1)]], 1]);
  },

  "a token of a minute is renewed at half its life, and not at each call": async ({ hubkey }) => {
    const it = server({ lifetime: 60 }), hub = client(hubkey, it, stored({ lifetimeMs: 60_000, expiresAt: Date.now() + 29_000 }));
    for (let n = 0; n < 4; n++) await hub.modelInfo({ repo: "a/b" });
    same(it.refreshes, 1);
  },

  "a caller who leaves takes nobody along": async ({ hubkey }) => {
    let go;
    const gate = new Promise((done) => { go = done; });
    const it = server({ valid: false, says: () => gate }), hub = client(hubkey, it, stored({ expiresAt: 0 }));
    const leaving = new AbortController(), left = caught(hub.modelInfo({ repo: "a/b", signal: leaving.signal })), stays = hub.modelInfo({ repo: "a/b" });
    await until(() => it.refreshes === 1, "it is being renewed");
    leaving.abort();
    same((await left).code, "aborted");
    go();
    same([(await stays).id, it.refreshes], ["a/b", 1]);
  },

  "a call waits for a renewal no longer than for an answer, and while its token lasts two seconds": async ({ hubkey }) => {
    let go;
    const gate = new Promise((done) => { go = done; }), says = () => gate.then(() => json({ error: "down" }, 503));
    const it = server({ valid: false, says }), hub = client(hubkey, it, stored({ expiresAt: 0 }));
    const error = await caught(hub.modelInfo({ repo: "a/b", timeoutMs: 300 }));
    same([error.code, error.retryable, hub.session.status], ["timeout", true, "signed_in"]);
    go();
    // Under another name: pages take turns by it.
    const record = JSON.parse(stored({ expiresAt: Date.now() + 60_000 }).map.get(KEY)), endpoint = "https://other.example";
    record.endpoint = endpoint;
    record.profiles[0].grant = JSON.stringify({ ...JSON.parse(record.profiles[0].grant), tokenEndpoint: `${endpoint}/oauth/token` });
    const lasts = server({ says: () => pause(1000) }), other = client(hubkey, lasts, storage({ [`hubkey:${endpoint}`]: JSON.stringify(record) }), { endpoint, timeoutMs: 400 });
    same([(await other.modelInfo({ repo: "a/b" })).id, lasts.refreshes, lasts.order], ["a/b", 1, ["refresh", `/api/models/a/b Bearer ${token(1)}`]]);
    await until(() => lasts.n === 2, "it is renewed behind it");
  },

  "a pasted token, one of the environment and one given with the call are nobody's to renew": async ({ hubkey }) => {
    const pasted = "hf_exampleFakeTokenForTestsOnly000000002";
    const it = server({ valid: false });
    for (const hub of [client(hubkey, it, storage(), { token: pasted }), hubkey.Hub.fromEnv({ HF_TOKEN: pasted }, { fetch: it.fetch, oauth: oauth({ clientId: "app" }) })])
      same((await caught(hub.whoami())).code, "invalid_token");
    same((await caught(client(hubkey, it, stored()).whoami({ token: pasted }))).code, "invalid_token");
    same(it.refreshes, 0);
  },

  "a grant that cannot be read leaves a token like any other": async ({ hubkey }) => {
    for (const grant of ["", "{", "null", "[]", '{"v":2}', '{"v":1}', '"text"', '{"v":1,"id":5,"refreshToken":"x"}']) {
      const it = server();
      const store = storage({ [KEY]: JSON.stringify({ version: 1, endpoint: HUB, active: "a", profiles: [{ name: "a", token: token(1), grant }] }) });
      const hub = client(hubkey, it, store);
      same([(await hub.modelInfo({ repo: "a/b" })).id, hub.session.status, it.refreshes], ["a/b", "signed_in", 0], grant);
    }
  },

  "offline mode sends no renewal": async ({ hubkey }) => {
    for (const hub of [(it) => client(hubkey, it, stored({ expiresAt: 0 }), { offline: true }), (it) => hubkey.Hub.fromEnv({ HF_HUB_OFFLINE: "1" }, { store: stored({ expiresAt: 0 }), fetch: it.fetch, oauth: oauth({ clientId: "app" }) })]) {
      const it = server();
      same([(await caught(hub(it).whoami())).code, it.refreshes, it.order], ["offline", 0, []]);
    }
  },
};
