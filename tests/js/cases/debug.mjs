// The `debug` option: each request and answer, and nothing that is secret. tests/THREATS.md, rows 74 and 75.
import { fails, has, hides, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { json, redirect, spy } from "../support/spy.mjs";

const listening = ({ hubkey, hubUrl, token }, options) => {
  const events = [];
  return { events, hub: new hubkey.Hub({ endpoint: hubUrl, token: token("testwrite"), debug: (event) => void events.push(event), ...options }) };
};

/** In short: `request GET /api/models`. */
const short = (at, events) => events.map((it) => `${it.type} ${it.method} ${it.url.replace(at.hubUrl, "").replace(at.cdnUrl, "cdn")}${it.status ? ` ${it.status}` : ""}${it.code ? ` ${it.code}` : ""}`);

export default {
  "a request and its answer, with what one needs to find them again": async (at) => {
    const { hub, events } = listening(at);
    await hub.modelInfo({ repo: "ada/tiny", expand: ["likes"] });
    same(short(at, events), ["request GET /api/models/ada/tiny", "answer GET /api/models/ada/tiny 200"]);
    const [asked, answered] = events;
    same(Object.keys(asked).sort(), ["authorized", "call", "id", "method", "type", "url"]);
    same(Object.keys(answered).sort(), ["call", "id", "method", "ms", "requestId", "status", "type", "url"]);
    same([asked.authorized, asked.id, asked.call], [true, answered.id, answered.call]);
    yes(answered.ms > 0 && answered.requestId.length > 3);
  },

  "each page, each hop of a redirect and the question whose token it was": async (at) => {
    const { hub, events } = listening(at);
    for await (const _ of hub.listModels({ author: "ada", pageSize: 2, limit: 4 })) void _;
    same(short(at, events).filter((it) => it.startsWith("request")), ["request GET /api/models", "request GET /api/models"]);
    same(new Set(events.map((it) => it.call)).size, 2, "a page is a call");

    events.length = 0;
    await (await hub.fetch(`${at.hubUrl}/ada/tiny/resolve/main/model.safetensors`)).arrayBuffer();
    same(events.map((it) => it.status ?? it.authorized), [true, 302, false, 200]);
    same(new Set(events.map((it) => it.call)).size, 1);
    same(new Set(events.map((it) => it.id)).size, 2);
    yes(events[2].url.startsWith(at.cdnUrl));

    events.length = 0;
    await fails(hub.modelInfo({ repo: "ada/no-such", token: NOBODYS }), "invalid_token");
    same(short(at, events), ["request GET /api/models/ada/no-such", "answer GET /api/models/ada/no-such 401", "request GET /api/whoami-v2", "answer GET /api/whoami-v2 401"]);
    same(new Set(events.map((it) => it.call)).size, 1);
  },

  "what fails says how": async (at) => {
    const rows = [
      [async () => { throw new TypeError("fetch failed"); }, "network", {}],
      [() => new Promise(() => {}), "timeout", { timeoutMs: 10 }],
      [() => new Promise(() => {}), "aborted", { signal: AbortSignal.timeout(10) }],
      [async () => ({ status: 200 }), "invalid_response", {}],
      [async () => new Response(new ReadableStream({ start: (it) => it.error(new Error("cut")) })), "truncated", {}],
    ];
    for (const [fetch, code, more] of rows) {
      const { hub, events } = listening(at, { fetch, maxRetries: 0 });
      await fails(hub.modelInfo({ repo: "ada/tiny", ...more }), code);
      same(events.map((it) => it.code), [undefined, code]);
      same([events[1].type, events[1].id, typeof events[1].ms], ["failure", events[0].id, "number"]);
    }
    const { hub, events } = listening(at, { offline: true });
    await fails(hub.whoami({ cache: false }), "offline");
    same(events, [], "nothing was sent, so nothing is told");
  },

  "no token, query, header or body is told, wherever it is put": async ({ hubkey, inspect }) => {
    const secret = "hf_".padEnd(37, "Q"), signature = "sig-0123456789", own = "corp-secret-of-any-shape";
    for (const token of [secret, own]) {
      const events = [];
      const fetch = spy(({ url }) => (url.includes("/first") ? redirect(`https://elsewhere.example/${token}/x?signature=${signature}`) : json({ token }, 200, { "x-request-id": `id ${token}`, link: token })));
      const hub = new hubkey.Hub({ endpoint: "https://hub.example", token, fetch, debug: (it) => void events.push(it) });
      await hub.request(`/api/first/${token}`, { query: { key: signature, token }, headers: { "x-key": token } });
      await hub.request(`/api/${token}`, { method: "POST", body: { token, signature } });
      await hub.fetch(`https://hub.example/api/x?token=${token}#${token}`, { headers: { cookie: token } });
      same(events.length, 8);
      for (const it of events) {
        hides(it, token, inspect);
        lacks(JSON.stringify(it), signature);
      }
      has(events[0].url, "https://hub.example/api/first/****");
      has(events[2].url, "https://elsewhere.example/****/x");
      same(events[2].authorized, false);
      has(events[3].requestId, "****");
    }
  },

  "a listener that throws, rejects or never ends disturbs no call": async (at) => {
    const listeners = [() => { throw new Error(NOBODYS); }, async () => { throw new Error(NOBODYS); }, () => new Promise(() => {}), () => ({ get then() { throw new Error(); } })];
    for (const debug of listeners) {
      same((await listening(at, { debug }).hub.whoami({ cache: false })).name, "ada");
      await fails(listening(at, { debug, fetch: async () => { throw new Error("down"); }, maxRetries: 0 }).hub.whoami({ cache: false }), "network");
    }
    // A rejection that nobody handles would be told by now.
    await new Promise((done) => setTimeout(done, 20));
  },

  "a listener may use the client, and change what it is given": async (at) => {
    let inner, first, names = 0;
    const { hub } = listening(at, {
      debug(event) {
        first ??= event.id;
        // A call of a listener's own is told as well.
        if (event.id === first) inner ??= hub.modelInfo({ repo: "ada/tiny" });
        names += hub.endpoint.length;
        for (const key in event) event[key] = null;
      },
    });
    same([(await hub.whoami({ cache: false })).name, (await inner).id, names > 0], ["ada", "ada/tiny", true]);
  },

  "hub.fetch elsewhere is the caller's own affair and is not told": async (at) => {
    const { hub, events } = listening(at);
    await (await hub.fetch(`${at.cdnUrl}/`)).text();
    same(events, []);
  },

  "it is for a function, also beside an environment": async ({ hubkey, hubUrl, token }) => {
    for (const debug of [true, "yes", {}, 1]) await fails(() => new hubkey.Hub({ debug }), "invalid_argument");
    new hubkey.Hub({ debug: undefined });
    new hubkey.Hub({ debug: null });
    const events = [];
    await hubkey.Hub.fromEnv({ HF_TOKEN: token("testread"), HF_ENDPOINT: hubUrl }, { debug: (it) => void events.push(it.type) }).whoami();
    same(events, ["request", "answer"]);
  },
};
