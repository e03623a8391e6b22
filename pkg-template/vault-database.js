// A connection to IndexedDB that is opened at its first use and again when it was lost.

const KEYS = "keys", RECORDS = "records";

export const transactions = (name) => {
  let opening;

  const forget = (it) => { if (it === opening) opening = undefined; };
  const connect = () => {
    const it = opening = new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => { for (const it of [KEYS, RECORDS]) request.result.createObjectStore(it); };
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const db = request.result, names = db.objectStoreNames;
        // Whoever deletes the database, or wants another version, need not wait for us.
        db.onversionchange = db.onclose = () => { db.close(); forget(it); };
        if (names.contains(KEYS) && names.contains(RECORDS)) {
          database.opened = true;
          return resolve(db);
        }
        db.close();
        reject(new DOMException("somebody else's database", "VersionError"));
      };
    });
    it.catch(() => forget(it));
    return it;
  };

  const database = {
    /** Whether it could ever be opened from here. */
    opened: false,

    /** One transaction over both stores; `work` tells its answer, which counts once it is complete. */
    async run(mode, work) {
      for (let again = false; ; again = true) {
        const connection = opening ?? connect(), db = await connection;
        try {
          return await new Promise((resolve, reject) => {
            // Strict: the token before a renewed one is worth nothing, and a sign-out must outlast a crash.
            const it = db.transaction([KEYS, RECORDS], mode, { durability: "strict" });
            let answer;
            it.oncomplete = () => resolve(answer);
            it.onabort = () => reject(it.error);
            work(it.objectStore(KEYS), it.objectStore(RECORDS), (value) => { answer = value; });
          });
        } catch (error) {
          // Browsers lose connections without a word, Safari when it was in the background.
          if (again) throw error;
          db.close();
          forget(connection);
        }
      }
    },
  };
  return database;
};
