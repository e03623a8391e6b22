// A secret that somebody else keeps, asked for when it is needed.
import { caught, fails, has, hides, same, yes } from "../support/check.mjs";
import { json, spy } from "../support/spy.mjs";

const A = "hf_first".padEnd(37, "A");
const B = "hf_second".padEnd(37, "B");

export default {
  "a getter is asked once for each call, and not by the constructor": async ({ hubkey }) => {
    const given = [];
    let secret = A;
    const fetch = spy(() => json({ type: "user", name: "ada" }));
    const hub = new hubkey.Hub({ fetch, store: hubkey.getterStore(async (...args) => (given.push(args), secret)) });
    same(given, []);
    await hub.modelInfo({ repo: "a/b" });
    secret = ` ${B}\n`;
    await hub.modelInfo({ repo: "a/b" });
    same(fetch.calls.map((it) => it.authorization), [`Bearer ${A}`, `Bearer ${B}`], "a rotated secret is used from the next call on");
    same(given, [[], []]);
    same(await new hubkey.Hub({ store: hubkey.getterStore(() => A) }).getToken(), A, "a plain answer will do");
  },

  "nothing from a getter is signed out": async ({ hubkey }) => {
    for (const nothing of [undefined, null, "", "  ", "\r\n"]) {
      const fetch = spy(() => json({ id: "a/b" }));
      const hub = new hubkey.Hub({ fetch, store: hubkey.getterStore(async () => nothing) });
      same(await hub.getToken(), null);
      await fails(hub.whoami(), "no_token");
      await hub.modelInfo({ repo: "a/b" });
      same([fetch.calls.map((it) => it.authorization), hub.session.status], [[null], "signed_out"]);
    }
  },

  "what is no token is an error and never nobody": async ({ hubkey, inspect }) => {
    for (const wrong of [7, 0, false, {}, [A], Symbol("x"), () => A, "Bearer hf_abcdefghijk", "two words", "sk-abcdefghijklmnop"]) {
      const fetch = spy(() => json({ id: "a/b" }));
      const hub = new hubkey.Hub({ fetch, store: hubkey.getterStore(async () => wrong) });
      const error = await fails(hub.getToken(), "invalid_token_format", String(wrong));
      if (typeof wrong === "string") hides(error, wrong, inspect);
      await fails(hub.modelInfo({ repo: "a/b" }), "invalid_token_format");
      same(fetch.calls, []);
    }
  },

  "a getter that fails is a store that fails": async ({ hubkey, inspect }) => {
    for (const how of [() => { throw new Error(`vault: ${A}`); }, async () => { throw "down"; }, () => Promise.reject(null)]) {
      const hub = new hubkey.Hub({ store: hubkey.getterStore(how) });
      hides(await fails(hub.whoami(), "storage_unavailable"), A, inspect);
    }
    let calls = 0;
    const moody = new hubkey.Hub({ store: hubkey.getterStore(async () => { if (calls++) return A; throw new Error("not yet"); }) });
    await caught(moody.getToken());
    same(await moody.getToken(), A, "the next call asks again");
  },

  "a getter that hangs is given two seconds": async ({ hubkey }) => {
    const hub = new hubkey.Hub({ store: hubkey.getterStore(() => new Promise(() => {})) });
    const error = await fails(hub.getToken(), "storage_unavailable");
    has(error.message, "TimeoutError");
  },

  "a getter is only read: a sign-in beside it lasts as long as the client": async ({ hubkey, hubUrl, token }) => {
    const store = hubkey.getterStore(async () => token("testread"));
    const hub = new hubkey.Hub({ endpoint: hubUrl, store });
    same([(await hub.whoami()).name, (await hub.authList()).source], ["ada", "getter"]);
    const me = await hub.login({ token: token("testgrace"), profile: "grace" });
    same([me.persisted, me.warnings.map((it) => it.code), (await hub.whoami()).name], [false, ["storage_read_only"], "grace"]);
    same((await hub.authList()).profiles, []);
    await hub.logout({ profile: "nobody" });
    same(await hub.getToken(), token("testgrace"));
    has((await fails(hub.logout(), "storage_read_only")).hint, "secret");
    same(await hub.getToken(), null);
    same((await new hubkey.Hub({ endpoint: hubUrl, store }).whoami()).name, "ada");
  },

  "what is no getter is refused, and what calls itself one is a store of one's own": async ({ hubkey }) => {
    for (const it of [undefined, null, A, {}, Promise.resolve(A)]) await fails(() => hubkey.getterStore(it), "invalid_argument", String(it));
    for (const it of [{ kind: "getter" }, { kind: "getter", load: 5 }]) await fails(() => new hubkey.Hub({ store: it }), "invalid_argument");
    const map = new Map();
    const own = { kind: "getter", load: (key) => map.get(key), save: (record, key) => void map.set(key, record), clear: (key) => void map.delete(key) };
    await new hubkey.Hub({ store: own }).setToken({ token: A });
    yes(map.size === 1, "written");
  },
};
