// Where a page keeps what it needs when the person comes back: each sign-in under its own state, so that two at once do
// not meet, for ten minutes, and good for one use.

import { refuse } from "./error.js";
import { LIFE_MS } from "./oauth-flow.js";

const PREFIX = "hubkey:oauth:";
/** The tab's own first. A sandbox may refuse to be looked at. */
const AREAS = ["sessionStorage", "localStorage"];

const each = (run) => {
  for (const name of AREAS) {
    try { const it = globalThis[name] && run(globalThis[name]); if (it) return it; } catch {}
  }
};

const isOld = (record) => {
  try { return !(Math.abs(Date.now() - JSON.parse(record).startedAt) <= LIFE_MS); } catch { return true; }
};

/** Sign-ins that were begun and left. */
const sweep = () => each((area) => {
  for (const key of Object.keys(area)) if (key.startsWith(PREFIX) && isOld(area.getItem(key))) area.removeItem(key);
});

const read = (record) => {
  try { return record && JSON.parse(record); } catch {}
};

/** Outside of pages, and for popups, whose opener stays. */
const inMemory = () => {
  const map = new Map();
  return {
    put(state, it) {
      for (const [key, old] of map) if (isOld(old)) map.delete(key);
      map.set(state, JSON.stringify(it));
    },
    take(state) {
      const it = map.get(state);
      map.delete(state);
      return read(it);
    },
    look: (state) => read(map.get(state)),
    all: () => [...map.values()].map(read),
  };
};

const inTab = {
  put(state, it) {
    sweep();
    const key = PREFIX + state, record = JSON.stringify(it);
    if (!each((area) => (area.setItem(key, record), area.getItem(key) === record)))
      throw refuse("storage_unavailable", "this page may keep nothing until the sign-in comes back", "allow it storage, or sign in without leaving it: signIn({ popup: true })");
  },
  take(state) {
    const key = PREFIX + state;
    let found;
    each((area) => {
      found ??= area.getItem(key) ?? undefined;
      area.removeItem(key);
    });
    return read(found);
  },
  look: (state) => each((area) => read(area.getItem(PREFIX + state))),
  all() {
    const all = [];
    each((area) => { for (const key of Object.keys(area)) if (key.startsWith(PREFIX) && !isOld(area.getItem(key))) all.push(read(area.getItem(key))); });
    return all;
  },
};

export const keeping = () => (typeof document === "undefined" ? inMemory() : inTab);
