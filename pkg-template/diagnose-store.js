// Whether the client's store keeps what it is given: tried with a value of our own, under a key of our own.

import { check, within } from "./diagnose-check.js";

const LIMIT_MS = 2000;
const PROBE = "written by hubkey/diagnose to see whether it stays";

/** What is known of a store: its kind, whether it holds this token, whether it keeps things, what it failed with. */
export const storeOfIts = async ([kind, object, key], endpoint, token) => {
  const it = { kind: kind || "memory" };
  if (/^(|memory|env|getter)$/.test(kind)) return it;
  try {
    // Looking at localStorage may throw.
    const area = kind === "local" ? localStorage : kind === "session" ? sessionStorage : kind === "vault" ? itemsOf(object) : object;
    const items = typeof area.getItem === "function";
    const at = key ?? `hubkey:${endpoint}`;
    const get = (name) => within(LIMIT_MS, () => (items ? area.getItem(name) : area.load(name)));
    const record = await get(at);
    it.holds = typeof record === "string" && !!token && record.includes(token);
    // One that keeps records may take no notice of the key, and then the sign-in would be overwritten.
    if (items) it.keeps = await tried(area, get, `${at}:probe`, at, record);
    it.place = kind === "vault" ? object.place : undefined;
  } catch (error) {
    it.failure = error?.name ?? "an error";
  }
  return it;
};

/** Unlike others of its shape, the vault minds the key. */
const itemsOf = (vault) => ({ getItem: (key) => vault.load(key), setItem: (key, text) => vault.save(text, key), removeItem: (key) => vault.clear(key) });

const tried = async (area, get, probe, at, record) => {
  const put = (name, value) => within(LIMIT_MS, () => area.setItem(name, value));
  const drop = (name) => within(LIMIT_MS, () => area.removeItem(name));
  await put(probe, PROBE);
  try {
    return (await get(probe)) === PROBE && (await get(at)) !== PROBE;
  } finally {
    await drop(probe);
    // It keeps one value, whatever the key: the sign-in goes back to its place.
    if (typeof record === "string" && (await get(at)) == null) await put(at, record);
  }
};

export const lasting = ({ kind, keeps, failure, place }, { from }) => {
  const say = (status, message, more) => check("store", status, message, { kind, ...more });
  if (/^(env|getter)$/.test(kind)) return say("skipped", `the ${kind === "env" ? "environment" : "getter"} is only read; nothing is kept`, { persists: false });
  if (failure) return say("failed", `the store failed: ${failure}`, { persists: false, fix: kind === "custom" ? "see what your store throws, and that it answers within two seconds" : "this page may not use its storage, or it is full: allow it in the browser's settings, or use memoryStore()" });
  if (keeps === false) return say("failed", "the store does not give back what it is given", { persists: false, fix: "it should keep one value for each key, as localStorage does" });
  if (place === "memory") return say("warning", "neither a database nor sessionStorage can be used here: the vault keeps the sign-in in memory", { persists: false, fix: "allow this page its storage in the browser's settings, and load it outside of a sandbox" });
  if (place === "session") return say("warning", "no database can be used here: the vault keeps the sign-in until the tab is closed, and not encrypted", { persists: true, fix: "allow this page its storage in the browser's settings, make room, and load it by https" });
  if (keeps) return say("ok", `the store keeps what it is given${kind === "session" ? ", until the tab is closed" : ""}`, { persists: true });
  if (kind === "custom") return say("unknown", "the store can be read; writing was not tried, because stores of this shape may take no notice of the key");
  if (from === "option" || from === "call") return say("skipped", "the program gives the token; nothing needs to be kept", { persists: false });
  return say("warning", "the token lives in memory only: it is gone with the page or process", { persists: false, fix: "to stay signed in: new Hub({ store: localStore() }), or sessionStore() for one tab" });
};
