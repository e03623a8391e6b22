// hub.fetch: the platform's fetch with our sign-in, and nothing else of ours.
import { caught, fails, has, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS, until } from "../support/control.mjs";
import { json, READS, spy } from "../support/spy.mjs";

const INFO = "/api/models/ada/tiny";
const signed = ({ hubkey, hubUrl, token }, options) => new hubkey.Hub({ endpoint: hubUrl, token: token("testread"), ...options });

export default {
  "a text, an address and a request are taken": async (at) => {
    const hub = signed(at);
    const url = at.hubUrl + INFO;
    for (const input of [url, new URL(url), new Request(url), { toString: () => url }]) {
      const response = await hub.fetch(input);
      yes(response instanceof Response, "a Response of the platform");
      same([response.status, (await response.json()).id], [200, "ada/tiny"]);
    }
    for (const it of await at.control.requests()) same([it.method, it.headers.authorization], ["GET", `Bearer ${at.token("testread")}`]);
  },

  "method, headers and body of a request arrive, and init wins over them": async (at) => {
    const hub = signed(at);
    const url = `${at.hubUrl}/api/any`;
    const make = () => new Request(url, { method: "PUT", headers: { "x-hf-bill-to": "1", "content-type": "text/x-own" }, body: "bytes" });
    await at.control.answer("/api/any", 200, {}, {}, 3);
    await hub.fetch(make());
    await hub.fetch(make(), { method: "POST", body: "other" });
    await hub.fetch(make(), { headers: { "x-hf-bill-to": "2" } });
    const seen = (await at.control.requests()).map((it) => [it.method, it.body, it.headers["x-hf-bill-to"], it.headers["content-type"]]);
    same(seen[0], ["PUT", "bytes", "1", "text/x-own"]);
    same(seen[1], ["POST", "other", "1", "text/x-own"]);
    same(seen[2].slice(0, 3), ["PUT", "bytes", "2"]);
  },

  "every form of headers and body is taken": async (at) => {
    const hub = signed(at);
    const form = new FormData();
    form.set("a", "b");
    const bodies = ["text", new TextEncoder().encode("text"), new Blob(["text"]), new URLSearchParams({ text: "" }), form];
    await at.control.answer("/api/any", 200, {}, {}, 0);
    for (const headers of [{ "x-hf-bill-to": "1" }, [["x-hf-bill-to", "1"]], new Headers({ "x-hf-bill-to": "1" })])
      for (const body of bodies) await hub.fetch(`${at.hubUrl}/api/any`, { method: "post", headers, body });
    for (const it of await at.control.requests()) {
      same([it.method, it.headers["x-hf-bill-to"]], ["POST", "1"]);
      yes(it.bodyLength >= 4, "a body");
    }
  },

  "an Authorization header is replaced with the sign-in": async (at) => {
    const hub = signed(at);
    for (const headers of [{ Authorization: "Bearer -" }, { authorization: "Basic eDp5" }, [["AUTHORIZATION", "x"]], new Headers({ authorization: "x" })])
      await hub.fetch(at.hubUrl + INFO, { headers });
    await hub.fetch(new Request(at.hubUrl + INFO, { headers: { authorization: "Bearer -" } }));
    for (const it of await at.control.requests()) same(it.headers.authorization, `Bearer ${at.token("testread")}`);
  },

  "signed out, an Authorization header is left out": async (at) => {
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl });
    same((await hub.fetch(at.hubUrl + INFO, { headers: { authorization: `Bearer ${NOBODYS}` } })).status, 200);
    same((await at.control.requests())[0].headers.authorization, undefined);
  },

  "what is given to it is not changed": async (at) => {
    const init = Object.freeze({ headers: Object.freeze({ authorization: "Bearer -", "x-hf-bill-to": "1" }) });
    const headers = new Headers({ authorization: "Bearer -" });
    const request = new Request(at.hubUrl + INFO, { headers: { authorization: "Bearer -" } });
    const hub = signed(at);
    await hub.fetch(at.hubUrl + INFO, init);
    await hub.fetch(at.hubUrl + INFO, { headers });
    await hub.fetch(request);
    same([headers.get("authorization"), request.headers.get("authorization")], ["Bearer -", "Bearer -"]);
  },

  "elsewhere nothing is touched": async ({ hubkey, hubUrl, cdnUrl, control, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testread") });
    await control.fault({ path: "/x", origin: "cdn" }, { type: "body", body: "own" }, 3);
    await hub.fetch(`${cdnUrl}/x`);
    await hub.fetch(`${cdnUrl}/x`, { headers: { authorization: "Bearer mine" } });
    same(await (await hub.fetch(new Request(`${cdnUrl}/x`, { method: "POST", body: "mine" }))).text(), "own");
    const seen = await control.requests();
    same(seen.map((it) => [it.origin, it.method, it.headers.authorization, it.body]), [["cdn", "GET", undefined, ""], ["cdn", "GET", "Bearer mine", ""], ["cdn", "POST", undefined, "mine"]]);
    lacks(JSON.stringify(seen), token("testread"));
  },

  "elsewhere an injected fetch gets the very arguments": async ({ hubkey, token }) => {
    const fetch = spy();
    const hub = new hubkey.Hub({ endpoint: "https://hub.example", fetch, token: NOBODYS });
    const init = { headers: { a: "b" }, extra: 1 };
    await hub.fetch("https://other.example/x", init);
    same(fetch.calls[0].args[0], "https://other.example/x");
    yes(fetch.calls[0].args[1] === init, "the same object");
    lacks(JSON.stringify(fetch.calls), NOBODYS);
    yes(token("testread"));
  },

  "every status is an answer and not an error": async (at) => {
    const hub = signed(at, { maxRetries: 0 });
    for (const status of [201, 204, 304, 400, 401, 403, 404, 409, 429, 500, 503]) {
      await at.control.forget();
      await at.control.fault("/api/any", { type: "status", status, body: status === 204 || status === 304 ? "" : "said" });
      const response = await hub.fetch(`${at.hubUrl}/api/any`);
      same([response.status, await response.text()], [status, status === 204 || status === 304 ? "" : "said"]);
      same((await at.control.lines()).length, 1, `one request for ${status}`);
    }
  },

  "headers of the answer can be read": async (at) => {
    const response = await signed(at).fetch(`${at.hubUrl}/api/none`);
    same(response.status, 404);
    yes(response.headers.get("x-request-id")?.startsWith("Root="), "a request id");
  },

  "a body arrives while it is still being sent": async (at) => {
    await at.control.fault("/ada/tiny/raw/main/config.json", { type: "drip", bytes: 40, everyMs: 60 });
    const response = await signed(at).fetch(`${at.hubUrl}/ada/tiny/raw/main/config.json`);
    let parts = 0, length = 0;
    for await (const part of response.body) {
      parts++;
      length += part.length;
    }
    yes(parts > 2, `came in ${parts} parts`);
    same(String(length), response.headers.get("content-length"));
  },

  "a body that takes longer than the time limit is not cut": async (at) => {
    await at.control.fault("/ada/tiny/raw/main/config.json", { type: "drip", bytes: 40, everyMs: 60 });
    const response = await signed(at, { timeoutMs: 50 }).fetch(`${at.hubUrl}/ada/tiny/raw/main/config.json`);
    has(await response.text(), "LocalForCausalLM");
  },

  "a signal ends it before, during and after the headers, with its own reason": async (at) => {
    const hub = signed(at);
    const reason = new Error("enough");
    same(await caught(hub.fetch(at.hubUrl + INFO, { signal: AbortSignal.abort(reason) })), reason);
    await at.control.fault(INFO, { type: "silence" });
    const stop = new AbortController();
    const under = caught(hub.fetch(at.hubUrl + INFO, { signal: stop.signal }));
    await until(async () => (await at.control.lines()).length === 1, "the request arrived");
    stop.abort(reason);
    same(await under, reason);
    await until(async () => (await at.control.requests())[0].aborted, "the socket was closed");
    await at.control.fault(INFO, { type: "stall", bytes: 20 });
    const later = new AbortController();
    const response = await hub.fetch(new Request(at.hubUrl + INFO, { signal: later.signal }));
    const reading = caught(response.text());
    later.abort();
    same((await reading).name, "AbortError");
    await until(async () => (await at.control.requests())[1].aborted, "the socket was closed");
  },

  "no answer is what the platform's fetch makes of it": async ({ hubkey, token }) => {
    const hub = new hubkey.Hub({ endpoint: "http://127.0.0.1:1", token: token("testread") });
    const [ours, theirs] = [await caught(hub.fetch("http://127.0.0.1:1/x")), await caught(fetch("http://127.0.0.1:1/x"))];
    same([ours.name, ours.message], [theirs.name, theirs.message]);
    yes(ours instanceof theirs.constructor);
    const own = new Error("mine");
    const failing = new hubkey.Hub({ endpoint: "https://hub.example", fetch: async () => { throw own; } });
    yes((await caught(failing.fetch("https://hub.example/x"))) === own, "the very error of an injected fetch");
  },

  "what is no address is refused as the platform does": async (at) => {
    const hub = signed(at);
    for (const it of ["", "not an address", "http://", "//x", undefined, null, {}, Symbol("x"), "http://[::1"]) yes((await caught(hub.fetch(it))) instanceof TypeError, String(typeof it));
    for (const init of [5, "GET", true]) yes((await caught(hub.fetch(at.hubUrl + INFO, init))) instanceof Error, String(init));
    same(await at.control.lines(), []);
  },

  "a redirect at the Hub keeps the token": async (at) => {
    await at.control.redirect("/api/old", "{hub}/api/whoami-v2", 307);
    const response = await signed(at).fetch(`${at.hubUrl}/api/old`);
    same((await response.json()).name, "ada");
    const seen = await at.control.requests();
    same(seen.map((it) => it.headers.authorization), [1, 2].map(() => `Bearer ${at.token("testread")}`));
  },

  "a redirect can be asked for as it is, or as a failure": async (at) => {
    const hub = signed(at);
    await at.control.redirect("/api/old", "{hub}/api/new", 302, 2);
    const response = await hub.fetch(`${at.hubUrl}/api/old`, { redirect: "manual" });
    same([response.status, response.headers.get("location")], [302, `${at.hubUrl}/api/new`]);
    yes((await caught(hub.fetch(`${at.hubUrl}/api/old`, { redirect: "error" }))) instanceof TypeError, "a TypeError");
    same((await at.control.lines()).length, 2);
  },

  "the router and other named origins get the token, their neighbours do not": async ({ hubkey }) => {
    const sent = async (options, url) => {
      const fetch = spy();
      await new hubkey.Hub({ ...options, fetch, token: NOBODYS }).fetch(url);
      return fetch.calls[0].authorization;
    };
    const yours = `Bearer ${NOBODYS}`;
    for (const url of ["https://huggingface.co/api/x", "https://router.huggingface.co/v1/x", "https://HUGGINGFACE.co:443/x"]) same(await sent({}, url), yours, url);
    for (const url of [
      "http://huggingface.co/", "https://huggingface.co:8443/", "https://huggingface.co.evil.example/", "https://evil.example/huggingface.co", "https://cdn-lfs.huggingface.co/x",
      "https://router.huggingface.co:444/", "http://router.huggingface.co/", "https://hf.co/x", "https://cas-server.xethub.hf.co/", "https://huggingface.co./x", "https://x.hf.space/",
    ]) same(await sent({}, url), null, url);
    const mine = { endpoint: "https://hub.example", origins: ["https://a.hf.space", "http://localhost:9"] };
    for (const url of ["https://hub.example/x", "https://a.hf.space/x", "http://localhost:9/x"]) same(await sent(mine, url), yours, url);
    for (const url of ["https://b.hf.space/", "http://localhost:8/", "https://router.huggingface.co/", "https://huggingface.co/", "http://a.hf.space/",
      "http://127.0.0.1:9/"]) same(await sent(mine, url), null, url);
    const below = { endpoint: "https://proxy.example/hf" };
    for (const [url, header] of [["https://proxy.example/hf/x", yours], ["https://proxy.example/hf", yours], ["https://proxy.example/hfx", null],
      ["https://proxy.example/", null], ["https://proxy.example/hf/../x", null], ["https://proxy.example/hf/%2e%2e/x", null]])
      same(await sent(below, url), header, url);
  },

  "origins are checked when the client is made": async ({ hubkey }) => {
    await fails(() => new hubkey.Hub({ origins: ["http://space.example"] }), "insecure_endpoint");
    for (const it of ["space.example", "https://space.example/path", "https://u:p@space.example", "*",
      "https://*.hf.space"]) await fails(() => new hubkey.Hub({ origins: [it] }), "invalid_endpoint", it);
    for (const it of ["https://x", {}, 5, [5], [null], [""], ["https://a.example https://b.example"],
      [["https://a.example"]]]) await fails(() => new hubkey.Hub({ origins: it }), "invalid_argument", JSON.stringify(it));
  },

  "an injected fetch is called as fetch(urlString, init), without a this": async ({ hubkey }) => {
    const seen = [];
    const fetch = function (...args) {
      seen.push([this, ...args]);
      return Promise.resolve(json({ type: "user", id: "1", name: "ada" }));
    };
    const hub = new hubkey.Hub({ endpoint: "https://hub.example", fetch, token: NOBODYS });
    await hub.whoami();
    await hub.request("/x", { body: { a: 1 } });
    await hub.fetch(new Request("https://hub.example/y", { method: "PUT", body: "z" }));
    same(seen.map((it) => it[0]), [undefined, undefined, undefined]);
    same(seen.map((it) => [typeof it[1], it.length]), [["string", 3], ["string", 3], ["string", 3]]);
    same(seen.map((it) => it[1]), ["https://hub.example/api/whoami-v2", "https://hub.example/x", "https://hub.example/y"]);
    for (const [, , init] of seen) same([init.credentials, init.referrerPolicy, init.redirect, typeof init.signal?.aborted], ["omit", "no-referrer", init.method === "GET" ? READS : "manual", "boolean"]);
  },
};
