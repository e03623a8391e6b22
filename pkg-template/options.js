// Takes options apart. Types are checked here, where a wrong one would be coerced on its way into the module.

import { isHubError, refuse } from "./error.js";

const isObject = (it) => typeof it === "object" && it !== null;
const wrong = (message, hint) => refuse("invalid_argument", message, hint ?? "see the types of the package");

/** What a getter, a proxy or a toString throws is an error of ours. */
export const reading = (run) => {
  try { return run(); }
  catch (error) { throw isHubError(error) ? error : wrong("an option could not be read", "it threw when it was looked at, or is of a type that means nothing here"); }
};

/** A copy of its own properties without a prototype, so that a polluted one changes nothing. */
export const own = (it) => {
  if (it === undefined || it === null) return Object.create(null);
  if (!isObject(it)) throw wrong("options should be an object", "pass one object: { token, signal, … }");
  return reading(() => Object.assign(Object.create(null), it));
};

/** The same for the module, which walks through lists: it gets plain ones. */
export const plain = (options) => reading(() => {
  const all = own(options);
  for (const key in all) {
    // JSON leaves these out without a word, and `private: () => true` would make a public repo.
    if (!["token", "onResponse"].includes(key) && (typeof all[key] === "function" || typeof all[key] === "symbol")) throw wrong(`\`${key}\` is of a type that means nothing here`);
    if (Array.isArray(all[key])) all[key] = Array.from(all[key]);
  }
  return all;
});

/** How long, how often, and by whose leave. */
export const patience = ({ timeoutMs, signal, maxRetries, maxWaitMs, onResponse }) => {
  for (const [name, it] of [["timeoutMs", timeoutMs], ["maxWaitMs", maxWaitMs]])
    if (it != null && !(typeof it === "number" && it >= 0)) throw wrong(`\`${name}\` should be a number of milliseconds${name === "timeoutMs" ? ", 0 for no limit" : ""}`);
  if (maxRetries != null && !(Number.isInteger(maxRetries) && maxRetries >= 0)) throw wrong("`maxRetries` should be a whole number, 0 to send once");
  if (onResponse != null && typeof onResponse !== "function") throw wrong("`onResponse` should be a function");
  // By shape: the signal of another realm is one too.
  if (signal != null && !(typeof signal.aborted === "boolean" && typeof signal.addEventListener === "function")) throw wrong("`signal` should be an AbortSignal");
  return { timeoutMs: timeoutMs ?? undefined, signal: signal ?? undefined, maxRetries, maxWaitMs, onResponse };
};

/** How many, of a list: another type would read all there is. */
export const counted = (options) => {
  const all = plain(options);
  for (const key of ["limit", "pageSize"]) {
    const it = all[key];
    if (it != null && !((Number.isInteger(it) || it === Infinity) && it >= (key === "limit" ? 0 : 1))) throw wrong(`\`${key}\` should be a whole number`);
  }
  return all;
};

/** The client's own options, as the module takes them. */
export const whole = ({ endpoint, origins, fetch, token, timeoutMs, maxRetries, maxWaitMs, offline, debug }) => {
  if (endpoint != null && typeof endpoint !== "string") throw refuse("invalid_endpoint", "`endpoint` is not text", "an endpoint is scheme and host, perhaps a path: https://huggingface.co; of a URL object give its href");
  if (origins != null && !(Array.isArray(origins) && origins.every((it) => typeof it === "string" && /^\S+$/.test(it)))) throw wrong("`origins` should be a list of addresses");
  if (fetch != null && typeof fetch !== "function") throw wrong("`fetch` should be a function");
  if (debug != null && typeof debug !== "function") throw wrong("`debug` should be a function");
  if (offline != null && typeof offline !== "boolean") throw wrong("`offline` should be true or false");
  return { endpoint: endpoint ?? undefined, origins: origins && [...origins], fetch: fetch ?? undefined, token, timeoutMs: timeoutMs ?? undefined, maxRetries, maxWaitMs, offline: offline === true, debug };
};

/** A copy of an environment; what holds a token must be text, or it would read as "not set". */
export const secretsOf = (env) => {
  const all = own(env);
  for (const name of ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"])
    if (all[name] != null && typeof all[name] !== "string") throw refuse("invalid_token_format", `${name} is set and is not text`, `where it is a store's binding, read it first: { ...env, ${name}: await env.${name}.get() }`);
  return all;
};

/** A profile's name is text; without one, a sign-in has the token's own. */
export const named = (options) => {
  const all = own(options);
  if (all.profile != null && typeof all.profile !== "string") throw wrong("`profile` should be text");
  return all;
};

/** A sign-in's: whoever is to be remembered needs a place for it, which is found out before anything is sent. */
export const remembering = (options, [kind]) => {
  const all = named(options), { remember } = all;
  if (remember != null && typeof remember !== "boolean") throw wrong("`remember` should be true or false");
  const nowhere = /^(|memory|env|getter)$/.test(kind);
  if (remember && nowhere) throw wrong("`remember` needs a store that lasts", "new Hub({ store: vaultStore() }) with vaultStore from hubkey/vault, or localStore()");
  return { __proto__: null, ...all, passes: remember === false && !nowhere };
};

/** A forgotten variable must not sign out of everything. */
export const leaving = (options) => {
  const all = named(options);
  if ("profile" in all && all.profile == null) throw wrong("`profile` is given, and is nothing", "leave it out to sign out of all profiles");
  return all;
};

/** Kind, object, key. */
export const storeOf = (it) => {
  if (!isObject(it)) throw wrong("`store` should be a store", "use memoryStore(), localStore(), sessionStore(), envStore(env), getterStore(get), or an object with getItem, setItem and removeItem");
  const [kind, key, env] = ["kind", "key", "env"].map((name) => (Object.hasOwn(it, name) ? it[name] : undefined));
  const named = ["local", "session", "env"].includes(kind) && !it.getItem && !it.load;
  if (key !== undefined && typeof key !== "string") throw wrong("`key` should be text");
  if (kind === "getter" && typeof it.load === "function" && !it.save) return [kind, it, undefined];
  const whole = (...names) => names.every((name) => typeof it[name] === "function");
  if (!named && !whole("getItem", "setItem", "removeItem") && !whole("load", "save", "clear")) throw wrong("a store needs getItem, setItem and removeItem, or load, save and clear");
  return named ? [kind, env, key] : [["memory", "vault"].includes(kind) ? kind : "custom", it, undefined];
};

const OF_A_REQUEST = ["method", "signal", "cache", "redirect", "referrerPolicy", "integrity", "keepalive"];

/** What `fetch` was given, as an address and options; without options where the token may not go. */
export const requestOf = async (input, init, injected, admits) => {
  const request = isObject(input) && !(input instanceof URL) && typeof input.url === "string" ? input : undefined;
  const url = new URL(request ? request.url : input, globalThis.location?.href).href;
  const elsewhere = !admits(url);
  // The platform takes what it was given, untouched; a stand-in for it is called as fetch(urlString, init).
  if (elsewhere && !(injected && request)) return { url };
  const merged = Object.create(null);
  if (request) {
    // What the request leaves open is ours to say: no referrer, for one.
    for (const key of OF_A_REQUEST) if (request[key]) merged[key] = request[key];
    // Bytes, not the stream: a stream can be sent once, and Chromium sends none over HTTP/1.
    if (!/^(GET|HEAD)$/.test(request.method)) merged.body = await request.arrayBuffer();
  }
  Object.assign(merged, own(init));
  merged.headers = new Headers(merged.headers ?? request?.headers);
  merged.method = String(merged.method ?? "GET").toUpperCase();
  // As fetch says it; further down only a redirect brings a body to a GET.
  if (merged.body != null && /^(GET|HEAD)$/.test(merged.method)) throw new TypeError("Request with GET/HEAD method cannot have body");
  return { url, merged, elsewhere };
};

/** What `request` was given: query into the path, plain objects into JSON. */
export const bodied = (path, all) => {
  const { query, headers, body, method } = all;
  if (typeof path !== "string") throw refuse("invalid_path", "the path is not text", "a path begins with / and is below the endpoint: /api/daily_papers");
  let url = path;
  const pairs = new URLSearchParams();
  for (const [key, value] of Object.entries(own(query)))
    for (const it of Array.isArray(value) ? value : [value]) {
      if (it == null) continue;
      if (typeof it === "object" || typeof it === "function" || typeof it === "symbol") throw wrong("a value of `query` should be text, a number, true or false");
      pairs.append(key, it);
    }
  if (pairs.size ?? `${pairs}`) url += (path.includes("?") ? "&" : "?") + pairs;
  const given = new Headers();
  const list = Array.isArray(headers) ? headers : typeof headers?.entries === "function" ? [...headers.entries()] : Object.entries(own(headers));
  for (const [name, value] of list) {
    if (value == null) continue;
    // Checked before the platform sees them: Node prints what it refuses.
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) throw wrong("a header's name or value holds a character that none may have");
    given.append(name, value);
  }
  const verb = String(method ?? (body === undefined ? "GET" : "POST")).toUpperCase();
  if (!/^[A-Z]+$/.test(verb) || /^(CONNECT|TRACE|TRACK)$/.test(verb)) throw wrong("`method` is none that can be sent");
  if (body != null && /^(GET|HEAD)$/.test(verb)) throw wrong("a GET or HEAD has no `body`");
  const init = { headers: given, body };
  const tag = Object.prototype.toString.call(body);
  if (/ (Map|Set|WeakMap|WeakSet|Promise|Error|RegExp)\]$/.test(tag)) throw wrong("`body` has no JSON form");
  // Plain objects, lists, numbers and the like are JSON; text, bytes, blobs, forms and streams go as they are.
  if (body !== undefined && typeof body !== "string" && (Array.isArray(body) || !isObject(body) || / (Object|Date)\]$/.test(tag))) {
    try { init.body = JSON.stringify(body); } catch { init.body = undefined; }
    if (init.body === undefined) throw wrong("`body` has no JSON form");
    if (!given.has("content-type")) given.set("content-type", "application/json");
  }
  return { ...all, url, init, method: verb };
};
