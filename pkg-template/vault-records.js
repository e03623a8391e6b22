// The vault's database: one key that no script can read out, and records under it.

import { transactions } from "./vault-database.js";

const KEY = "key", VERSION = 1, NAME = "AES-GCM";
/** A tab that clears while another saves changes the key between look and write; nine times in a row it does not. */
const TRIES = 9;

/** A value that cannot be read is as good as none: it would keep everybody from ever writing another. */
const get = (store, key, then) => {
  const request = store.get(key);
  request.onsuccess = () => then(request.result);
  request.onerror = (event) => {
    event.preventDefault();
    then();
  };
};

/** As we made it: one that a script could have read before is none. */
const usable = (it) => {
  const { extractable, algorithm, usages } = it?.key instanceof CryptoKey ? it.key : {};
  return typeof it?.id === "string" && extractable === false && algorithm.name === NAME && algorithm.length === 256 && usages.length === 2;
};

const made = async () => ({ id: crypto.randomUUID(), key: await crypto.subtle.generateKey({ name: NAME, length: 256 }, false, ["encrypt", "decrypt"]) });

export const vault = (name) => {
  const database = transactions(name);
  /** What the text belongs to. Under another origin, name, key or version it does not open. */
  const bound = (iv, at) => ({ name: NAME, iv, additionalData: new TextEncoder().encode(JSON.stringify([globalThis.origin, name, at, VERSION])) });

  return Object.assign(database, {
    /** Nothing where there is none that is ours and whole. */
    async read(at) {
      const [entry, sealed] = await database.run("readonly", (keys, records, answer) => get(keys, KEY, (entry) => get(records, at, (sealed) => answer([entry, sealed]))));
      try {
        if (sealed.v === VERSION && usable(entry)) return new TextDecoder().decode(await crypto.subtle.decrypt(bound(sealed.iv, at), entry.key, sealed.data));
      } catch {}
    },

    async write(at, text) {
      for (let tries = 0; tries < TRIES; tries++) {
        const held = await database.run("readonly", (keys, _, answer) => get(keys, KEY, answer));
        const entry = usable(held) ? held : await made();
        const iv = crypto.getRandomValues(new Uint8Array(12));
        const sealed = { v: VERSION, iv, data: await crypto.subtle.encrypt(bound(iv, at), entry.key, new TextEncoder().encode(text)) };
        // Keys are made between transactions, which wait for nothing else: another tab may have been quicker.
        const done = await database.run("readwrite", (keys, records, answer) => get(keys, KEY, (now) => {
          if (usable(now) ? now.id !== entry.id : entry === held) return;
          if (entry !== held) keys.put(entry, KEY);
          records.put(sealed, at);
          answer(true);
        }));
        if (done) return;
      }
      throw new DOMException("the key keeps changing", "AbortError");
    },

    /** With the last record goes the key: what is left of it on the disk is noise. */
    erase: (at) => database.run("readwrite", (keys, records) => {
      records.delete(at);
      const count = records.count();
      count.onsuccess = () => { if (!count.result) keys.clear(); };
    }),
  });
};
