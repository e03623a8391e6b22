// What the module cannot do by itself: send a request, keep a record, mind the time. One host for each client in each
// instance of the module, whose `running` is where it finds what to abort when it dies; `line` where writes of a client to
// its store wait for each other.

import { told } from "./debug.js";
import { textOf } from "./text.js";

export const LONGEST = 2 ** 31 - 1;
const STORE_MS = 2000;
/** Headers that may follow a redirect to another origin; whatever else the caller set may be a secret. */
const HARMLESS = ["accept", "accept-language", "range", "if-match", "if-none-match", "if-range"];

/** The work, unless the time is up first. */
export const within = (ms, work, late) => new Promise((resolve, reject) => {
  const timer = setTimeout(() => reject(late), ms);
  work.then(resolve, reject).finally(() => clearTimeout(timer));
});

/** Whoever waits for it hears of a failure; when the module died in between, nobody does, and no engine should complain. */
const quietly = (promise) => (promise.catch(() => {}), promise);

const headersOf = (given, left) => {
  const headers = new Headers();
  if (given) new Headers(given).forEach((value, name) => { if (!left || HARMLESS.includes(name)) headers.append(name, value); });
  return headers;
};

export const hostOf = ({ fetch: given, timeoutMs: usual = 30_000, debug }, [kind, object, key], { running, glue }, line) => ({
  /** To the module a vault is what sessionStorage is: others write it too, and it lasts, unless it had to make do with memory. */
  get kind() {
    try { if (kind === "vault") return object.place === "memory" ? "memory" : "session"; } catch {}
    return kind;
  },

  send(...args) {
    const send = () => this.sending(...args);
    return quietly(debug ? told(debug, (text) => glue.tell(text, 2), send, args) : send());
  },

  async sending(url, method, body, authorization, follow, noStore, left, says) {
    const { init, raw, file, signal, seen, timeoutMs = usual } = says;
    const headers = headersOf(init?.headers, left);
    if (authorization) says.sent = authorization;
    const tell = (status, text) => { if (authorization) seen?.({ method, url, body: body ?? init?.body, payer: headers.get("x-hf-bill-to"), status, text }); };
    this.forget(says);
    const controller = new AbortController();
    let timer, over;
    // A fetch that minds no signal is left behind.
    const ended = new Promise((_, reject) => {
      over = (code, cause) => { reject([code, cause]); controller.abort(cause); };
    });
    ended.catch(() => {});
    const stop = () => over("aborted", signal.reason);
    const wait = () => {
      clearTimeout(timer);
      if (timeoutMs > 0 && !raw) timer = setTimeout(over, Math.min(timeoutMs, LONGEST), "timeout");
    };
    if (signal?.aborted) stop();
    // The answer of hub.fetch outlives this function; a listener on a long-lived signal must not.
    const both = raw && signal && AbortSignal.any?.([signal, controller.signal]);
    signal?.addEventListener("abort", stop);
    // The controller first: where it may not be touched from here, nothing else may.
    const dying = { abort: (cause) => { controller.abort(cause); over("aborted", cause); } };
    running.add(dying);
    let kept = false;
    try {
      wait();
      if (authorization) headers.set("authorization", authorization);
      else headers.delete("authorization");
      if (body !== undefined) headers.set("content-type", "application/json");
      // Without a prototype: the platform reads what it inherits, too.
      const all = {
        __proto__: null, credentials: "omit", referrerPolicy: "no-referrer", ...init,
        method, headers, redirect: follow ? "follow" : "manual", signal: both || controller.signal,
      };
      if (method === "GET" || method === "HEAD") {
        // Only a redirect brings a body here; what described it goes with it.
        delete all.body;
        for (const name of [...headers.keys()]) if (name.startsWith("content-")) headers.delete(name);
      } else if (body !== undefined) all.body = body;
      // What streams must say so; Node refuses it otherwise.
      if (all.body instanceof ReadableStream) all.duplex = "half";
      // workerd throws on `cache` at old compatibility dates.
      if (noStore && "cache" in Request.prototype) all.cache = "no-store";
      let response;
      try {
        // An injected fetch has no `this`: workerd's own refuses any other.
        const asked = signal?.aborted ? ended : (0, given ?? fetch)(url, all);
        response = await Promise.race([asked, ended]);
      } catch (error) {
        const [code, cause] = Array.isArray(error) ? error : ["network", error];
        says.failure = [cause];
        throw [code, cause];
      }
      // Where the platform followed, only the address tells where to.
      const elsewhere = response?.redirected === true && new URL(response.url).origin !== new URL(url).origin;
      if (typeof response?.status !== "number" || typeof response.headers?.get !== "function" || typeof response.text !== "function") throw ["invalid"];
      const { headers: answered } = response, status = response.status | (response.type === "opaqueredirect") << 16 | elsewhere << 17;
      try { says.onResponse?.(response); } catch (error) { throw ["aborted", error]; }
      file?.(response, timeoutMs, controller);
      if (raw || (file && response.status / 100 >> 0 === 2)) {
        if (file && response.body !== null && typeof response.body?.getReader !== "function") throw ["invalid"];
        says.last = response;
        // The caller reads it, and the signal lasts until then; a download minds it itself.
        kept = true;
        tell(response.status);
        return { status, headers: answered, body: response };
      }
      wait();
      try {
        const text = await Promise.race([textOf(response), ended]);
        // Read to its end: an abort now would only make an error that nobody sees, and that takes its time.
        kept = true;
        tell(response.status, text);
        return { status, headers: answered, body: text };
      } catch (error) {
        throw Array.isArray(error) ? error : ["truncated", error];
      }
    } finally {
      clearTimeout(timer);
      if (!(raw && kept) || both) signal?.removeEventListener("abort", stop);
      if (!kept) controller.abort();
      running.delete(dying);
    }
  },

  /** What failed before, in case it is asked once more: nobody reads that body. */
  forget(says) {
    says.last?.body?.cancel().catch(() => {});
    says.last = says.failure = undefined;
  },

  /** Until the time is up, or the caller's signal fires. */
  pause(ms, says) {
    const { signal } = says;
    this.forget(says);
    return quietly(new Promise((resolve, reject) => {
      const end = (settle) => (value) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", stop);
        running.delete(dying);
        settle(value);
      };
      const stop = end(() => { says.failure = [signal.reason]; reject(["aborted", signal.reason]); });
      const dying = { abort: end((cause) => reject(["aborted", cause])) };
      const timer = setTimeout(end(resolve), ms);
      running.add(dying);
      if (signal?.aborted) stop();
      else signal?.addEventListener("abort", stop);
    }));
  },

  store(what, name, record) {
    const late = () => new DOMException("no answer within 2 seconds", "TimeoutError");
    const run = async () => {
      // One that hangs is not waited for again until it comes back.
      if (line.hangs) throw late();
      const work = this.ask(what, name, record);
      try { return await within(STORE_MS, work, late()); }
      catch (error) {
        if (error?.name === "TimeoutError") {
          line.hangs = true;
          const back = () => { line.hangs = false; };
          work.then(back, back);
        }
        throw error;
      }
    };
    const done = line.last.then(run);
    if (what !== "load") line.last = done.catch(() => {});
    return quietly(done);
  },

  ask(what, name, record) {
    return (async () => {
      // Looking at localStorage may throw, so it is looked at for each use.
      const store = kind === "local" ? localStorage : kind === "session" ? sessionStorage : object;
      const at = key ?? `hubkey:${name}`;
      if (typeof store.getItem === "function") return store[{ load: "getItem", save: "setItem", clear: "removeItem" }[what]](at, ...(what === "save" ? [record] : []));
      return what === "save" ? store.save(record, at) : store[what](at);
    })();
  },
});
