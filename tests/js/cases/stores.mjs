// Stores as values: memory, injected in both shapes, plain and promised; two endpoints; a reload.
import { caught, fails, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { json, spy, storage } from "../support/spy.mjs";

const ME = { type: "user", id: "1", name: "ada" };

/** Four stores of one's own: two shapes, plain and promised. */
export function shapes() {
  const later = (run) => async (...args) => {
    await null;
    return run(...args);
  };
  const make = (names, wrap) => {
    const map = new Map();
    const [load, save, clear] = names;
    const flip = load === "load";
    return {
      map,
      [load]: wrap((key) => map.get(key) ?? null),
      [save]: wrap((a, b) => void (flip ? map.set(b, a) : map.set(a, b))),
      [clear]: wrap((key) => void map.delete(key)),
    };
  };
  const items = ["getItem", "setItem", "removeItem"], own = ["load", "save", "clear"];
  const now = (run) => run;
  return { "getItem, plain": make(items, now), "getItem, promised": make(items, later), "load, plain": make(own, now), "load, promised": make(own, later) };
}

const cases = {};

for (const name of Object.keys(shapes())) {
  cases[`a store of one's own keeps the sign-in (${name})`] = async ({ hubkey, hubUrl, token }) => {
    const store = shapes()[name];
    const hub = new hubkey.Hub({ endpoint: hubUrl, store });
    const me = await hub.login({ token: token("testwrite") });
    same([me.persisted, me.warnings], [true, []]);
    same([...store.map.keys()], [`hubkey:${hubUrl}`]);
    // A reload: another client on the same store.
    const again = new hubkey.Hub({ endpoint: hubUrl, store });
    same((await again.whoami()).name, "ada");
    await again.logout();
    same(store.map.size, 0);
    same(await new hubkey.Hub({ endpoint: hubUrl, store }).getToken(), null);
  };

  cases[`setToken stores in it too (${name})`] = async ({ hubkey, hubUrl }) => {
    const store = shapes()[name];
    same(await new hubkey.Hub({ endpoint: hubUrl, store }).setToken({ token: NOBODYS }), { persisted: true, warnings: [] });
    same(await new hubkey.Hub({ endpoint: hubUrl, store }).getToken(), NOBODYS);
  };
}

Object.assign(cases, {
  "the default store is memory, and says that it does not last": async ({ hubkey, hubUrl, token }) => {
    for (const store of [undefined, null, hubkey.memoryStore()]) {
      const hub = new hubkey.Hub({ endpoint: hubUrl, store });
      same((await hub.login({ token: token("testread") })).persisted, false);
      same(await hub.getToken(), token("testread"));
      same(await new hubkey.Hub({ endpoint: hubUrl }).getToken(), null);
    }
  },

  "a memory store that two clients share is one sign-in": async ({ hubkey, hubUrl, token }) => {
    const store = hubkey.memoryStore();
    const [a, b] = [new hubkey.Hub({ endpoint: hubUrl, store }), new hubkey.Hub({ endpoint: hubUrl, store })];
    await a.login({ token: token("testread") });
    same(await b.getToken(), token("testread"));
    await b.logout();
    same(await a.getToken(), null);
  },

  "the record says its version, its endpoint, the profiles and which is in use, and nothing else": async ({ hubkey, hubUrl, token }) => {
    const store = storage();
    const hub = new hubkey.Hub({ endpoint: hubUrl, store });
    await hub.login({ token: token("testwrite") });
    await hub.login({ token: token("testread"), profile: "work" });
    const record = JSON.parse(store.map.get(`hubkey:${hubUrl}`));
    same(record, {
      version: 1, endpoint: hubUrl, active: "work",
      profiles: [{ name: "laptop", token: token("testwrite") }, { name: "work", token: token("testread") }],
    });
  },

  "a profile is named as the Python client names it": async ({ hubkey, hubUrl, token }) => {
    const store = storage();
    const hub = new hubkey.Hub({ endpoint: hubUrl, store });
    const active = () => JSON.parse(store.map.get(`hubkey:${hubUrl}`)).active;
    await hub.login({ token: token("testread") });
    same(active(), "reader");
    await hub.login({ token: token("testoauth") });
    same(active(), "oauth-ada");
    await hub.setToken({ token: NOBODYS });
    same(active(), "default");
    await hub.setToken({ token: NOBODYS, profile: "__proto__" });
    same(active(), "__proto__");
    same(await new hubkey.Hub({ endpoint: hubUrl, store }).getToken(), NOBODYS);
  },

  "two endpoints in one storage do not meet": async ({ hubkey, hubUrl, cdnUrl, token }) => {
    const store = storage();
    const [here, there] = [new hubkey.Hub({ endpoint: hubUrl, store }), new hubkey.Hub({ endpoint: cdnUrl, store })];
    await here.login({ token: token("testread") });
    same(await there.getToken(), null);
    await there.setToken({ token: NOBODYS });
    same([await here.getToken(), await there.getToken()], [token("testread"), NOBODYS]);
    await there.logout();
    same(await new hubkey.Hub({ endpoint: hubUrl, store }).getToken(), token("testread"));
    same([...store.map.keys()], [`hubkey:${hubUrl}`]);
  },

  "a record of another endpoint is neither loaded nor sent nor replaced": async ({ hubkey, hubUrl, cdnUrl, control, token, inspect }) => {
    // A store that ignores the key: one place for two Hubs.
    let record = null;
    const store = { load: () => record, save: (it) => void (record = it), clear: () => void (record = null) };
    await new hubkey.Hub({ endpoint: cdnUrl, store }).setToken({ token: NOBODYS });
    const before = record;
    const hub = new hubkey.Hub({ endpoint: hubUrl, store });
    same(await hub.getToken(), null);
    await fails(hub.whoami(), "no_token");
    await hub.modelInfo({ repo: "ada/tiny" });
    const me = await hub.login({ token: token("testread") });
    same([me.persisted, me.warnings.map((it) => it.code)], [false, ["storage_unavailable"]]);
    lacks(inspect(me.warnings), NOBODYS);
    same(await hub.getToken(), token("testread"), "signed in all the same");
    await hub.logout();
    same(record, before, "kept");
    for (const it of await control.requests()) lacks(JSON.stringify(it), NOBODYS);
    const fetch = spy(() => json(ME));
    const official = new hubkey.Hub({ store, fetch });
    await fails(official.whoami(), "no_token");
    same(fetch.calls, []);
  },

  "a store is called on itself": async ({ hubkey, hubUrl }) => {
    class Box {
      #it = null;
      getItem() { return this.#it; }
      setItem(_, value) { this.#it = value; }
      removeItem() { this.#it = null; }
    }
    const store = new Box();
    await new hubkey.Hub({ endpoint: hubUrl, store }).setToken({ token: NOBODYS });
    same(await new hubkey.Hub({ endpoint: hubUrl, store }).getToken(), NOBODYS);
  },

  "what a store of one's own says about its kind makes it no other store": async ({ hubkey, hubUrl }) => {
    const store = { ...storage(), kind: "local" };
    same((await new hubkey.Hub({ endpoint: hubUrl, store }).setToken({ token: NOBODYS })).persisted, true);
    same(store.map.size, 1);
  },

  "what is no store is refused at once": async ({ hubkey }) => {
    const half = { getItem() {}, setItem() {} };
    const odd = [{}, [], half, { load() {} }, "localStorage", 5, true, () => {}, { kind: "cloud" }, { kind: "memory" }, { getItem: 1, setItem: 2, removeItem: 3 }];
    for (const store of odd) await fails(() => new hubkey.Hub({ store }), "invalid_argument", String(store));
    await fails(() => new hubkey.Hub({ store: { ...storage(), key: 5 } }), "invalid_argument");
  },

  "a store that is sure is asked only when it must be": async ({ hubkey, hubUrl, token }) => {
    const store = storage();
    let loads = 0;
    const counted = { ...store, getItem: (key) => (loads++, store.getItem(key)) };
    const hub = new hubkey.Hub({ endpoint: hubUrl, store: counted });
    same(loads, 0, "not by the constructor");
    await hub.login({ token: token("testread") });
    const before = loads;
    await hub.whoami();
    await hub.whoami();
    yes(loads === before, "a store of one's own is not asked again for what is known");
  },

  "the token in use outlives a store that forgets": async ({ hubkey, hubUrl, token }) => {
    const store = storage();
    const hub = new hubkey.Hub({ endpoint: hubUrl, store });
    await hub.login({ token: token("testread") });
    store.map.clear();
    same(await hub.getToken(), token("testread"));
    same((await caught(new hubkey.Hub({ endpoint: hubUrl, store }).whoami())).code, "no_token");
  },
});

export default cases;
