// Databases for tests: the place's own IndexedDB or a stand-in, and how to look into one from outside.
import { amid } from "./spy.mjs";

const KEYS = "keys", RECORDS = "records";
let count = 0;

/** A case on a database of its own; `run` gets its name. */
export const onDatabase = (run) => async (at) => {
  const name = `vault ${count++}`;
  if (!globalThis.indexedDB) return amid({ indexedDB: standIn() }, () => run(at, name));
  await dropped(name);
  try { return await run(at, name); } finally { await dropped(name); }
};

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
  request.onblocked = () => reject(new Error("somebody keeps the database open"));
});

/** Without it, and whoever has it open has to let go. */
export const dropped = (name) => settled(indexedDB.deleteDatabase(name));

/** As somebody with the developer's tools would: `work` gets both stores and gives the request whose result is wanted. */
export async function edit(name, work) {
  const db = await settled(indexedDB.open(name));
  try {
    const it = db.transaction([KEYS, RECORDS], "readwrite");
    const done = new Promise((resolve, reject) => Object.assign(it, { oncomplete: resolve, onabort: () => reject(it.error) }));
    const answer = await settled(work(it.objectStore(RECORDS), it.objectStore(KEYS)));
    await done;
    return answer;
  } finally { db.close(); }
}

/** A database of that name that somebody else made. */
export async function foreign(name, version, stores) {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => { for (const it of stores) request.result.createObjectStore(it); };
  (await settled(request)).close();
}

/** What lies in it, and all of it as text, in which a token would be found. */
export async function contents(name) {
  const keys = await edit(name, (_, keys) => keys.getAll()), records = await edit(name, (records) => records.getAll());
  const plain = (_, it) => (it instanceof ArrayBuffer || ArrayBuffer.isView(it) ? new TextDecoder("latin1").decode(it) : it);
  return { keys, records, text: JSON.stringify([keys, records], plain) };
}

/**
 * As much of IndexedDB as is used here. A transaction has its turn when the one before is over, and is complete when
 * nothing is asked any more. `faults` are called first, by the name of what is asked; what one throws is what happens.
 */
export function standIn(faults = {}) {
  const databases = new Map(), connections = new Set();
  let line = Promise.resolve();
  const later = (run) => void setTimeout(run, 0);
  const tell = (request, run) => {
    let minded = false;
    try { request.result = run(); } catch (error) {
      request.error = error;
      request.onerror?.({ preventDefault() { minded = true; } });
      return minded ? undefined : error;
    }
    request.onsuccess?.();
  };

  const transaction = ({ stores }) => {
    const it = { error: null }, asked = [];
    let copy;
    const step = (done) => {
      const next = asked.shift();
      if (next && it.error === null) {
        it.error = tell(next.request, next.run) ?? null;
        return later(() => step(done));
      }
      if (it.error === null) for (const name in stores) stores[name] = copy[name];
      done();
      (it.error === null ? it.oncomplete : it.onabort)?.();
    };
    line = line.then(() => new Promise((done) => later(() => {
      copy = Object.fromEntries(Object.entries(stores).map(([name, map]) => [name, new Map(map)]));
      step(done);
    })));
    it.objectStore = (name) => {
      const ask = (what, run) => (...args) => {
        const request = {};
        asked.push({ request, run: () => (faults[what]?.(...args), run(copy[name], ...args)) });
        return request;
      };
      return {
        get: ask("get", (map, key) => map.get(key)),
        getAll: ask("getAll", (map) => [...map.values()]),
        count: ask("count", (map) => map.size),
        put: ask("put", (map, value, key) => void map.set(key, value)),
        delete: ask("delete", (map, key) => void map.delete(key)),
        clear: ask("clear", (map) => map.clear()),
      };
    };
    return it;
  };

  const connect = (held) => {
    const db = {
      objectStoreNames: { contains: (name) => name in held.stores },
      createObjectStore: (name) => void (held.stores[name] = new Map()),
      transaction: () => {
        if (!connections.has(db)) throw new DOMException("the connection is closed", "InvalidStateError");
        return transaction(held);
      },
      close: () => void connections.delete(db),
    };
    connections.add(db);
    return Object.assign(db, { held });
  };

  return {
    open(name, version) {
      const request = {};
      faults.refused?.();
      later(() => tell(request, () => {
        faults.open?.();
        const held = databases.get(name) ?? { version: 0, stores: {} };
        if (version < held.version) throw new DOMException("it is newer", "VersionError");
        const db = (request.result = connect(held)), wanted = version ?? (held.version || 1);
        if (wanted > held.version) request.onupgradeneeded?.();
        held.version = wanted;
        databases.set(name, held);
        return db;
      }));
      return request;
    },
    deleteDatabase(name) {
      const request = {}, held = databases.get(name);
      for (const db of [...connections]) if (db.held === held) db.onversionchange?.();
      later(() => tell(request, () => void databases.delete(name)));
      return request;
    },
    /** As a browser does that loses its connections and tells nobody. */
    lose: () => connections.clear(),
  };
}
