// What was asked for last counts, whatever a slow store or a slow Hub does meanwhile.
import { caught, fails, same, yes } from "../support/check.mjs";
import { pause } from "../support/control.mjs";
import { json, spy } from "../support/spy.mjs";

const A = "hf_first".padEnd(37, "A");
const B = "hf_second".padEnd(37, "B");

/** A store that takes its time: reads what is there, then waits. */
const slow = ({ get = 0, set = 0, remove = 0 } = {}) => {
  const map = new Map();
  return {
    map,
    async getItem(key) { const it = map.get(key) ?? null; await pause(get); return it; },
    async setItem(key, value) { await pause(set); map.set(key, value); },
    async removeItem(key) { await pause(remove); map.delete(key); },
  };
};

const stored = (store) => [...store.map.values()].map((it) => JSON.parse(it).profiles.map((it) => it.token)).flat();
const sent = (fetch) => fetch.calls.map((it) => new Headers(it.init.headers).get("authorization"));

export default {
  "a slow read of the store does not undo a sign-out": async ({ hubkey }) => {
    const store = slow({ get: 60 });
    await new hubkey.Hub({ store }).setToken({ token: A });
    const fetch = spy(() => json({ id: "a/b" }));
    const hub = new hubkey.Hub({ store, fetch });
    const under = hub.modelInfo({ repo: "a/b" });
    await pause(20);
    await hub.logout();
    await under;
    await hub.modelInfo({ repo: "a/b" });
    same(sent(fetch), [null, null]);
    same(await hub.getToken(), null);
  },

  "a slow read of the store does not undo a newer sign-in": async ({ hubkey }) => {
    const store = slow({ get: 60 });
    await new hubkey.Hub({ store }).setToken({ token: A });
    const hub = new hubkey.Hub({ store });
    const under = hub.getToken();
    await pause(20);
    await hub.setToken({ token: B });
    same([await under, await hub.getToken(), stored(store)], [B, B, [B]]);
  },

  "a slow write does not land after a sign-out": async ({ hubkey }) => {
    const store = slow({ set: 60 });
    const hub = new hubkey.Hub({ store });
    const under = caught(hub.setToken({ token: A }));
    await pause(20);
    await hub.logout();
    same((await under).code, "aborted");
    await pause(80);
    same([await hub.getToken(), stored(store)], [null, []]);
  },

  "a slow sign-out does not clear what came after it": async ({ hubkey }) => {
    const store = slow({ remove: 60 });
    const hub = new hubkey.Hub({ store });
    await hub.setToken({ token: A });
    const under = hub.logout();
    const { persisted } = await hub.setToken({ token: B });
    await under;
    same([persisted, await hub.getToken(), stored(store)], [true, B, [B]]);
  },

  "of two sign-ins the later one counts, however long the Hub takes": async ({ hubkey }) => {
    const fetch = spy(async ({ init }) => {
      const first = new Headers(init.headers).get("authorization").endsWith(A);
      await pause(first ? 60 : 5);
      return json({ type: "user", name: first ? "first" : "second" });
    });
    const hub = new hubkey.Hub({ fetch });
    const under = caught(hub.login({ token: A }));
    same((await hub.login({ token: B })).name, "second");
    const error = await under;
    same([error.code, await hub.getToken()], ["aborted", B]);
    yes(error.message.includes("later"));
  },

  "a sign-out during a sign-in counts": async ({ hubkey }) => {
    const store = slow();
    const fetch = spy(async () => (await pause(40), json({ type: "user", name: "ada" })));
    const hub = new hubkey.Hub({ fetch, store });
    const under = caught(hub.login({ token: A }));
    await hub.logout();
    same([(await under).code, await hub.getToken(), stored(store)], ["aborted", null, []]);
  },

  "a write that fails leaves nobody else signed in": async ({ hubkey }) => {
    const store = slow();
    await new hubkey.Hub({ store }).setToken({ token: A });
    store.setItem = async () => { throw new DOMException("full", "QuotaExceededError"); };
    const hub = new hubkey.Hub({ store });
    same((await hub.setToken({ token: B })).persisted, false);
    same([await hub.getToken(), stored(store)], [B, []]);
  },

  "a write that fails late does not clear what came after it": async ({ hubkey }) => {
    const store = slow();
    const { setItem } = store;
    let first = true;
    store.setItem = async (...args) => {
      if (!first) return setItem(...args);
      first = false;
      await pause(40);
      throw new DOMException("full", "QuotaExceededError");
    };
    const hub = new hubkey.Hub({ store });
    const under = caught(hub.setToken({ token: A }));
    await pause(10);
    const { persisted } = await hub.setToken({ token: B });
    same([(await under).code, persisted, await hub.getToken(), stored(store)], ["aborted", true, B, [B]]);
  },

  "an answer from another origin neither signs in nor condemns": async ({ hubkey, hubUrl, cdnUrl, control, token }) => {
    for (const [status, body] of [[401, { error: "no" }], [200, { type: "user", name: "mallory" }]]) {
      await control.redirect("/api/whoami-v2", "{cdn}/who");
      await control.fault({ path: "/who", origin: "cdn" }, { type: "body", status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
      const hub = new hubkey.Hub({ endpoint: hubUrl });
      const error = await caught(hub.validateToken(token("testread")));
      yes(["invalid_response", "unauthorized"].includes(error.code), error.code);
      same(await hub.getToken(), null);
    }
    for (const it of await control.requests()) if (it.origin === "cdn") same(it.headers.authorization, undefined);
  },

  "a doubt that cannot be settled stays one": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: "hf_nobody".padEnd(37, "9"), maxRetries: 0 });
    for (const fault of [{ type: "status", status: 429 }, { type: "status", status: 500 }, { type: "reset" }]) {
      await control.fault("/api/whoami-v2", fault);
      await fails(hub.modelInfo({ repo: "ada/none" }), "unauthorized", JSON.stringify(fault));
    }
    await fails(hub.modelInfo({ repo: "ada/none" }), "invalid_token");
  },

  "HEAD and 204 have nothing to say": async ({ hubkey, hubUrl }) => {
    same(await new hubkey.Hub({ endpoint: hubUrl }).request("/api/models/ada/tiny", { method: "HEAD" }), null);
    const fetch = spy(() => new Response(null, { status: 204, headers: { "content-type": "application/json" } }));
    same(await new hubkey.Hub({ fetch }).request("/api/x"), null);
    const lines = spy(() => new Response("{}\n{}\n", { headers: { "content-type": "application/x-ndjson" } }));
    same(await new hubkey.Hub({ fetch: lines }).request("/api/x"), "{}\n{}\n");
  },

  "a stream is sent": async ({ hubkey, hubUrl, control }) => {
    const body = new ReadableStream({ start(it) { it.enqueue(new TextEncoder().encode("streamed")); it.close(); } });
    await caught(new hubkey.Hub({ endpoint: hubUrl }).request("/api/echo-of-nothing", { method: "POST", body }));
    same((await control.requests()).at(-1).body, "streamed");
  },

  "what has no JSON form, and a GET with a body, are refused": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    for (const body of [new Map(), new Set(), Promise.resolve(), /x/]) await fails(hub.request("/api/x", { method: "POST", body }), "invalid_argument");
    await fails(hub.request("/api/x", { method: "GET", body: {} }), "invalid_argument");
    yes((await caught(hub.fetch(`${hubUrl}/api/x`, { body: "x" }))) instanceof TypeError);
    same(await control.requests(), []);
  },

  "an option that JSON would leave out is refused": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: A });
    for (const it of [() => true, Symbol("x")]) await fails(hub.createRepo({ repo: "ada/x", private: it }), "invalid_argument");
    same(await control.requests(), []);
  },

  "none of a list asks nothing": async ({ hubkey, hubUrl, control }) => {
    for await (const it of new hubkey.Hub({ endpoint: hubUrl }).listModels({ limit: 0 })) throw new Error(it.id);
    same(await control.requests(), []);
  },

  "a subclass with its own constructor keeps the environment": async ({ hubkey, hubUrl }) => {
    class Mine extends hubkey.Hub { constructor(options) { super(options); } }
    const hub = Mine.fromEnv({ HF_TOKEN: A, HF_ENDPOINT: hubUrl });
    same([hub instanceof Mine, hub.endpoint, await hub.getToken()], [true, hubUrl, A]);
  },
};
