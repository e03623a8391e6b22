// The class that users see, over a private handle in the module. It takes options apart, calls, converts back.

import { download } from "./download.js";
import names from "./endpoints.js";
import { HubError, isHubError, refuse } from "./error.js";
import { together } from "./flight.js";
import { hostOf } from "./host.js";
import { feeds, inner, plugs } from "./inner.js";
import { listing } from "./listing.js";
import { guarded } from "./module.js";
import { bodied, counted, leaving, named, own, patience, plain, reading, remembering, requestOf, secretsOf, storeOf, whole } from "./options.js";
import { announce, listen } from "./others.js";
import { portOf } from "./port.js";
import { placeOf, recorded, wishOf } from "./permissions.js";
import { LOGOUT, Session } from "./session.js";
import { memoryStore } from "./stores.js";

export { HubError, isHubError };
export * from "./stores.js";

/** Known here alone, so that only fromEnv can hand over an environment. */
const ENV = Symbol();

/** The module describes its errors as plain objects; what a platform threw goes through as it is. */
const thrown = (it) => (it && !(it instanceof Error) && it.hint ? new HubError(it) : it);

const sync = (run) => {
  try { return guarded.sync(run); } catch (error) { throw thrown(error); }
};

/** The module waits for nothing itself: each step gives a promise of the host's to wait for, or the answer. */
const through = async (core, session, op, ...args) => {
  const call = core.call(op, ...args);
  for (let failed = false, came;;) {
    let it;
    try { it = core.step(call, failed, came); } finally { session.stepped(op); }
    if (!(it instanceof Promise)) return it;
    await it.then((value) => ((failed = false), (came = value)), (error) => ((failed = true), (came = error)));
  }
};

/** What is private stays behind, when somebody wraps a client. */
const nobody = () => refuse("invalid_argument", "this is no Hub, or a Proxy around one", "keep clients out of reactive state: markRaw(hub) or shallowRef(hub) in Vue");

// The numbers by which the module knows its methods; endpoints come after them.
const METHODS = ["login", "setToken", "authSwitch", "logout", "getToken", "authHeaders", "gitCredentials", "authList", "whoami", "validateToken", "request", "fetch"];
const SET_TOKEN = 1, SWITCH = 2, GET_TOKEN = 4, LIST = 7, WHOAMI = 8, VALIDATE = 9, REQUEST = 10, FETCH = 11, PAGE = 12, CAN = 13, REVOKE = 15;
// And those that wait for nothing.
const ENDPOINT = 16, ADMITS = 17, NEW_TOKEN_URL = 18, RENEW = 19, FIRST_ENDPOINT = 20;

export class Hub {
  #options;
  #env;
  #store;
  /** What must outlast an instance of the module. */
  #session = new Session();
  /** Where writes to the store wait for each other. */
  #line = { last: Promise.resolve(), hangs: false };
  /** The handle in each instance; a new instance makes a new one. */
  #cores = new WeakMap();
  /** Questions under way that others may join. */
  #flights = together();
  /** Where recordings are told of each request. */
  #recorders = new Set();
  /** What signs in with OAuth and keeps that alive, where the client has it. */
  #oauth;
  /** What has a token renewed before a call and after a 401: that, or the store itself. */
  #renews;
  /** Methods by name, made at their first use. */
  #bound = Object.create(null);

  constructor(options) {
    const all = (this.#options = own(options));
    // fromEnv's alone, and under a symbol, so that it passes through a subclass's constructor.
    this.#env = all[ENV];
    this.#store = reading(() => storeOf(all.store ?? memoryStore()));
    // What only this client knows is not asked for again.
    if (all.store == null) this.#store[0] = "";
    all.token = "token" in all ? all.token ?? null : undefined;
    reading(() => patience(all));
    sync((me) => this.#core(me));
    const feed = feeds.get(all.store);
    if (feed && all.oauth != null) throw refuse("invalid_argument", "a store that exchanges keeps no sign-in", "leave `oauth` out, or use another store");
    if (feed) this.#renews = feed(portOf({ hub: this, session: this.#session, store: this.#store, options: all, env: this.#env }));
    if (all.oauth != null) this.#attach(all.oauth);
  }

  static fromEnv(env, options) {
    if (typeof env !== "object" || !env) throw refuse("invalid_argument", "the environment should be an object", "pass the Worker's env, process.env or Deno.env.toObject()");
    const { token, ...all } = own(options);
    return new this({ ...all, [ENV]: secretsOf(env) });
  }

  get endpoint() {
    if (!(#bound in this)) throw nobody();
    return this.#ask(ENDPOINT);
  }

  #ask(op, given) {
    return sync((me) => {
      const core = this.#core(me);
      return core.step(core.call(op, undefined, undefined, undefined, given), false);
    });
  }

  get session() {
    if (!(#bound in this)) throw nobody();
    return this.#session.snapshot;
  }

  #core(me) {
    let core = this.#cores.get(me.glue);
    if (!core) {
      const all = reading(() => whole(this.#options));
      const [kind, secrets] = this.#store;
      core = new me.glue.Core({ ...all, env: this.#env, secrets: kind === "env" ? secrets : undefined, state: this.#session }, hostOf(all, kind === "env" ? [""] : this.#store, me, this.#line));
      this.#cores.set(me.glue, core);
    }
    return core;
  }

  /** `said` is what the host is told about this call. */
  async #run(op, options, more, said) {
    const all = own(options);
    const seen = this.#recorders.size ? (sent) => this.#recorders.forEach((it) => it(sent)) : undefined;
    const says = { __proto__: null, ...said, seen, ...reading(() => patience(all)) };
    // The key counts as given whatever its value; in the module, undefined is "the stored one".
    const token = "token" in all ? all.token ?? null : undefined;
    const renews = token === undefined && op > LOGOUT && !(op === LIST && this.#oauth) && !says.bare && this.#renews;
    const limit = says.timeoutMs ?? this.#options.timeoutMs;
    if (renews) await renews.fresh(says.signal, limit);
    // A stream can be sent once.
    for (let again = renews && !(says.init?.body instanceof ReadableStream);; again = false) {
      let answer, failed;
      try { answer = await guarded.call((me) => through(this.#core(me), this.#session, op, token, says, all, more)); }
      catch (error) {
        // hub.fetch rejects as the platform does.
        if (says.raw && says.failure) throw says.failure[0];
        failed = thrown(error);
      }
      const denied = failed ? failed.code === "invalid_token" : op === VALIDATE ? !answer.valid : op === FETCH && answer.status === 401;
      if (again && denied && says.sent && (await renews.renew(says.sent.slice(7), says.signal, limit))) continue;
      if (failed) throw failed;
      return answer;
    }
  }

  #attach(oauth) {
    const attach = plugs.get(oauth);
    if (!attach) throw refuse("invalid_argument", "`oauth` should be what oauth() of this package gives", "import { oauth } from \"hubkey/oauth\" and new Hub({ oauth: oauth({ clientId, scopes }) })");
    const session = this.#session, store = this.#store;
    session.renews = true;
    this.#renews = this.#oauth = attach(portOf({
      hub: this, session, store, options: this.#options, env: this.#env,
      // What only this client knows is not asked for again.
      look: async () => {
        if (!session.pinned && store[0]) session.token = undefined;
        await this.#run(GET_TOKEN, undefined, undefined, { bare: true });
      },
      keep: (all, grant) => this.#make(SET_TOKEN, remembering(all, store), grant),
      renewed: async (all, grant) => {
        const there = await this.#run(RENEW, all, grant);
        if (there) announce(store, this.endpoint, this.#hear);
        return there;
      },
      leave: (profile) => this.#make(LOGOUT, { profile }),
    }));
  }

  #signsIn(name, options) {
    if (!this.#oauth) throw refuse("invalid_argument", `${name}() needs a client that knows how`, "import { oauth } from \"hubkey/oauth\" and new Hub({ oauth: oauth({ clientId, scopes }) })");
    // Before anybody is sent away.
    remembering({ remember: own(options).remember }, this.#store);
    return this.#oauth[name];
  }

  /** A sign-in or sign-out: written first, then told. */
  async #make(op, options, more) {
    const session = this.#session, { ruling } = session;
    try { return await session.making(op, () => this.#run(op, options, more)); }
    // One that failed may have written half of it.
    finally {
      if (op === LOGOUT) this.#renews?.forget?.();
      if (session.ruling !== ruling) announce(this.#store, this.endpoint, this.#hear);
    }
  }

  #hear = () => this.#session.hear(() => this.#run(GET_TOKEN, undefined, undefined, { bare: true }));

  #listen() {
    if (this.#store[0]) this.#hear();
    return listen(this.#store, this.endpoint, this.#hear);
  }

  #validate(args) {
    const [it] = args;
    const given = typeof it === "object" && it !== null ? { token: undefined, ...own(it) } : { token: it };
    return this.#run(VALIDATE, args.length ? given : undefined);
  }

  /** Those who ask at the same time get one answer. */
  async #whoami(options) {
    const all = own(options);
    const { signal, onResponse } = reading(() => patience(all));
    const { token, cache, timeoutMs, maxRetries, maxWaitMs } = all;
    // Whoever has left already gets no answer, also not one that is at hand.
    const ask = (by) => this.#run(WHOAMI, { ...all, cache: by?.aborted ? false : cache, signal: by });
    const given = "token" in all;
    // In workerd a promise belongs to the request that made it.
    if (guarded.alone || onResponse || signal?.aborted || (given && typeof token !== "string")) return ask(signal);
    return this.#flights(JSON.stringify([given, token, cache, timeoutMs, maxRetries, maxWaitMs, this.#session.ruling, this.#session.token]), signal, ask);
  }

  /** Many are asked at once, as for a page; who it is then is one question. */
  async #may(op, permission, where) {
    const all = placeOf(where);
    return (await this.#run(op, { ...all, joins: true }, permission)) ?? (await this.#whoami(all), this.#run(op, { ...all, joins: false, cache: true }, permission));
  }

  async #fetch(input, init) {
    const { fetch: given } = this.#options;
    const { url, merged, elsewhere } = await requestOf(input, init, !!given, (url) => this.#ask(ADMITS, url));
    if (!merged) return given ? given(url, init) : fetch(input, init);
    if (elsewhere) return given(url, merged);
    const { method, redirect, signal } = merged;
    const response = await this.#run(FETCH, { method, redirect, signal }, url, { raw: true, init: merged });
    if (redirect === "error" && (response.type === "opaqueredirect" || (response.status > 300 && response.headers.has("location")))) throw new TypeError("fetch failed: redirected");
    return response;
  }

  async #record(run) {
    if (typeof run !== "function") throw refuse("invalid_argument", "there is nothing to record", "pass a function: recordPermissions(async () => …)");
    const calls = [], recorder = (sent) => calls.push(sent);
    // Before, because it may sign out or switch; after, where it signed in.
    const who = () => this.whoami().catch(() => {}), before = await who();
    this.#recorders.add(recorder);
    let result;
    try { result = await run(); } finally { this.#recorders.delete(recorder); }
    const { found, wish } = await recorded(this, calls, before ?? (await who()));
    return { ...found, url: this.newTokenUrl(wish), result };
  }

  static {
    inner.of = (hub) => {
      if (!(#bound in hub)) return;
      const store = hub.#env && !hub.#store[0] ? ["env", hub.#env] : hub.#store;
      return { options: hub.#options, store, env: hub.#env ?? (store[0] === "env" ? store[1] : undefined) };
    };
    /** A method that can be passed around alone; bound at its first use, so that a hundred of them cost nothing. */
    const define = (name, make) => Object.defineProperty(this.prototype, name, {
      __proto__: null,
      configurable: true,
      // Not kept on `this`: that may be the prototype, or a subclass's instance with a method of that name.
      get() { return #bound in this ? (this.#bound[name] ??= make(this)) : () => { throw nobody(); }; },
      set(value) { Object.defineProperty(this, name, { __proto__: null, value, configurable: true, writable: true }); },
    });
    METHODS.forEach((name, op) => define(name, op > LOGOUT ? (hub) => (options) => hub.#run(op, options) : (hub) => async (options) => hub.#make(op, op === LOGOUT ? leaving(options) : remembering(options, hub.#store))));
    define("authSwitch", (hub) => async (name) => hub.#make(SWITCH, undefined, name));
    define("subscribe", (hub) => (fn) => {
      if (typeof fn !== "function") throw refuse("invalid_argument", "the listener should be a function", "hub.subscribe((session, change) => …)");
      return hub.#session.subscribe(fn, () => hub.#listen());
    });
    define("whoami", (hub) => (options) => hub.#whoami(options));
    define("validateToken", (hub) => (...args) => hub.#validate(args));
    define("request", (hub) => async (path, options) => {
      const { url, init, ...rest } = reading(() => bodied(path, own(options)));
      return hub.#run(REQUEST, rest, url, { init });
    });
    ["can", "require"].forEach((name, at) => define(name, (hub) => (permission, where) => hub.#may(CAN + at, permission, where)));
    define("revokeToken", (hub) => async (options) => hub.#run(REVOKE, options));
    define("newTokenUrl", (hub) => (options) => hub.#ask(NEW_TOKEN_URL, wishOf(options)));
    define("recordPermissions", (hub) => (run) => hub.#record(run));
    for (const name of ["signIn", "handleRedirect", "deviceLogin"]) define(name, (hub) => async (options) => hub.#signsIn(name, options)(options));
    define("fetch", (hub) => (input, init) => hub.#fetch(input, init));
    names.forEach((word, at) => {
      const name = word.replace(/\W/, ""), op = FIRST_ENDPOINT + at;
      define(name, word === name ? (hub) => async (options) => hub.#run(op, plain(options))
        : word.endsWith("<") ? (hub) => (options) => download((all, said) => hub.#run(op, plain(all), undefined, said), options, hub.#options.maxRetries, hub.#env)
        : (hub) => (options) => listing(async (turn) => {
          const all = counted(options);
          return all.limit === 0 ? { items: [] } : hub.#run(PAGE, all, { __proto__: null, op, ...turn });
        }));
    });
  }
}

export const maskToken = (token) => sync((me) => me.glue.tell(token, 0));
export const tokenKind = (token) => sync((me) => me.glue.tell(token, 1));
