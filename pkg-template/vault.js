// hubkey/vault: the store that keeps the sign-in encrypted in IndexedDB. What it cannot keep there stays for the tab, or
// in memory, and `place` says so.

// Whoever loads this loads the client too. Said here, or what both use would be a file apart, one more for everybody.
import "./core.js";
import { refuse } from "./error.js";
import { own } from "./options.js";
import { vault } from "./vault-records.js";

/** Failures after which nothing of ours can be in the database: a sandbox, a private window, somebody else's layout. */
const NOTHING_THERE = /^(Security|InvalidState|Version)Error$/;

/** A look may throw, where a sandbox or the person at the browser says no. */
const glance = (run) => { try { return run(); } catch {} };
const database = () => glance(() => globalThis.indexedDB);

export const vaultStore = (options) => {
  const { name = "hubkey" } = own(options);
  if (typeof name !== "string" || !name) throw refuse("invalid_argument", "`name` should be text", 'the name of a database of its own: vaultStore({ name: "my-app" })');
  const it = vault(name), records = new Map();
  const memory = { getItem: (key) => records.get(key), setItem: (key, text) => records.set(key, text), removeItem: (key) => records.delete(key) };
  let place = "database";

  /** Where else a record may be. Runtimes without IndexedDB share their sessionStorage among all whom they serve. */
  const spares = () => {
    const session = database() && glance(() => sessionStorage);
    return [...(session ? [["session", session]] : []), ["memory", memory]];
  };
  const spareKey = (key) => `${name} ${key}`;
  const putAside = (key, text) => {
    const all = spares();
    for (const [, area] of all) area.removeItem(spareKey(key));
    if (text === undefined) return;
    for (const [where, area] of all) {
      try { area.setItem(spareKey(key), text); } catch { continue; }
      place = where;
      return;
    }
  };

  return Object.freeze({
    kind: "vault",
    get place() { return place; },

    async load(key) {
      const all = spares();
      for (const [where, area] of all) {
        const text = area.getItem(spareKey(key));
        if (text == null) continue;
        place = where;
        return text;
      }
      try {
        const text = await it.read(key);
        place = "database";
        return text;
      } catch (error) {
        // A database that was there and stumbles has signed nobody out.
        if (it.opened) throw error;
        [[place]] = all;
      }
    },

    async save(text, key) {
      try { await it.write(key, text); }
      catch {
        // The older record would come back after this one.
        if (it.opened) await it.erase(key);
        return putAside(key, text);
      }
      putAside(key);
      place = "database";
    },

    async clear(key) {
      putAside(key);
      try { await it.erase(key); }
      catch (error) { if (it.opened || (database() && !NOTHING_THERE.test(error?.name))) throw error; }
    },
  });
};
