// The caller's signal and the clock. tests/THREATS.md, rows 61, 62.
import { caught, fails, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS, pause, until } from "../support/control.mjs";
import { json, spy } from "../support/spy.mjs";
import { collect } from "./models.mjs";

const INFO = "/api/models/ada/tiny";
const signed = ({ hubkey, hubUrl, token }, options) => new hubkey.Hub({ endpoint: hubUrl, token: token("testwrite"), ...options });

/** Every call that takes a signal and a time limit. */
const calls = (hub, at) => ({
  login: (how) => hub.login({ token: at.token("testread"), ...how }),
  whoami: (how) => hub.whoami(how),
  validateToken: (how) => hub.validateToken({ token: at.token("testread"), ...how }),
  listModels: (how) => collect(hub.listModels(how)),
  pages: (how) => hub.listModels(how).pages()[Symbol.asyncIterator]().next(),
  modelInfo: (how) => hub.modelInfo({ repo: "ada/tiny", ...how }),
  createRepo: (how) => hub.createRepo({ repo: "ada/late", ...how }),
  repoExists: (how) => hub.repoExists({ repo: "ada/tiny", ...how }),
  deleteRepo: (how) => hub.deleteRepo({ repo: "ada/late", missingOk: true, ...how }),
  orgMembers: (how) => collect(hub.orgMembers({ organization: "acme", ...how })),
  request: (how) => hub.request(INFO, how),
});

const never = () => new Promise(() => {});

/** A fetch that minds no signal. */
const deaf = ({ hubkey }, answer = never) => new hubkey.Hub({ endpoint: "https://hub.example", fetch: answer, token: NOBODYS });

const quick = async (work, about) => {
  const started = Date.now();
  const value = await work();
  yes(Date.now() - started < 1000, `${about} took ${Date.now() - started} ms`);
  return value;
};

export default {
  "a signal that fired already lets nothing be sent": async (at) => {
    for (const [name, run] of Object.entries(calls(signed(at), at))) {
      const error = await fails(run({ signal: AbortSignal.abort("why") }), "aborted", name);
      same([error.name, error.cause], ["AbortError", "why"], name);
    }
    same(await at.control.lines(), []);
  },

  "a signal ends a call under way within a second and closes its connection": async (at) => {
    await at.control.fault({ path: "/api/*" }, { type: "silence" }, 0);
    for (const [name, run] of Object.entries(calls(signed(at), at))) {
      await at.control.forget();
      const stop = new AbortController();
      const reason = new Error("the user left");
      const under = caught(run({ signal: stop.signal }));
      await until(async () => (await at.control.lines()).length === 1, `${name} was asked`);
      stop.abort(reason);
      const error = await quick(() => under, name);
      same([error.code, error.name], ["aborted", "AbortError"], name);
      yes(error.cause === reason, `${name}: the reason is the cause`);
      await until(async () => (await at.control.requests())[0].aborted, `${name}: the server saw it end`);
    }
  },

  "a signal ends a call while its answer is still coming": async (at) => {
    await at.control.fault(INFO, { type: "stall", bytes: 30 }, 2);
    for (const run of [(how) => signed(at).modelInfo({ repo: "ada/tiny", ...how }), (how) => signed(at).request(INFO, how)]) {
      await at.control.forget();
      const stop = new AbortController();
      const under = caught(run({ signal: stop.signal }));
      await until(async () => (await at.control.lines()).length === 1, "it was asked");
      await pause(50);
      stop.abort();
      same((await quick(() => under)).code, "aborted");
      await until(async () => (await at.control.requests())[0].aborted, "the server saw it end");
    }
  },

  "a fetch that minds no signal is left behind": async (at) => {
    const hub = deaf(at);
    const stop = new AbortController();
    const under = caught(hub.whoami({ signal: stop.signal }));
    setTimeout(() => stop.abort(), 50);
    same((await quick(() => under)).code, "aborted");
    await fails(deaf(at).whoami({ timeoutMs: 50 }), "timeout");
    const body = deaf(at, async () => ({ status: 200, headers: new Headers(), text: never }));
    await fails(body.whoami({ timeoutMs: 50 }), "timeout");
    await fails(body.whoami({ signal: AbortSignal.timeout(50) }), "aborted");
  },

  "silence before the headers is a timeout": async (at) => {
    await at.control.fault({ path: "/api/*" }, { type: "silence" }, 0);
    for (const [name, run] of Object.entries(calls(signed(at), at))) {
      await at.control.forget();
      const error = await quick(() => fails(run({ timeoutMs: 80 }), "timeout", name), name);
      same(error.name, "TimeoutError");
      // Where a page was still asking leave, nothing came that could be closed.
      await until(async () => (await at.control.requests()).every((it) => it.aborted), `${name}: the connection was closed`);
    }
  },

  "silence after the headers is a timeout too": async (at) => {
    await at.control.fault(INFO, { type: "stall", bytes: 30 });
    await quick(() => fails(signed(at).modelInfo({ repo: "ada/tiny", timeoutMs: 80, maxRetries: 0 }), "timeout"));
    await at.control.fault({ path: "/api/none" }, { type: "stall", bytes: 3 });
    await quick(() => fails(signed(at).request("/api/none", { timeoutMs: 80, maxRetries: 0 }), "timeout"));
  },

  "the client's limit holds for every call, and a call's own wins": async (at) => {
    await at.control.fault(INFO, { type: "delay", ms: 200 }, 0);
    await fails(signed(at, { timeoutMs: 60 }).modelInfo({ repo: "ada/tiny" }), "timeout");
    same((await signed(at, { timeoutMs: 60 }).modelInfo({ repo: "ada/tiny", timeoutMs: 5000 })).id, "ada/tiny");
    same((await signed(at, { timeoutMs: 60 }).modelInfo({ repo: "ada/tiny", timeoutMs: 0 })).id, "ada/tiny");
    await fails(signed(at).modelInfo({ repo: "ada/tiny", timeoutMs: 60 }), "timeout");
  },

  "the usual limit is thirty seconds": async (at) => {
    const waits = await timers(async () => {
      const fetch = spy(() => json({ id: "a/b" }));
      await new at.hubkey.Hub({ endpoint: "https://hub.example", fetch }).modelInfo({ repo: "a/b" });
    });
    yes(waits.length >= 1 && waits.every((ms) => ms === 30_000), String(waits));
  },

  "a limit longer than timers can count is no limit of none": async (at) => {
    for (const timeoutMs of [2 ** 31, 1e12, Number.MAX_VALUE, Infinity]) {
      const fetch = spy(() => pause(30).then(() => json({ id: "a/b" })));
      same((await new at.hubkey.Hub({ endpoint: "https://hub.example", fetch, timeoutMs }).modelInfo({ repo: "a/b" })).id, "a/b", String(timeoutMs));
    }
  },

  "what is no limit and no signal is refused": async (at) => {
    for (const timeoutMs of [-1, NaN, "5", {}, true, [], -Infinity, 5n, Symbol("x")]) {
      for (const [name, run] of Object.entries(calls(signed(at), at))) await fails(run({ timeoutMs }), "invalid_argument", name);
      await fails(() => signed(at, { timeoutMs }), "invalid_argument");
    }
    for (const signal of [{}, 5, "x", true, [], new EventTarget(), { aborted: false }, () => {}])
      for (const [name, run] of Object.entries(calls(signed(at), at))) await fails(run({ signal }), "invalid_argument", name);
    same(await at.control.lines(), []);
  },

  "null and undefined are no limit of one's own and no signal": async (at) => {
    for (const how of [{ timeoutMs: undefined, signal: undefined }, { timeoutMs: null, signal: null }]) same((await signed(at, how).modelInfo({ repo: "ada/tiny", ...how })).id, "ada/tiny");
  },

  "a signal that lives long gathers no listeners": async (at) => {
    const stop = new AbortController();
    let listening = 0;
    const { signal } = stop;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...args) => (listening++, add(...args));
    signal.removeEventListener = (...args) => (listening--, remove(...args));
    const hub = signed(at);
    for (let count = 0; count < 10; count++) await hub.modelInfo({ repo: "ada/tiny", signal });
    await caught(hub.modelInfo({ repo: "ada/none", signal }));
    same(listening, 0);
  },

  "no timer is left behind": async (at) => {
    const left = await timers(async (active) => {
      const hub = signed(at);
      await hub.whoami();
      await caught(hub.modelInfo({ repo: "ada/none" }));
      await caught(hub.whoami({ signal: AbortSignal.abort() }));
      await (await hub.fetch(at.hubUrl + INFO)).text();
      return active().filter((it) => it === 30_000 || it === 2000);
    }, true);
    same(left, []);
  },

  "the reason of a signal is the caller's own, whatever it is": async (at) => {
    for (const reason of ["text", 5, null, new DOMException("d", "QuotaExceededError"), { code: "mine" }, Symbol("s"), ["timeout"], ["network", "x"]]) {
      const stop = new AbortController();
      const under = caught(deaf(at).whoami({ signal: stop.signal }));
      stop.abort(reason);
      const error = await under;
      same([error.code, error.name], ["aborted", "AbortError"], String(typeof reason));
      if (reason !== null) yes(error.cause === reason, "the same value");
    }
    const later = await fails(deaf(at).whoami({ signal: AbortSignal.timeout(30) }), "aborted");
    same(later.cause.name, "TimeoutError");
  },

  "a signal ends the second look at a refused token": async (at) => {
    await at.control.answer(INFO, 401, { error: "Invalid username or password." });
    await at.control.fault("/api/whoami-v2", { type: "silence" });
    const stop = new AbortController();
    const under = caught(signed(at).modelInfo({ repo: "ada/tiny", signal: stop.signal }));
    await until(async () => (await at.control.lines()).length === 2, "whoami was asked");
    stop.abort();
    const error = await quick(() => under);
    yes(["aborted", "unauthorized", "repo_not_found"].includes(error.code), error.code);
    lacks(JSON.stringify(error), at.token("testwrite"));
  },
};

/** The waits that were asked of setTimeout meanwhile; with `active`, the result of the run, which may ask for those still ticking. */
async function timers(run, active = false) {
  const waits = [], ticking = new Map();
  const [set, clear] = [globalThis.setTimeout, globalThis.clearTimeout];
  globalThis.setTimeout = (then, ms, ...rest) => {
    waits.push(ms);
    const id = set((...args) => { ticking.delete(id); then(...args); }, ms, ...rest);
    ticking.set(id, ms);
    return id;
  };
  globalThis.clearTimeout = (id) => {
    ticking.delete(id);
    clear(id);
  };
  try {
    const value = await run(() => [...ticking.values()]);
    return active ? value : waits.filter((ms) => ms >= 1000);
  } finally {
    [globalThis.setTimeout, globalThis.clearTimeout] = [set, clear];
  }
}
