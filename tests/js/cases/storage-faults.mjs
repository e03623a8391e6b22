// Storage that throws, is full, never answers or holds rubbish: signed in all the same. tests/THREATS.md, rows 68 to 71, 81.
import { caught, everything, fails, has, hides, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { amid, getter, storage } from "../support/spy.mjs";

const security = () => {
  throw new DOMException("Access is denied for this document.", "SecurityError");
};
const full = () => {
  throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
};
const never = () => new Promise(() => {});

/** A store whose one method misbehaves; the rest is a real one. */
const broken = (method, how) => ({ ...storage(), [method]: how });

/** Signed in, but not kept. */
async function signs({ hubkey, hubUrl, token, inspect }, store, about) {
  const hub = new hubkey.Hub({ endpoint: hubUrl, store });
  const me = await hub.login({ token: token("testread") });
  same([me.name, me.persisted, me.warnings.map((it) => it.code)], ["ada", false, ["storage_unavailable"]], about);
  hides(me.warnings, token("testread"), inspect);
  same(await hub.getToken(), token("testread"), about);
  same((await hub.whoami()).name, "ada", about);
  return { hub, me };
}

const cases = {
  "a store that throws at the write leaves one signed in for now": async (at) => {
    for (const how of [security, full, () => { throw "a string"; }, () => { throw undefined; }, () => { throw null; }, async () => full()])
      await signs(at, broken("setItem", how), String(how));
    const { me } = await signs(at, broken("setItem", full));
    has(me.warnings[0].message, "QuotaExceededError");
  },

  "a store that throws at the read leaves one signed in for now, and keeps what is in it": async (at) => {
    const store = storage();
    await new at.hubkey.Hub({ endpoint: at.hubUrl, store }).setToken({ token: NOBODYS, profile: "first" });
    const before = [...store.map];
    const { hub, me } = await signs(at, { ...store, getItem: security });
    has(me.warnings[0].message, "SecurityError");
    await fails(hub.logout({ profile: "first" }), "storage_unavailable");
    same([...store.map], before, "what cannot be read is not written over");
    await hub.logout();
    same(store.map.size, 0, "a sign-out from everything needs no reading");
  },

  "reading a token that cannot be read is an error, and never nobody": async ({ hubkey, hubUrl, control, inspect }) => {
    for (const how of [security, () => { throw "hf_aStringThatIsThrown000000000000000"; }, () => Promise.reject(new Error("down"))]) {
      const hub = new hubkey.Hub({ endpoint: hubUrl, store: broken("getItem", how) });
      const error = await fails(hub.getToken(), "storage_unavailable");
      hides(error, "hf_aStringThatIsThrown000000000000000", inspect);
      await fails(hub.whoami(), "storage_unavailable");
    }
    same(await control.lines(), []);
  },

  "what can be read without a token can be read without a store": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, store: broken("getItem", security) });
    same((await hub.modelInfo({ repo: "ada/tiny" })).id, "ada/tiny");
    same((await hub.fetch(`${hubUrl}/api/models/ada/tiny`)).status, 200);
    for (const it of await control.requests()) same(it.headers.authorization, undefined);
  },

  "a store that throws at logout says so, and the token is gone here": async (at) => {
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, store: broken("removeItem", security) });
    await hub.login({ token: at.token("testread") });
    const error = await fails(hub.logout(), "storage_unavailable");
    has(error.hint, "clear");
    hides(error, at.token("testread"), at.inspect);
    same(await hub.getToken(), null);
    await fails(hub.whoami(), "no_token");
  },

  "a store that never answers the write is given two seconds": async (at) => {
    const started = Date.now();
    const { me } = await signs(at, broken("setItem", never));
    has(me.warnings[0].message, "TimeoutError");
    const took = Date.now() - started;
    yes(took >= 1900 && took < 4000, `took ${took} ms`);
  },

  "a store that never answers the read is given two seconds": async ({ hubkey, hubUrl }) => {
    const started = Date.now();
    const hub = new hubkey.Hub({ endpoint: hubUrl, store: broken("getItem", never) });
    await fails(hub.getToken(), "storage_unavailable");
    const took = Date.now() - started;
    yes(took >= 1900 && took < 4000, `took ${took} ms`);
  },

  "logout takes the token away at once, however slow the store": async (at) => {
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, store: broken("removeItem", never) });
    await hub.setToken({ token: at.token("testread") });
    const leaving = caught(hub.logout());
    same(await hub.getToken(), null);
    await fails(hub.whoami(), "no_token");
    same((await leaving).code, "storage_unavailable");
  },

  "odd things in a store are nobody's sign-in, and are replaced": async ({ hubkey, hubUrl, control, token }) => {
    const key = `hubkey:${hubUrl}`;
    const good = { version: 1, endpoint: hubUrl, active: "a", profiles: [{ name: "a", token: NOBODYS }] };
    const text = (change) => JSON.stringify({ ...good, ...change });
    const rubbish = {
      "cut": text().slice(0, 60), "empty": "", "null": "null", "a number": "42", "a list": "[]", "a text": `"${NOBODYS}"`, "bare token": NOBODYS,
      "another version": text({ version: 2 }), "version as text": text({ version: "1" }), "no endpoint": text({ endpoint: undefined }),
      "no profile": text({ profiles: [] }), "profiles as an object": text({ profiles: { a: { token: NOBODYS } } }),
      "token of no shape": text({ profiles: [{ name: "a", token: "two words" }] }), "token of another type": text({ profiles: [{ name: "a", token: 5 }] }),
      "prototype": `{"__proto__":${text()}}`, "constructor": `{"constructor":{"prototype":${text()}}}`,
      "three megabytes": text({ more: "x".repeat(3 << 20) }), "deep": `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`,
    };
    for (const [name, value] of Object.entries(rubbish)) {
      const store = storage({ [key]: value, foreign: "mine" });
      const hub = new hubkey.Hub({ endpoint: hubUrl, store });
      same(await hub.getToken(), null, name);
      await fails(hub.whoami(), "no_token", name);
      same((await hub.login({ token: token("testread") })).persisted, true, name);
      same(JSON.parse(store.map.get(key)).profiles.map((it) => it.token), [token("testread")], name);
      same(store.map.get("foreign"), "mine", name);
    }
    for (const it of await control.requests()) lacks(JSON.stringify(it.headers), NOBODYS);
    same({}.token, undefined);
  },

  "what a store gives that is no text is nothing": async ({ hubkey, hubUrl }) => {
    for (const it of [undefined, null, 0, 42, NaN, true, {}, [], Symbol("x"), () => {}, new Map()]) {
      const hub = new hubkey.Hub({ endpoint: hubUrl, store: broken("getItem", () => it) });
      same(await hub.getToken(), null, String(typeof it));
    }
  },

  "a thenable that lies and a getter that throws are a store that fails": async (at) => {
    await signs(at, broken("setItem", () => ({ get then() { throw new Error("then"); } })));
    await signs(at, broken("setItem", () => ({ then(_, reject) { reject("no"); } })));
    const store = { ...storage() };
    let asked = 0;
    Object.defineProperty(store, "setItem", { get() { if (asked++ > 0) throw new Error("get"); return () => {}; } });
    await signs(at, store);
  },

  "logout leaves the token nowhere": async ({ hubkey, hubUrl, token }) => {
    const store = storage({ foreign: "mine" });
    await amid({ localStorage: storage(), sessionStorage: storage() }, async () => {
      const hub = new hubkey.Hub({ endpoint: hubUrl, store });
      const kept = [hub, new hubkey.Hub({ endpoint: hubUrl, store: hubkey.localStore() }), new hubkey.Hub({ endpoint: hubUrl, store: hubkey.sessionStore() })];
      for (const it of kept) await it.login({ token: token("testwrite") });
      for (const it of kept) await it.logout();
      for (const it of [store, globalThis.localStorage, globalThis.sessionStorage]) lacks([...it.map].join(), token("testwrite"));
      for (const it of kept) lacks(everything(it), token("testwrite"));
      same([...store.map], [["foreign", "mine"]]);
    });
  },

  "a call under way at logout keeps no token afterwards": async ({ hubkey, hubUrl, control, token }) => {
    const store = storage();
    const hub = new hubkey.Hub({ endpoint: hubUrl, store });
    await hub.login({ token: token("testread") });
    await control.fault("/api/whoami-v2", { type: "delay", ms: 150 });
    const under = hub.whoami({ cache: false }).catch((error) => error);
    await hub.logout();
    await under;
    same([await hub.getToken(), store.map.size], [null, 0]);
  },

  "storage that is there but blocked is found out at each use": async (at) => {
    const { hubkey, hubUrl, token } = at;
    await amid({ localStorage: getter(security) }, async () => {
      const { hub, me } = await signs(at, hubkey.localStore());
      has(me.warnings[0].message, "SecurityError");
      await caught(hub.logout());
      same(await hub.getToken(), null);
    });
    await amid({ localStorage: undefined }, () => signs(at, hubkey.localStore()));
    // It opens up later: the same client uses it at its next sign-in.
    await amid({ localStorage: storage() }, async () => {
      const hub = new hubkey.Hub({ endpoint: hubUrl, store: hubkey.localStore() });
      same((await hub.login({ token: token("testread") })).persisted, true);
    });
  },
};

export default cases;
