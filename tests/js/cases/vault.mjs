// The encrypted store: what it keeps and where, what becomes of it when the database was altered, and where there is none.
// On the place's own IndexedDB, or on a stand-in. tests/THREATS.md, rows 68, 70, 72.
import { vaultStore } from "hubkey/vault";
import { caught, fails, has, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { contents, dropped, edit, foreign, onDatabase, standIn } from "../support/database.mjs";
import { amid, getter, storage } from "../support/spy.mjs";

const KEY = "key";
const security = () => { throw new DOMException("Access is denied for this document.", "SecurityError"); };
const unknown = () => { throw new DOMException("The user denied permission to access the database.", "UnknownError"); };
const full = () => { throw new DOMException("The quota has been exceeded.", "QuotaExceededError"); };

const make = (at, name, endpoint = at.hubUrl) => new at.hubkey.Hub({ endpoint, store: vaultStore({ name }) });
/** As after a reload. */
const reloaded = (at, name) => make(at, name).getToken();
const spare = (at, name) => `${name} hubkey:${at.hubUrl}`;

const flipped = (bytes, place) => {
  const copy = new Uint8Array(bytes).slice();
  copy.set([copy.at(place) ^ 1], place < 0 ? copy.length + place : place);
  return copy;
};
const another = async (extractable, length = 256) => ({ id: "another", key: await crypto.subtle.generateKey({ name: "AES-GCM", length }, extractable, ["encrypt", "decrypt"]) });

/** What somebody may do to the database, as functions of the record, the key's entry and the place. */
const records = {
  "the first byte flipped": ({ data, ...it }) => ({ ...it, data: flipped(data, 0).buffer }),
  "the last byte flipped": ({ data, ...it }) => ({ ...it, data: flipped(data, -1).buffer }),
  "cut": ({ data, ...it }) => ({ ...it, data: data.slice(0, 20) }),
  "empty": (it) => ({ ...it, data: new ArrayBuffer(0) }),
  "another iv": (it) => ({ ...it, iv: flipped(it.iv, 3) }),
  "no iv": ({ iv: _, ...it }) => it,
  "another version": (it) => ({ ...it, v: 2 }),
  "version as text": (it) => ({ ...it, v: "1" }),
  "data as text": (it) => ({ ...it, data: "hf_plain" }),
  "the record in plain": () => JSON.stringify({ version: 1, profiles: [{ name: "a", token: NOBODYS }] }),
  "nothing": () => null, "a number": () => 42, "a list": () => [], "a map": () => new Map([["v", 1]]), "a date": () => new Date(0),
  "three megabytes": (it) => ({ ...it, data: new ArrayBuffer(3 << 20) }),
};
const keys = {
  "another key": () => another(false),
  "a key that can be read out": () => another(true),
  "a shorter key": () => another(false, 128),
  "a key for one way alone": async (it) => ({ ...it, key: await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["decrypt"]) }),
  "a key of another kind": async (it) => ({ ...it, key: await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]) }),
  "a key without a name": ({ key }) => ({ key }),
  "bytes for a key": (it) => ({ ...it, key: new Uint8Array(32) }),
  "no key": () => null, "a text": () => "key",
};

/** Nobody's sign-in, and no exception; the next sign-in takes its place and lasts. */
async function recovers(at, name, about) {
  const hub = make(at, name);
  const seen = [];
  const stop = hub.subscribe(({ status }) => seen.push(status));
  same(await hub.getToken(), null, about);
  await fails(hub.whoami(), "no_token", about);
  same([seen.at(-1), hub.session], ["signed_out", { status: "signed_out" }], about);
  stop();
  const me = await hub.setToken({ token: at.token("testgrace") });
  same(me, { persisted: true, warnings: [] }, about);
  same(await reloaded(at, name), at.token("testgrace"), about);
}

export default {
  "a sign-in lasts, and nothing of it can be read in the database": onDatabase(async (at, name) => {
    const hub = make(at, name), token = at.token("testwrite");
    const me = await hub.login({ token, profile: "secret profile" });
    same([me.persisted, me.warnings, hub.session.persisted, hub.session.source], [true, [], true, "store"]);
    const { keys: [entry], records: [record], text } = await contents(name);
    for (const it of [token, token.slice(3, 20), "secret profile", at.hubUrl]) lacks(text, it);
    same([entry.key.extractable, entry.key.algorithm.name, entry.key.algorithm.length, record.iv.length], [false, "AES-GCM", 256, 12]);
    for (const format of ["raw", "jwk"]) yes(await caught(crypto.subtle.exportKey(format, entry.key)), "the key was read out");
    const again = make(at, name);
    same((await again.whoami()).name, "ada");
    await again.logout();
    same(await reloaded(at, name), null);
  }),

  "each save has an iv of its own": onDatabase(async (at, name) => {
    const hub = make(at, name), seen = new Set();
    for (let i = 0; i < 5; i++) {
      await hub.setToken({ token: NOBODYS });
      const { records: [record] } = await contents(name);
      seen.add(`${record.iv}`).add(`${new Uint8Array(record.data)}`);
    }
    same(seen.size, 10);
  }),

  "a record that was altered is nobody's sign-in, and is replaced": onDatabase(async (at, name) => {
    for (const [what, change] of Object.entries(records)) {
      await make(at, name).setToken({ token: NOBODYS });
      const key = `hubkey:${at.hubUrl}`;
      const changed = change(await edit(name, (records) => records.get(key)));
      await edit(name, (records) => records.put(changed, key));
      await recovers(at, name, what);
    }
  }),

  "a key that is gone, or that we did not make, opens nothing and is replaced": onDatabase(async (at, name) => {
    await make(at, name).setToken({ token: NOBODYS });
    await edit(name, (_, keys) => keys.delete(KEY));
    await recovers(at, name, "deleted");
    for (const [what, change] of Object.entries(keys)) {
      const before = await edit(name, (_, keys) => keys.get(KEY));
      const changed = await change(before);
      await edit(name, (_, keys) => keys.put(changed, KEY));
      await recovers(at, name, what);
      const { id, key } = await edit(name, (_, keys) => keys.get(KEY));
      // One that only is another is as good.
      same([key.extractable, key.algorithm.length, id === "another"], [false, 256, what === "another key"], what);
    }
  }),

  "what cannot be read at all does not keep one from signing in": async (at) => {
    let broken = false;
    const indexedDB = standIn({ get: (key) => { if (broken && key !== KEY) throw new DOMException("Failed to read large IndexedDB value", "DataError"); } });
    await amid({ indexedDB }, async () => {
      const store = vaultStore({ name: "broken" });
      await store.save("before", "a");
      broken = true;
      same(await store.load("a"), undefined);
      await store.save("after", "a");
      broken = false;
      same(await store.load("a"), "after");
    });
  },

  "a record is bound to its endpoint, its database and its origin": onDatabase(async (at, name) => {
    const [here, there] = [`hubkey:${at.hubUrl}`, `hubkey:${at.cdnUrl}`];
    await make(at, name).setToken({ token: NOBODYS });
    await make(at, name, at.cdnUrl).setToken({ token: at.token("testread") });
    const [mine, others] = [await edit(name, (records) => records.get(here)), await edit(name, (records) => records.get(there))];
    await edit(name, (records) => records.put(others, here));
    await edit(name, (records) => records.put(mine, there));
    same([await reloaded(at, name), await make(at, name, at.cdnUrl).getToken()], [null, null], "exchanged");
    await edit(name, (records) => records.put(mine, here));
    same(await reloaded(at, name), NOBODYS, "put back");
    await amid({ origin: "https://elsewhere.example" }, async () => same(await reloaded(at, name), null, "another origin"));
    const entry = await edit(name, (_, keys) => keys.get(KEY)), other = `${name} too`;
    await vaultStore({ name: other }).save("anything", here);
    await edit(other, (_, keys) => keys.put(entry, KEY));
    await edit(other, (records) => records.put(mine, here));
    same(await vaultStore({ name: other }).load(here), undefined, "another database, with the same key");
    await dropped(other);
  }),

  "stores that begin at the same time agree on one key": onDatabase(async (_, name) => {
    const all = Array.from({ length: 8 }, (_, i) => [vaultStore({ name }), `record ${i}`]);
    await Promise.all(all.map(([store, text]) => store.save(text, text)));
    for (const [, text] of all) same(await vaultStore({ name }).load(text), text);
    same((await contents(name)).keys.length, 1);
  }),

  "the key goes with the last record": onDatabase(async (_, name) => {
    const store = vaultStore({ name });
    await store.save("one", "a");
    await store.save("two", "b");
    await store.clear("a");
    same([(await contents(name)).keys.length, await store.load("b")], [1, "two"]);
    const [before] = (await contents(name)).keys;
    await store.clear("b");
    await store.clear("b");
    same([(await contents(name)).keys, (await contents(name)).records], [[], []]);
    await store.save("three", "a");
    yes((await contents(name)).keys[0].id !== before.id, "the old key was used again");
  }),

  "a save survives that another tab signs out in the middle of it": onDatabase(async (_, name) => {
    const [store, other] = [vaultStore({ name }), vaultStore({ name })];
    await store.save("before", "a");
    // What happens between the look for the key and the write, each time that it looks.
    const meanwhile = [() => other.clear("a"), () => other.save("theirs", "b")];
    const { subtle } = crypto, { encrypt } = subtle;
    subtle.encrypt = async (...args) => {
      const sealed = await encrypt.apply(subtle, args), next = meanwhile.shift();
      if (next) await next();
      return sealed;
    };
    try { await store.save("after", "a"); } finally { delete subtle.encrypt; }
    same(meanwhile, []);
    same([await vaultStore({ name }).load("a"), await vaultStore({ name }).load("b")], ["after", "theirs"]);
  }),

  "two stores of one name are one place, of another name another": onDatabase(async (at, name) => {
    await make(at, name).setToken({ token: NOBODYS });
    same(await reloaded(at, name), NOBODYS);
    same(await reloaded(at, `${name} too`), null);
    await dropped(`${name} too`);
  }),

  "a connection that was lost is opened again, and a database that was deleted is made again": async (at) => {
    const indexedDB = standIn();
    await amid({ indexedDB }, async () => {
      const hub = make(at, "lost"), store = vaultStore({ name: "lost" });
      await hub.setToken({ token: NOBODYS });
      indexedDB.lose();
      same(await hub.getToken(), NOBODYS);
      same(typeof (await store.load(`hubkey:${at.hubUrl}`)), "string");
      indexedDB.lose();
      await store.save("saved", "a");
      indexedDB.lose();
      await store.clear("a");
      same(await store.load("a"), undefined);
    });
    await onDatabase(async (_, name) => {
      const store = vaultStore({ name });
      await store.save("before", "a");
      await dropped(name);
      same(await store.load("a"), undefined);
      await store.save("after", "a");
      same(await store.load("a"), "after");
    })(at);
  },

  "a database that stumbles has signed nobody out": async (at) => {
    let down = false;
    const indexedDB = standIn({ open: () => { if (down) unknown(); } });
    await amid({ indexedDB, sessionStorage: storage() }, async () => {
      const store = vaultStore({ name: "stumbles" });
      await store.save("kept", "a");
      down = true;
      indexedDB.lose();
      same((await caught(store.load("a"))).name, "UnknownError");
      same((await caught(store.save("more", "a"))).name, "UnknownError");
      same((await caught(store.clear("a"))).name, "UnknownError");
      down = false;
      same([await store.load("a"), store.place, globalThis.sessionStorage.map.size], ["kept", "database", 0]);
    });
  },

  "without a database there is sessionStorage, and it is told": async (at) => {
    const bad = { refused: { refused: security }, unknown: { open: unknown }, full: { open: full } };
    for (const [what, faults] of Object.entries(bad))
      await amid({ indexedDB: standIn(faults), sessionStorage: storage() }, async () => {
        const store = vaultStore({ name: what });
        const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, store });
        same(await hub.getToken(), null, what);
        same((await hub.login({ token: at.token("testread") })).persisted, true, what);
        same([store.place, [...globalThis.sessionStorage.map.keys()]], ["session", [spare(at, what)]], what);
        same(await reloaded(at, what), at.token("testread"), what);
        // What could not be looked at may hold an older sign-in, and who signs out is told.
        if (what === "refused") await hub.logout();
        else await fails(hub.logout(), "storage_unavailable", what);
        same([globalThis.sessionStorage.map.size, await hub.getToken()], [0, null], what);
      });
  },

  "somebody else's database is left alone": async (at) => {
    for (const [version, stores] of [[1, ["theirs"]], [2, ["keys", "records"]]])
      await onDatabase((at, name) => amid({ sessionStorage: storage() }, async () => {
        await foreign(name, version, stores);
        const store = vaultStore({ name });
        same(await store.load("a"), undefined);
        await store.save("mine", "a");
        same([await store.load("a"), store.place], ["mine", "session"]);
        await store.clear("a");
        same([await store.load("a"), globalThis.sessionStorage.map.size], [undefined, 0]);
        const db = await new Promise((done) => { const it = indexedDB.open(name); it.onsuccess = () => done(it.result); });
        same(stores.map((it) => db.objectStoreNames.contains(it)), stores.map(() => true));
        db.close();
      }))(at);
  },

  "a full database keeps no older sign-in that would come back": async (at) => {
    let fill = false;
    const indexedDB = standIn({ put: () => { if (fill) full(); } });
    await amid({ indexedDB, sessionStorage: storage() }, async () => {
      const hub = make(at, "full");
      await hub.setToken({ token: NOBODYS });
      fill = true;
      same((await hub.setToken({ token: at.token("testread") })).persisted, true);
      same([await reloaded(at, "full"), globalThis.sessionStorage.map.size, (await contents("full")).records], [at.token("testread"), 1, []]);
      fill = false;
      await make(at, "full").setToken({ token: at.token("testgrace") });
      same([await reloaded(at, "full"), globalThis.sessionStorage.map.size], [at.token("testgrace"), 0], "back in the database");
    });
  },

  "without any storage there is memory, of this store alone": async (at) => {
    const places = [
      { indexedDB: undefined, sessionStorage: storage() },
      { indexedDB: standIn({ refused: security }), sessionStorage: getter(security) },
      { indexedDB: getter(security), sessionStorage: getter(security) },
      { indexedDB: standIn({ refused: security }), sessionStorage: { ...storage(), setItem: full } },
    ];
    for (const [number, place] of places.entries())
      await amid(place, async () => {
        const store = vaultStore();
        const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, store });
        same(await hub.getToken(), null, number);
        const me = await hub.login({ token: at.token("testread") });
        same([me.name, me.persisted, hub.session.persisted, store.place], ["ada", false, false, "memory"], number);
        same((await hub.whoami()).name, "ada", number);
        // In a server's process that would be somebody else.
        same(await new at.hubkey.Hub({ endpoint: at.hubUrl, store: vaultStore() }).getToken(), null, number);
        if (number === 0) same(place.sessionStorage.map.size, 0, "a runtime's sessionStorage is everybody's");
        await hub.logout();
        same(await hub.getToken(), null, number);
      });
  },

  "a page without encryption has no cryptography either, and keeps it for the tab": async () => {
    await amid({ indexedDB: standIn(), crypto: { getRandomValues: (it) => it }, CryptoKey: undefined, sessionStorage: storage() }, async () => {
      const store = vaultStore();
      await store.save("text", "a");
      same([await store.load("a"), store.place], ["text", "session"]);
    });
  },

  "a store that only says that it is a vault does no harm": async ({ hubkey, hubUrl }) => {
    for (const place of [{ value: "memory" }, { value: Symbol("x") }, { get: () => { throw new Error("no"); } }]) {
      const hub = new hubkey.Hub({ endpoint: hubUrl, store: Object.defineProperty({ ...storage(), kind: "vault" }, "place", place) });
      same((await hub.setToken({ token: NOBODYS })).persisted, place.value !== "memory");
      same(await hub.getToken(), NOBODYS);
    }
  },

  "importing and constructing touch nothing": async ({ hubkey, hubUrl }) => {
    let touched = 0;
    const trap = new Proxy({}, { get: () => void touched++, has: () => (touched++, false) });
    await amid({ indexedDB: trap, sessionStorage: trap, crypto: trap }, async () => {
      new hubkey.Hub({ endpoint: hubUrl, store: vaultStore() });
      same(touched, 0);
    });
  },

  "what is no name is refused at once": async () => {
    for (const name of [5, null, "", {}, true, Symbol("x")]) has((await fails(() => vaultStore({ name }), "invalid_argument")).message, "name");
    for (const options of ["name", 5, true]) await fails(() => vaultStore(options), "invalid_argument");
    yes(Object.isFrozen(vaultStore()));
  },
};
