// The class that users see, over a private handle in the module. It converts, calls, converts back.

import names from "./endpoints.js";
import { HubError, isHubError, refuse } from "./error.js";
import { makeGlue, snippets } from "./glue.js";
import { guard } from "./guard.js";
import { listing } from "./listing.js";

export { HubError, isHubError };
export * from "./stores.js";

let module;

/** Each entry says once how its runtime comes by the module. Nothing runs before the first use. */
export const start = (load, poll) => {
  const panicked = (cause) => refuse("internal_panic", "an internal error ended this call", "a bug of ours; the next call works. Please report it", cause);
  module = guard(load, makeGlue, snippets, panicked, poll);
};

const isObject = (it) => typeof it === "object" && it !== null;

/** A copy of its own properties without a prototype, so that a polluted one changes nothing. */
const own = (it) => {
  if (it === undefined || it === null) return Object.create(null);
  if (!isObject(it)) throw refuse("invalid_argument", "options should be an object", "pass one object: { token, signal, … }");
  try { return Object.assign(Object.create(null), it); }
  catch (cause) { throw refuse("invalid_argument", "an option could not be read", "a getter of the options threw", cause); }
};

/** The module describes its errors as plain objects; what a platform threw goes through as it is. */
const thrown = (it) => (isObject(it) && !(it instanceof Error) && typeof it.code === "string" && "hint" in it ? new HubError(it) : it);

const sync = (run) => {
  try { return module.sync(run); } catch (error) { throw thrown(error); }
};

// The numbers by which the module knows its methods.
const METHODS = ["login", "setToken", "logout", "getToken", "authHeaders", "whoami", "validateToken", "request", "fetch"];
const FETCH = 8, PAGE = 9, FIRST_ENDPOINT = 10;

export class Hub {
  #options;
  /** What must outlast an instance of the module. */
  #state = {};
  /** The handle in each instance; a new instance makes a new one. */
  #cores = new WeakMap();

  constructor(options) {
    this.#options = own(options);
    delete this.#options.env;
    sync((me) => this.#core(me));
  }

  static fromEnv(env, options) {
    if (!isObject(env)) throw refuse("invalid_argument", "the environment should be an object", "pass the Worker's env, process.env or Deno.env.toObject()");
    const all = own(options);
    delete all.token;
    delete all.store;
    // An endpoint in the environment decides which tokens have the right shape, so the module reads both.
    const hub = new Hub(all);
    hub.#options.env = own(env);
    hub.#cores = new WeakMap();
    sync((me) => hub.#core(me));
    return hub;
  }

  get endpoint() {
    return sync((me) => this.#core(me).endpoint());
  }

  #core(me) {
    let core = this.#cores.get(me.glue);
    if (!core) this.#cores.set(me.glue, (core = new me.glue.Core(this.#options, this.#state, me.running)));
    return core;
  }

  #run(op, options, more) {
    return module.call((me) => this.#core(me).call(op, own(options), more)).catch((error) => { throw thrown(error); });
  }

  #validate(args) {
    const [it] = args;
    return this.#run(6, !args.length ? undefined : isObject(it) ? { ...own(it), token: it.token } : { token: it });
  }

  async #fetch(input, init) {
    const request = isObject(input) && !(input instanceof URL) && typeof input.url === "string" ? input : undefined;
    const url = new URL(request ? request.url : input, globalThis.location?.href).href;
    const { fetch: given } = this.#options;
    if (!sync((me) => this.#core(me).admits(url))) return given ? given(request ?? url, init) : fetch(input, init);
    const merged = Object.create(null);
    if (request) {
      for (const key of ["method", "signal", "cache", "redirect", "referrerPolicy", "integrity", "keepalive"]) merged[key] = request[key];
      // Bytes, not the stream: a stream can be sent once, and Chromium sends none over HTTP/1.
      if (request.body || !["GET", "HEAD"].includes(request.method)) merged.body = await request.arrayBuffer();
    }
    Object.assign(merged, own(init));
    merged.headers = new Headers(merged.headers ?? request?.headers);
    merged.method = String(merged.method ?? "GET").toUpperCase();
    return this.#run(FETCH, merged, url);
  }

  static {
    /** A method that can be passed around alone; bound at its first use, so that a hundred of them cost nothing. */
    const define = (name, make) => Object.defineProperty(Hub.prototype, name, {
      configurable: true,
      get() {
        const value = make(this);
        Object.defineProperty(this, name, { value, configurable: true, writable: true });
        return value;
      },
    });
    METHODS.forEach((name, op) => define(name, (hub) => (options) => hub.#run(op, options)));
    define("validateToken", (hub) => (...args) => hub.#validate(args));
    define("request", (hub) => async (path, options) => {
      const all = own(options);
      // Headers, Map and the like; what is no list of pairs stays as it is and is checked in the module.
      if (typeof all.headers?.entries === "function") all.headers = Object.fromEntries(all.headers);
      all.path = path;
      return hub.#run(7, all);
    });
    define("fetch", (hub) => (input, init) => hub.#fetch(input, init));
    names.forEach((star, at) => {
      const name = star.replace("*", ""), op = FIRST_ENDPOINT + at;
      define(name, star === name
        ? (hub) => (options) => hub.#run(op, options)
        : (hub) => (options) => listing((turn) => hub.#run(PAGE, options, { op, ...turn })));
    });
  }
}

const text = (it) => (typeof it === "string" ? it : "");
export const maskToken = (token) => sync((me) => me.glue.mask(text(token)));
export const tokenKind = (token) => sync((me) => me.glue.kind(text(token)));
