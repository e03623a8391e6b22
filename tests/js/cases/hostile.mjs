// Whatever it is given, a call ends with a value or a typed error, and the next call works. tests/THREATS.md, row 77.
import { caught, fails, same, yes } from "../support/check.mjs";
import { NOBODYS, pause } from "../support/control.mjs";
import { json, spy, storage } from "../support/spy.mjs";
import { collect } from "./models.mjs";

const throwing = () => {
  throw new Error("hostile");
};

/** Made anew for each use, because some of them change when they are looked at. */
export const VALUES = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  false: () => false,
  zero: () => 0,
  "minus zero": () => -0,
  NaN: () => NaN,
  Infinity: () => Infinity,
  "a negative number": () => -1,
  "a large number": () => 2 ** 53,
  "a bigint": () => 5n,
  "an empty text": () => "",
  "a long text": () => "x".repeat(1 << 20),
  "a lone surrogate": () => "\ud800",
  nul: () => "\0",
  dots: () => "../..",
  "a symbol": () => Symbol("s"),
  "a function": () => () => {},
  "a function that throws": () => throwing,
  "an empty list": () => [],
  "a list of itself": () => { const it = []; it.push(it); return it; },
  "an object of itself": () => { const it = {}; it.self = it; return it; },
  "an empty object": () => ({}),
  "no prototype": () => Object.create(null),
  "getters that throw": () => Object.defineProperties({}, Object.fromEntries(["token", "repo", "signal"].map((key) => [key, { get: throwing, enumerable: true }]))),
  "a toString that throws": () => ({ toString: throwing, valueOf: throwing, [Symbol.toPrimitive]: throwing }),
  "a toJSON that throws": () => ({ toJSON: throwing }),
  "a proxy that throws": () => new Proxy({}, { get: throwing, has: throwing, ownKeys: throwing, getOwnPropertyDescriptor: throwing, getPrototypeOf: throwing }),
  "a list that throws": () => new Proxy([1, 2], { get: throwing }),
  "a revoked proxy": () => { const it = Proxy.revocable({}, {}); it.revoke(); return it.proxy; },
  "a promise": () => Promise.resolve("x"),
  "a rejected promise": () => { const it = Promise.reject(new Error("hostile")); it.catch(() => {}); return it; },
  "a thenable that throws": () => ({ then: throwing }),
  "a thenable that never ends": () => ({ then() {} }),
  "a Map": () => new Map([["token", "x"]]),
  "a Date of nothing": () => new Date(NaN),
  "an error": () => new Error("x"),
  bytes: () => new Uint8Array(8),
  "a frozen object": () => Object.freeze({ token: NOBODYS }),
  "a class": () => class {},
  "a generator": () => (function* () {})(),
  "a regexp": () => /x/g,
  "a boxed text": () => new String("a/b"),
  "a huge sparse list": () => { const it = []; it.length = 1e6; return it; },
};

/** The methods, each by what it makes of its options; `fetch` by its two arguments. */
const METHODS = {
  login: (hub, it) => hub.login(it),
  setToken: (hub, it) => hub.setToken(it),
  logout: (hub, it) => hub.logout(it),
  getToken: (hub, it) => hub.getToken(it),
  authHeaders: (hub, it) => hub.authHeaders(it),
  authSwitch: (hub, it) => hub.authSwitch(it),
  authList: (hub, it) => hub.authList(it),
  gitCredentials: (hub, it) => hub.gitCredentials(it),
  // What a listener throws is the platform's to report: cases/session.mjs.
  subscribe: (hub, it) => hub.subscribe(typeof it === "function" ? () => {} : it)(),
  whoami: (hub, it) => hub.whoami(it),
  validateToken: (hub, it) => hub.validateToken(it),
  listModels: (hub, it) => collect(hub.listModels(it), 3),
  pages: (hub, it) => hub.listModels(it).pages()[Symbol.asyncIterator]().next(),
  modelInfo: (hub, it) => hub.modelInfo(it),
  createRepo: (hub, it) => hub.createRepo(it),
  listDatasets: (hub, it) => collect(hub.listDatasets(it), 3),
  repoExists: (hub, it) => hub.repoExists(it),
  deleteRepo: (hub, it) => hub.deleteRepo(it),
  "can's permission": (hub, it) => hub.can(it),
  "can's place": (hub, it) => hub.can("repo.write", it),
  require: (hub, it) => hub.require("repo.write", it),
  authCheck: (hub, it) => hub.authCheck(it),
  newTokenUrl: async (hub, it) => hub.newTokenUrl(it),
  revokeToken: (hub, it) => hub.revokeToken(it),
  userOverview: (hub, it) => hub.userOverview(it),
  orgMembers: (hub, it) => collect(hub.orgMembers(it), 3),
  downloadFile: async (hub, it) => (await hub.downloadFile(it)).bytes(),
  "request's path": (hub, it) => hub.request(it),
  "request's options": (hub, it) => hub.request("/api/x", it),
  "fetch's input": (hub, it) => hub.fetch(it),
  "fetch's init": (hub, it) => hub.fetch("https://hub.example/x", it),
};

/** Each option of each method, with what else the call needs. */
const HOW = ["token", "signal", "timeoutMs"];
const OPTIONS = {
  login: ["profile", ...HOW],
  setToken: ["token", "profile"],
  authHeaders: ["token"],
  gitCredentials: ["token"],
  logout: ["profile"],
  whoami: HOW,
  validateToken: HOW,
  listModels: [
    "search", "author", "filter", "pipelineTag", "gated", "apps", "inference", "inferenceProvider", "numParameters", "sort", "full", "cardData", "config", "expand",
    "limit", "pageSize", ...HOW,
  ],
  modelInfo: ["repo", "revision", "expand", "blobs", "securityStatus", ...HOW],
  createRepo: ["repo", "type", "private", "existOk", "sdk", "region", "license", "resourceGroupId", ...HOW],
  // The prefixed filters are of one kind; the rest is as in listModels.
  listDatasets: ["language", "benchmark", "sort", "limit"],
  repoExists: ["repo", "type", ...HOW],
  deleteRepo: ["repo", "type", "missingOk", ...HOW],
  "can's place": ["repo", "type", "org", "user", ...HOW],
  authCheck: ["repo", "type", "write", ...HOW],
  newTokenUrl: ["permissions", "orgs", "ownUserPermissions", "globalPermissions", "canReadGatedRepos"],
  revokeToken: HOW,
  userOverview: ["username", ...HOW],
  orgMembers: ["organization", "search", "email", "limit", "pageSize"],
  // What onProgress throws is the caller's own: see download.mjs.
  downloadFile: ["repo", "type", "path", "revision", "range", ...HOW],
  "request's options": ["method", "query", "body", "headers", ...HOW],
  "fetch's init": ["method", "headers", "body", "signal", "redirect", "cache", "credentials", "referrer", "referrerPolicy", "mode", "integrity", "keepalive", "duplex"],
};
const NEEDED = { login: { token: NOBODYS }, setToken: { token: NOBODYS }, modelInfo: { repo: "a/b" }, createRepo: { repo: "a/b" },
  repoExists: { repo: "a/b" }, deleteRepo: { repo: "a/b" }, authCheck: { repo: "a/b" }, userOverview: { username: "a" }, orgMembers: { organization: "a" },
  downloadFile: { repo: "a/b", path: "c" } };

const answers = ({ url }) => json(/whoami/.test(url) ? { type: "user", id: "1", name: "ada" } : /(\/api\/(models|datasets)|\/members)(\?|$)/.test(url) ? [{ id: "a/b" }] : { id: "a/b", url: "https://hub.example/a/b" });

const make = ({ hubkey }, options) => new hubkey.Hub({ endpoint: "https://hub.example", fetch: spy(answers), token: NOBODYS, ...options });

const WORDS = /unreachable|recursive use|BorrowMut|already borrowed|null pointer|memory access|table index|undefined is not|Cannot read|is not a function|is not iterable|wbg|wasm/i;

/** Ends within two seconds, with a value or with an error that is a typed one, or for hub.fetch the platform's. */
async function ends({ hubkey }, work, about, platform = false) {
  let ticking;
  const late = new Promise((_, reject) => {
    ticking = setTimeout(() => reject(new Error(`${about} did not end`)), 2000);
  });
  try {
    await Promise.race([new Promise((done) => done(work())), late]);
  } catch (error) {
    if (hubkey.isHubError(error)) {
      yes(error.code !== "internal_panic", `${about}: panicked: ${error.cause}`);
      yes(!WORDS.test(`${error.message} ${error.cause?.message}`), `${about}: ${error.message} ${error.cause?.message}`);
    } else if (!platform || /did not end/.test(error?.message)) throw new Error(`${about}: ${error?.name} ${error?.message}`, { cause: error });
    else yes(!/unreachable|recursive use|BorrowMut|wbg/.test(String(error?.message)), `${about}: ${error?.message}`);
  } finally {
    clearTimeout(ticking);
  }
}

const works = async (hub, about) => same((await hub.modelInfo({ repo: "a/b", token: false })).id, "a/b", `the next call after ${about}`);

const cases = {
  "as the options of the constructor": async (at) => {
    for (const [name, value] of Object.entries(VALUES)) {
      await ends(at, () => new at.hubkey.Hub(value()), name);
      await ends(at, () => at.hubkey.Hub.fromEnv(value()), `fromEnv ${name}`);
      await ends(at, () => at.hubkey.Hub.fromEnv({}, value()), `fromEnv's options ${name}`);
    }
    await works(make(at), "all");
  },

  "as each option of the constructor": async (at) => {
    for (const key of ["endpoint", "store", "token", "fetch", "origins", "timeoutMs", "offline"])
      for (const [name, value] of Object.entries(VALUES)) {
        await ends(at, () => new at.hubkey.Hub({ [key]: value() }), `${key}: ${name}`);
        await ends(at, () => at.hubkey.Hub.fromEnv({}, { [key]: value() }), `fromEnv ${key}: ${name}`);
      }
    for (const key of ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_ENDPOINT", "HF_HUB_OFFLINE", "HF_API_TOKEN"])
      for (const [name, value] of Object.entries(VALUES)) await ends(at, () => at.hubkey.Hub.fromEnv({ [key]: value() }), `${key}: ${name}`);
    await works(make(at), "all");
  },

  "as the argument of the small functions": async (at) => {
    for (const name of ["maskToken", "tokenKind", "isHubError", "localStore", "sessionStore", "envStore", "memoryStore", "getterStore"])
      for (const [about, value] of Object.entries(VALUES)) {
        if (name === "envStore") await caught(() => at.hubkey[name](value())).catch(() => {});
        else await ends(at, () => at.hubkey[name](value()), `${name} ${about}`);
      }
  },

  "as what a fetch gives": async (at) => {
    const answer = (more) => () => ({ status: 200, headers: new Headers(), text: async () => "{}", ...more });
    const getter = (key) => () => Object.defineProperty(answer()(), key, { get: throwing });
    const odd = {
      ...VALUES,
      "a status that throws": getter("status"),
      "headers that throw": getter("headers"),
      "a type that throws": getter("type"),
      "a header that throws": answer({ headers: { get: throwing } }),
      "a header that is no text": answer({ headers: { get: () => 5 } }),
      "a header that is an object": answer({ status: 500, headers: { get: () => ({ toString: throwing }) } }),
      "a text that throws": answer({ text: throwing }),
      "a text that rejects with nothing": answer({ text: () => Promise.reject() }),
      "a text that is no text": answer({ text: async () => 5 }),
      "a text that is an object": answer({ text: async () => ({ length: 1 }) }),
      "a text that is a symbol": answer({ text: async () => Symbol("x") }),
      "a text that is not promised": answer({ text: () => '{"id":"a/b"}' }),
      "a lone surrogate inside": answer({ status: 400, text: async () => '{"error":"\ud800"}' }),
      "a status of nothing": answer({ status: NaN }),
      "a negative status": answer({ status: -1 }),
      "a fraction of a status": answer({ status: 200.5 }),
      "a huge status": answer({ status: 1e9 }),
      "a status as text": answer({ status: "200" }),
      "a read response": () => { const it = json({}); it.text(); return it; },
      "an error response": () => Response.error(),
      "a request": () => new Request("https://hub.example/x"),
      "a proxy of a response": () => new Proxy(json({}), {}),
    };
    for (const [name, value] of Object.entries(odd)) {
      if (name === "a thenable that never ends") continue;
      for (const fetch of [async () => value(), () => value()]) {
        const hub = make(at, { fetch });
        for (const method of ["whoami", "validateToken", "listModels", "downloadFile", "request's options"]) await ends(at,
          () => METHODS[method](hub, method === "validateToken" ? NOBODYS : NEEDED[method]), `${method}: ${name}`);
        await ends(at, () => hub.createRepo({ repo: "a/b" }), `createRepo: ${name}`);
        await ends(at, () => hub.fetch("https://hub.example/x"), `fetch: ${name}`, true);
      }
    }
    for (const value of [undefined, null, {}, "text", 5, [], () => {}]) await fails(make(at, { fetch: async () => value }).whoami(), "invalid_response", String(value));
    await works(make(at), "all");
  },

  "as what a store gives": async (at) => {
    for (const [name, value] of Object.entries(VALUES)) {
      if (name === "a thenable that never ends") continue;
      for (const method of ["getItem", "setItem", "removeItem"]) {
        const hub = new at.hubkey.Hub({ endpoint: "https://hub.example", fetch: spy(answers), store: { ...storage(), [method]: () => value() } });
        await ends(at, () => hub.getToken(), `${method}: ${name}`);
        await ends(at, () => hub.setToken({ token: NOBODYS }), `${method}: ${name}`);
        await ends(at, () => hub.logout(), `${method}: ${name}`);
      }
    }
  },

  "a promise that never ends is ended by a signal": async (at) => {
    for (const fetch of [() => new Promise(() => {}), () => ({ then() {} })]) {
      const hub = make(at, { fetch });
      const stop = new AbortController();
      const under = Object.entries(METHODS).filter(([name]) => /whoami|modelInfo|createRepo|listModels|options/.test(name)).map(([name, run]) => caught(run(hub,
        { ...NEEDED[name], signal: stop.signal })));
      await pause(20);
      stop.abort();
      for (const error of await Promise.all(under)) same(error.code, "aborted");
    }
  },

  "a fetch that calls back into the client": async (at) => {
    let depth = 0;
    const hub = make(at, {
      fetch: async (url) => {
        if (depth++ < 5) {
          at.hubkey.maskToken(NOBODYS);
          yes(hub.endpoint);
          await hub.getToken();
          await hub.setToken({ token: NOBODYS });
          await hub.modelInfo({ repo: "a/b" });
          await caught(hub.modelInfo({ repo: "../x" }));
        }
        return answers({ url });
      },
    });
    same((await hub.whoami()).name, "ada");
    await works(hub, "it");
  },

  "a store that calls back into the client": async (at) => {
    let depth = 0;
    const map = new Map();
    const back = async () => {
      if (depth++ > 3) return;
      at.hubkey.tokenKind(NOBODYS);
      await hub.getToken().catch(() => {});
      await hub.logout().catch(() => {});
    };
    const store = { getItem: async (key) => (await back(), map.get(key)), setItem: async (key, it) => (await back(), map.set(key, it)), removeItem: async (key) => (await back(), map.delete(key)) };
    const hub = new at.hubkey.Hub({ endpoint: "https://hub.example", fetch: spy(answers), store });
    await ends(at, () => hub.login({ token: NOBODYS }), "login");
    await ends(at, () => hub.logout(), "logout");
    await works(hub, "it");
  },

  "options that change while they are read": async (at) => {
    const hub = make(at);
    let reads = 0;
    const shifting = { get token() { return reads++ ? "two words" : NOBODYS; }, get repo() { hub.logout(); return "a/b"; }, get signal() { at.hubkey.maskToken("x"); return undefined; } };
    await ends(at, () => hub.modelInfo(shifting), "modelInfo");
    await ends(at, () => hub.login(shifting), "login");
    same(reads <= 2, true, "each option is read once a call");
    await works(hub, "it");
  },

  "fifty calls at once, good and bad": async ({ hubkey, hubUrl, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testread") });
    const stop = new AbortController();
    const all = await Promise.all(Array.from({ length: 50 }, (_, at) => [
      () => hub.whoami().then((it) => it.name), () => hub.modelInfo({ repo: "ada/none" }), () => hub.modelInfo({ repo: "../x" }),
        () => collect(hub.listModels({ author: "ada", pageSize: 9 })).then((it) => it.length),
      () => hub.request("/api/models/ada/tiny", { signal: stop.signal }).finally(() => stop.abort()),
    ][at % 5]().catch((error) => error.code)));
    for (const [at, code] of [[0, "ada"], [1, "repo_not_found"], [2, "invalid_repo"], [3, 60]]) same(new Set(all.filter((_, index) => index % 5 === at)), new Set([code]));
    same((await hub.whoami()).name, "ada");
  },

  "a client that is let go while it is asked": async ({ hubkey, hubUrl, control, token }) => {
    await control.fault({ path: "/api/*" }, { type: "delay", ms: 60 }, 0);
    const pending = Array.from({ length: 20 }, () => new hubkey.Hub({ endpoint: hubUrl, token: token("testread") }).whoami());
    globalThis.gc?.();
    for (const it of await Promise.all(pending)) same(it.name, "ada");
  },

  "nothing of a client is free to be misused": async ({ hubkey }) => {
    const hub = new hubkey.Hub();
    for (const name of ["free", "__destroy_into_raw", "__wbg_ptr", "ptr", "call", "Symbol.dispose"]) same(hub[name], undefined, name);
    same(Object.keys(hub), []);
    same(Reflect.ownKeys(hubkey.Hub.prototype).filter((it) => /wbg|free|ptr/.test(String(it))), []);
    for (const name of ["whoami", "modelInfo", "request", "fetch"]) yes((await caught(() => hubkey.Hub.prototype[name].call({}, {}))) instanceof Error, name);
    same((await make({ hubkey }).whoami()).name, "ada", "looking at the prototype spoils nothing");
  },
};

for (const [method, run] of Object.entries(METHODS))
  cases[`as the argument of ${method}`] = async (at) => {
    const hub = make(at);
    for (const [name, value] of Object.entries(VALUES)) await ends(at, () => run(hub, value()), `${method} ${name}`, method.startsWith("fetch"));
    await works(hub, method);
  };

for (const [method, keys] of Object.entries(OPTIONS))
  cases[`as each option of ${method}`] = async (at) => {
    const hub = make(at);
    for (const key of keys)
      for (const [name, value] of Object.entries(VALUES)) await ends(at, () => METHODS[method](hub, { ...NEEDED[method], [key]: value() }), `${method} ${key}: ${name}`, method.startsWith("fetch"));
    await works(hub, method);
  };

export default cases;
