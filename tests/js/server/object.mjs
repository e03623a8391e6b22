// Sessions in Durable Objects, over a stand-in for their runtime; the real one is in the tests of examples/worker.
// tests/THREATS.md, rows 45, 47, 48, 73.
import { durableObjectSessions, HubkeySession } from "hubkey/server";
import { fails, lacks, same, yes } from "../support/check.mjs";
import { amid } from "../support/spy.mjs";
import { made, oauth, open } from "./common.mjs";

/** A namespace: objects by name, each with its storage and alarm. */
function namespace() {
  const objects = new Map();
  const it = {
    objects, broken: false,
    idFromName: (name) => name,
    get: (name) => {
      if (!objects.has(name)) {
        const map = new Map(), storage = {
          map, alarm: undefined,
          get: async (key) => structuredClone(map.get(key)), put: async (key, value) => void map.set(key, structuredClone(value)),
          deleteAll: async () => { map.clear(); storage.alarm = undefined; }, setAlarm: async (at) => { storage.alarm = at; },
        };
        objects.set(name, { storage, object: new HubkeySession({ storage }, {}) });
      }
      const { object } = objects.get(name);
      return { fetch: async (url, init) => { if (it.broken) throw new Error("no such object"); return object.fetch(new Request(url, init)); } };
    },
  };
  return it;
}
const opened = async (at, options) => {
  const space = namespace(), { visits, ...it } = await open(at, { store: durableObjectSessions(space), ...options }), browser = visits();
  same((await browser.signIn()).status, 303);
  browser.lines.length = 0;
  return { ...it, space, visits, browser, storages: () => [...space.objects.values()].map((one) => one.storage) };
};
const refreshes = async (at) => (await oauth(at)).counts?.refreshes ?? (await oauth(at)).refreshes;
/** Nobody's access token is good any more, but those still to come. */
const expire = async (at) => {
  for (const it of await (await fetch(`${at.hubUrl}/_localhub/principals`)).json()) if (/^oauth-\d/.test(it.name)) await at.control.standing(it.name, { revoked: true });
};

export default {
  "the cookie has an id alone, and the object the session": async (at) => {
    const { browser, space, storages } = await opened(at);
    yes(browser.cookies.get("__Host-hubkey").length < 250, "it is short");
    same(space.objects.size, 1);
    const [{ map, alarm }] = storages(), { record, until } = map.get("session");
    yes(record.includes("hf_oauth") && alarm === until && until > Date.now() + 29 * 86_400_000);
    same(await browser.json("/"), { name: "ada", signedIn: true, own: true, scopes: ["openid", "profile", "read-repos"] });
    same(browser.lines, []);
  },

  "eight requests in isolates of their own, with a token that the Hub refuses: one renewal, no cookie": async (at) => {
    const { browser, space } = await opened(at);
    await expire(at);
    const names = await Promise.all(Array.from({ length: 8 }, async () => {
      // Nothing is shared but the namespace.
      const { app } = made({ endpoint: at.hubUrl, store: durableObjectSessions(space) });
      const answer = await app(new Request("https://app.example/", { headers: { cookie: browser.header } }));
      same(answer.headers.getSetCookie(), []);
      return (await answer.json()).name;
    }));
    same(names, Array(8).fill("ada"));
    same(await refreshes(at), 1);
    same((await oauth(at)).counts?.familiesKilled ?? (await oauth(at)).familiesKilled, 0);
  },

  "before the token ends it is renewed": async (at) => {
    const { browser } = await opened(at), { now } = Date;
    try {
      Date.now = () => now() + 28_000_000 + 600_000;
      same((await browser.json("/")).signedIn, true);
      same(await refreshes(at), 1);
    } finally { Date.now = now; }
  },

  "signing out empties the object": async (at) => {
    const { browser, storages } = await opened(at);
    same((await browser.post("/auth/logout")).status, 303);
    same([browser.cookies.size, storages()[0].map.size, storages()[0].alarm], [0, 0, undefined]);
  },

  "what was signed out of elsewhere is over here too, and its cookie goes": async (at) => {
    const { browser, visits, storages } = await opened(at), other = visits();
    other.cookies = new Map(browser.cookies);
    await other.post("/auth/logout");
    same([(await browser.json("/")).signedIn, browser.cookies.size], [false, 0]);
    same(storages()[0].map.size, 0);
  },

  "a new sign-in has a new id, and the object of the one before is emptied": async (at) => {
    const { browser, space, storages } = await opened(at), before = browser.cookies.get("__Host-hubkey");
    await browser.signIn();
    yes(browser.cookies.get("__Host-hubkey") !== before);
    same([space.objects.size, storages()[0].map.size, storages()[1].map.size], [2, 0, 1]);
  },

  "when its time is over the object forgets it": async (at) => {
    const { browser, space, storages } = await opened(at), { now } = Date, [{ map }] = storages(), kept = map.get("session");
    try {
      Date.now = () => kept.until + 1;
      const id = [...space.objects.keys()][0];
      same((await (await space.get(id).fetch("https://x.invalid/", { method: "POST", body: '{"op":"load"}' })).json()).record, "", "though the alarm has not rung");
    } finally { Date.now = now; }
    await space.objects.values().next().value.object.alarm();
    same(map.size, 0);
    same((await browser.json("/")).signedIn, false);
  },

  "an object that gives no answer signs nobody out": async (at) => {
    const { browser, space, auth } = await opened(at);
    space.broken = true;
    const error = await fails(auth.visitor(new Request("https://app.example/", { headers: { cookie: browser.header } })), "storage_unavailable");
    lacks(error.message, "hf_");
    space.broken = false;
    same((await browser.json("/")).name, "ada");
  },

  "a renewal that fails for now leaves the visitor signed in; one that is refused for good does not": async (at) => {
    const { browser, storages } = await opened(at);
    await expire(at);
    await at.control.answer("/oauth/token", 503, "busy", {}, 2);
    same((await browser.json("/")).code, "server_error");
    same([browser.cookies.size, storages()[0].map.size], [1, 1]);
    await at.control.answer("/oauth/token", 400, { error: "invalid_grant" });
    const it = await browser.json("/");
    same([it.code, it.signedIn, browser.cookies.size, storages()[0].map.size], ["signed_out", false, 0, 0]);
  },

  "signing out while a renewal is under way brings nobody back": async (at) => {
    const { browser, app, storages } = await opened(at), { fetch } = globalThis;
    await expire(at);
    let go, began;
    const gate = new Promise((done) => { go = done; }), under = new Promise((done) => { began = done; });
    const held = async (url, init) => {
      if (String(init?.body).includes("grant_type=refresh_token")) {
        began();
        await gate;
      }
      return fetch(url, init);
    };
    await amid({ fetch: held }, async () => {
      const asked = app(new Request("https://app.example/", { headers: { cookie: browser.header } }));
      await under;
      await browser.post("/auth/logout");
      go();
      const it = await (await asked).json();
      same([it.name, it.signedIn, storages()[0].map.size], [undefined, false, 0]);
    });
  },

  "a sign-in whose object gives no answer is told, and nobody is half signed in": async (at) => {
    const space = namespace(), { visits } = await open(at, { store: durableObjectSessions(space) }), browser = visits();
    space.broken = true;
    const answer = await browser.signIn();
    same([answer.status, [...browser.cookies.keys()]], [503, []]);
  },

  "what is no binding is refused": async () => {
    for (const it of [undefined, null, {}, "SESSIONS", { get() {} }, { put() {}, get() {} }]) await fails(() => durableObjectSessions(it), "invalid_argument");
  },
};
