// Answers that are not the Hub's. tests/THREATS.md, rows 22, 23, 24.
import { fails, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { json, spy, storage } from "../support/spy.mjs";
import { collect } from "./models.mjs";

const WHOAMI = "/api/whoami-v2";
const DEEP = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
const DEEP_OBJECT = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;

/** Bodies that say nothing about who it is. */
const NOBODY = {
  "null": "null", "a list": "[]", "a number": "42", "an empty object": "{}", "a text": '"ada"', "false": "false", "nothing": "", "cut JSON": '{"type":"user","name":"ad',
  "half a text": '{"type":"user","name":"ada',
  "no JSON": "OK", "a page": "<!doctype html><title>Welcome to the hotel</title>", "deep lists": DEEP, "deep objects": DEEP_OBJECT,
  "another object": '{"ok":true,"user":{"name":"ada"}}', "no name": '{"type":"user"}',
  "no type": '{"name":"ada"}', "name of another type": '{"type":"user","name":5}', "type of another type": '{"type":["user"],"name":"ada"}', "a list of users": '[{"type":"user","name":"ada"}]',
  "in a prototype": '{"__proto__":{"type":"user","name":"ada"}}', "two values": '{"type":"user","name":"ada"}{}', "NaN": "NaN",
};

const cases = {
  "a portal's page is no answer, and the token is kept": async ({ hubkey, hubUrl, control, token, inspect }) => {
    const store = storage();
    const hub = new hubkey.Hub({ endpoint: hubUrl, store });
    await hub.login({ token: token("testread") });
    const before = [...store.map];
    await control.answer(WHOAMI, 200, "<!doctype html><title>Welcome</title>", { "content-type": "text/html" }, 3);
    for (const work of [() => hub.whoami({ cache: false }), () => hub.validateToken(), () => hub.login({ token: token("testread") })]) {
      const error = await fails(work, "invalid_response");
      same(error.status, 200);
      lacks(inspect(error), "Welcome", "no page in an error");
    }
    same([...store.map], before);
    same((await hub.whoami()).name, "ada");
  },

  "a redirect to a login page is no answer, and the token does not go there": async ({ hubkey, hubUrl, cdnUrl, control, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testread") });
    await control.redirect(WHOAMI, "{cdn}/login", 302, 2);
    await control.fault({ path: "/login", origin: "cdn" }, { type: "body", body: "<form>", headers: { "content-type": "text/html" } }, 2);
    await fails(hub.whoami(), "invalid_response");
    await fails(hub.validateToken(), "invalid_response");
    same(await hub.getToken(), token("testread"));
    for (const it of (await control.requests()).filter((one) => one.origin === "cdn")) same(it.headers.authorization, undefined);
    yes(cdnUrl);
  },

  "an unsuccessful whoami signs nobody in": async ({ hubkey, hubUrl, control }) => {
    const store = storage();
    const hub = new hubkey.Hub({ endpoint: hubUrl, store });
    for (const body of Object.values(NOBODY)) {
      await control.answer(WHOAMI, 200, body);
      await fails(hub.login({ token: NOBODYS }), "invalid_response");
    }
    same([await hub.getToken(), store.map.size], [null, 0]);
  },

  "names of a prototype's parts are data like any other": async ({ hubkey }) => {
    const body = [
      '{"type":"user","id":"1","name":"ada","__proto__":{"polluted":1,"isPro":true},"constructor":{"prototype":{"polluted":1}}',
      '"orgs":[{"name":"o","__proto__":{"polluted":1}}]',
      '"auth":{"__proto__":{"polluted":1},"accessToken":{"__proto__":{"role":"god"},"toString":"x","hasOwnProperty":1}}}',
    ].join();
    const hub = new hubkey.Hub({ endpoint: "https://hub.example", fetch: spy(() => json(body)), token: NOBODYS });
    const me = await hub.whoami();
    same([{}.polluted, me.polluted, me.isPro, me.token.role, me.orgs[0].polluted, Object.polluted], Array(6).fill(undefined));
    same(Object.getPrototypeOf(me), Object.prototype);
    same(me.raw, JSON.parse(body));
    const info = await new hubkey.Hub({ endpoint: "https://hub.example", fetch: spy(() => json('{"id":"a/b","__proto__":{"polluted":1}}')) }).modelInfo({ repo: "a/b" });
    same([info.polluted, Object.hasOwn(info, "__proto__")], [undefined, true]);
    const rows = await collect(new hubkey.Hub({ endpoint: "https://hub.example", fetch: spy(() => json('[{"__proto__":{"polluted":1}}]')) }).listModels());
    same(rows[0].polluted, undefined);
  },

  "what an answer leaves out is not found in a polluted prototype": async ({ hubkey }) => {
    const poison = { email: "polluted@example.org", fullname: "polluted", isPro: true, scope: { role: "admin" }, auth: { accessToken: { role: "god" } }, orgs: [{ name: "polluted" }] };
    const errors = { error: "polluted", message: "polluted", errors: [{ message: "polluted" }], error_description: "polluted", url: "https://polluted.example" };
    const replies = [json({ type: "user", id: "1", name: "ada" }), json({}, 400), json({}, 409)];
    const hub = new hubkey.Hub({ endpoint: "https://hub.example", fetch: async () => replies.shift(), token: NOBODYS });
    for (const [key, value] of Object.entries({ ...poison, ...errors })) Object.defineProperty(Object.prototype, key, { value, configurable: true, writable: true });
    let me, failures;
    try {
      me = await hub.whoami();
      failures = [await hub.request("/x").catch((it) => it), await hub.createRepo({ repo: "a/b" }).catch((it) => it)];
    } finally {
      for (const key of Object.keys({ ...poison, ...errors })) delete Object.prototype[key];
    }
    same({ ...me, raw: 0 }, { type: "user", id: "1", name: "ada", orgs: [], token: { kind: "user" }, raw: 0 });
    for (const it of failures) lacks(it.message, "polluted");
    same(failures.map((it) => [it.code, it.url]), [["invalid_request", undefined], ["conflict", undefined]]);
  },

  "errors in the shape of a prototype are read as they are": async ({ hubkey }) => {
    const answer = async (body) => {
      const fetch = spy(() => json(body, 400));
      return fails(new hubkey.Hub({ endpoint: "https://hub.example", fetch }).request("/x"), "invalid_request");
    };
    for (const body of ['{"__proto__":{"error":"inherited"}}', '{"error":{"__proto__":{"message":"inherited"}}}', '{"constructor":{"error":"inherited"}}',
      '{"error":{"toString":"inherited"}}', DEEP.slice(20_000, 80_000), '{"a":'.repeat(13_000), '{"error":'.repeat(7000), "[]", "null", '{"error":[]}', '{"error":[[]]}', '{"errors":[null,5,{}]}']) {
      const error = await answer(body);
      lacks(error.message, "inherited");
      yes(error.message.length < 1000, "a message that one reads");
    }
    same((await answer('{"error":["one","two"]}')).message.includes("one; two"), true);
  },

  "an answer that breaks off is told as such": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, maxRetries: 0 });
    for (const type of ["cut", "cut_chunked"]) {
      await control.fault("/api/models/ada/tiny", { type, bytes: 50 }, 2);
      await fails(hub.modelInfo({ repo: "ada/tiny" }), "truncated");
      await fails(hub.request("/api/models/ada/tiny"), "truncated");
    }
  },

  "bytes that are no text break nothing": async ({ hubkey }) => {
    const bytes = new Uint8Array(4000).map((_, at) => (at * 31) % 256);
    for (const type of ["application/json", "text/plain", "application/octet-stream", ""]) {
      const fetch = spy(() => new Response(bytes, { status: 200, headers: type ? { "content-type": type } : {} }));
      const hub = new hubkey.Hub({ endpoint: "https://hub.example", fetch, token: NOBODYS });
      await fails(hub.whoami(), "invalid_response");
      if (type === "application/json") await fails(hub.request("/x"), "invalid_response");
      else same(typeof (await hub.request("/x")), "string");
    }
  },

  "a status of success with another meaning is still read with care": async ({ hubkey }) => {
    for (const status of [201, 202, 203, 206, 299]) {
      const fetch = spy(() => json("{}", status));
      await fails(new hubkey.Hub({ endpoint: "https://hub.example", fetch, token: NOBODYS }).whoami(), "invalid_response", String(status));
    }
    const none = spy(() => new Response(null, { status: 204 }));
    await fails(new hubkey.Hub({ endpoint: "https://hub.example", fetch: none, token: NOBODYS }).whoami(), "invalid_response");
    for (const status of [300, 304, 305]) {
      const fetch = spy(() => new Response(null, { status }));
      await fails(new hubkey.Hub({ endpoint: "https://hub.example", fetch, token: NOBODYS }).whoami(), "invalid_response", String(status));
    }
  },
};

for (const [name, body] of Object.entries(NOBODY))
  cases[`whoami that gives ${name} is an invalid response`] = async ({ hubkey, hubUrl, control, token, inspect }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testread") });
    await control.answer(WHOAMI, 200, body, {}, 2);
    const error = await fails(hub.whoami(), "invalid_response");
    yes(inspect(error).length < 5000, "an error that one reads");
    await fails(hub.validateToken(), "invalid_response");
    same(await hub.getToken(), token("testread"));
  };

export default cases;
