// Stores as values. Those of the browser are only named here: looking at `localStorage` may throw, so the module does
// it at each use.

import { refuse } from "./error.js";
import { own, secretsOf } from "./options.js";

export const localStore = (options) => ({ kind: "local", key: own(options).key });
export const sessionStore = (options) => ({ kind: "session", key: own(options).key });

export const memoryStore = () => {
  const records = new Map();
  return {
    kind: "memory",
    load: (key) => records.get(key),
    save: (record, key) => void records.set(key, record),
    clear: (key) => void records.delete(key),
  };
};

export const envStore = (env) => Object.defineProperty({ kind: "env" }, "env", { __proto__: null, value: secretsOf(env) });

export const getterStore = (get) => {
  if (typeof get !== "function") throw refuse("invalid_argument", "the getter should be a function", "getterStore(async () => secret)");
  return { kind: "getter", load: async () => get() };
};
