// Where the token goes when an answer points elsewhere. tests/THREATS.md, rows 1 to 5, 14, 15. What a page sees of a redirect is in ../places/exceptions.mjs.
import { caught, fails, has, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { json, redirect, spy } from "../support/spy.mjs";
import { collect } from "./models.mjs";

const signed = ({ hubkey, hubUrl, token }) => new hubkey.Hub({ endpoint: hubUrl, token: token("testwrite") });

/** Every request at the second origin, none of which may tell the token. */
async function abroad({ control, token }) {
  const all = (await control.requests()).filter((it) => it.origin === "cdn");
  for (const it of all) {
    lacks(JSON.stringify(it), token("testwrite"));
    same([it.headers.authorization, it.headers.cookie, it.headers.referer], [undefined, undefined, undefined]);
  }
  return all;
}

const official = ({ hubkey }, fetch, options) => new hubkey.Hub({ endpoint: "https://hub.example", fetch, token: NOBODYS, ...options });

const cases = {
  "the bytes of a large file come from the other origin, the token stays": async (at) => {
    const response = await signed(at).fetch(`${at.hubUrl}/ada/tiny/resolve/main/model.safetensors`);
    same([response.status, (await response.arrayBuffer()).byteLength], [200, 5000]);
    same((await abroad(at)).length, 1);
    same((await at.control.requests())[0].headers.authorization, `Bearer ${at.token("testwrite")}`);
  },

  "headers that may be secrets stay behind, harmless ones go along": async (at) => {
    await at.control.redirect("/api/x", "{cdn}/x");
    await at.control.fault({ path: "/x", origin: "cdn" }, { type: "body", body: "{}" });
    const headers = { "X-Api-Key": at.token("testwrite"), Cookie: "token=1", "X-HF-Bill-To": "acme", "Proxy-Authorization": "Basic eDp5", Accept: "application/json", Range: "bytes=0-1" };
    await signed(at).fetch(`${at.hubUrl}/api/x`, { headers });
    const [it] = await abroad(at);
    same([it.headers.accept, it.headers.range, it.headers["x-api-key"], it.headers["x-hf-bill-to"], it.headers["proxy-authorization"]],
      ["application/json", "bytes=0-1", undefined, undefined, undefined]);
  },

  "the token is not given back on the way home": async (at) => {
    for (const hops of [1, 2, 3]) {
      await at.control.forget();
      const to = encodeURIComponent("{hub}/api/models/ada/tiny");
      const response = await signed(at).fetch(`${at.hubUrl}/_localhub/bounce?hops=${hops}&to=${to}`);
      same(response.status, 200);
      const seen = await at.control.requests();
      same(seen.length, hops + 1);
      const left = seen.findIndex((it) => it.origin === "cdn");
      seen.forEach((it, number) => same(Boolean(it.headers.authorization), left < 0 || number < left, `hop ${number} of ${hops}`));
      await abroad(at);
    }
  },

  "a write that is sent elsewhere is refused, with token and body": async (at) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      for (const status of [301, 302, 303, 307, 308]) {
        await at.control.redirect({ path: "/api/write", method }, "{cdn}/take", status);
        const error = await caught(signed(at).fetch(`${at.hubUrl}/api/write`, { method, body: "SECRET BODY" }));
        same(error.code, "cross_origin_redirect", `${method} ${status}`);
      }
    same(await abroad(at), []);
    await at.control.redirect("/api/repos/create", "{cdn}/take", 307);
    const error = await fails(signed(at).createRepo({ repo: "ada/moved" }), "cross_origin_redirect");
    has(error.hint, "renamed");
    same(await abroad(at), []);
  },

  "a write that stays is repeated, or goes on as a read, as its status says": async (at) => {
    const rows = [[307, "PUT", "PUT", "body"], [308, "POST", "POST", "body"], [303, "POST", "GET", ""], [302, "POST", "GET", ""], [301, "POST", "GET", ""], [301, "PUT", "PUT", "body"]];
    for (const [status, method, then, body] of rows) {
      await at.control.forget();
      await at.control.redirect({ path: "/api/write", method }, "{hub}/api/there", status);
      await at.control.answer("/api/there", 200, { ok: true });
      same(await signed(at).request("/api/write", { method, body: "body" }), { ok: true });
      const it = (await at.control.requests())[1];
      same([it.method, it.body, it.headers.authorization], [then, body, `Bearer ${at.token("testwrite")}`], `${status} ${method}`);
    }
  },

  "a redirect without end is given up after six requests": async (at) => {
    await at.control.redirect("/api/loop", "{self}", 302, 0);
    for (const work of [() => signed(at).request("/api/loop"), () => signed(at).fetch(`${at.hubUrl}/api/loop`)]) {
      await at.control.forget();
      await fails(work, "too_many_redirects");
      yes((await at.control.lines()).length <= 6, "at most six requests");
    }
    await at.control.forget();
    const to = encodeURIComponent("{hub}/api/models/ada/tiny");
    await fails(signed(at).request(`/_localhub/bounce?hops=30&to=${to}`), "too_many_redirects");
    yes((await at.control.lines()).length <= 6, "at most six requests");
    await abroad(at);
  },

  "five hops are followed": async (at) => {
    const to = encodeURIComponent("{hub}/api/models/ada/tiny");
    same((await signed(at).request(`/_localhub/bounce?hops=5&to=${to}`)).id, "ada/tiny");
  },

  "an encrypted call is not led to an unencrypted place": async (at) => {
    for (const to of ["http://hub.example/x", "http://other.example/x", "http://127.0.0.1/x"]) {
      const fetch = spy((call) => (call.url.startsWith("https") ? redirect(to) : json({})));
      await fails(official(at, fetch).request("/api/x"), "cross_origin_redirect", to);
      same(fetch.calls.length, 1);
    }
  },

  "another scheme, host or port is another origin": async (at) => {
    for (const to of ["https://hub.example:8443/x", "https://hub.example.evil.example/x", "https://sub.hub.example/x", "//other.example/x", "https://hub.example./x"]) {
      const fetch = spy((call) => (call.url === "https://hub.example/api/x" ? redirect(to) : json({})));
      await official(at, fetch).request("/api/x");
      same(fetch.calls.map((it) => it.authorization), [`Bearer ${NOBODYS}`, null], to);
    }
    const fetch = spy((call) => (call.url === "https://hub.example/api/x" ? redirect("https://HUB.example:443/y") : json({})));
    await official(at, fetch).request("/api/x");
    same(fetch.calls[1].authorization, `Bearer ${NOBODYS}`);
  },

  "localhost and 127.0.0.1 are two origins": async ({ hubkey, hubUrl, control, token }) => {
    const other = hubUrl.replace("127.0.0.1", "localhost");
    await control.redirect("/api/x", `${other}/api/models/ada/tiny`);
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testwrite") });
    same((await hub.request("/api/x")).id, "ada/tiny");
    same((await control.requests())[1].headers.authorization, undefined);
    await hub.fetch(`${other}/api/models/ada/tiny`);
    same((await control.requests())[2].headers.authorization, undefined);
  },

  "another origin of the table gets no token by way of a redirect": async (at) => {
    const fetch = spy((call) => (call.url.includes("hub.example") ? redirect("https://space.example/x") : json({})));
    await official(at, fetch, { origins: ["https://space.example"] }).request("/api/x");
    same(fetch.calls.map((it) => it.authorization), [`Bearer ${NOBODYS}`, null]);
  },

  "a place that is no server is refused": async (at) => {
    for (const to of ["javascript:alert(1)", "data:application/json,{}", "file:///etc/passwd", "blob:https://hub.example/x", "https://user:pass@hub.example/x", "http://[", "ftp://hub.example/x"]) {
      const fetch = spy(() => redirect(to));
      const error = await caught(official(at, fetch).request("/api/x"));
      same([error.code, fetch.calls.length], ["cross_origin_redirect", 1], to);
      lacks(JSON.stringify(error), "pass@");
    }
  },

  "a redirect that says nowhere is no answer": async (at) => {
    await fails(official(at, spy(() => new Response(null, { status: 302 }))).request("/api/x"), "invalid_response");
  },

  "a next page elsewhere is not asked for": async (at) => {
    for (const link of [at.cdnUrl, "http://127.0.0.1:1", "https://huggingface.co.example", `${at.hubUrl.replace("127.0.0.1", "localhost")}`, "http://u:p@127.0.0.1:1"]) {
      await at.control.reset();
      await at.control.answer("/api/models", 200, [{ id: "a/b" }], { link: `<${link}/api/models?cursor=hidden>; rel="next"` });
      const read = [];
      const error = await fails(async () => {
        for await (const it of signed(at).listModels()) read.push(it.id);
      }, "cross_origin_link", link);
      lacks(JSON.stringify(error), "hidden");
      same([read, (await at.control.lines()).length], [["a/b"], 1]);
    }
  },

  "a next page above the endpoint's own path is not asked for": async ({ hubkey }) => {
    const fetch = spy(() => json([{ id: "a/b" }], 200, { link: '<https://proxy.example/other?x>; rel="next"' }));
    const hub = new hubkey.Hub({ endpoint: "https://proxy.example/hf", fetch, token: NOBODYS });
    await fails(collect(hub.listModels()), "cross_origin_link");
    same(fetch.calls.length, 1);
  },

  "a next page that repeats ends the list": async (at) => {
    const self = spy(({ url }) => json([{ id: "a/b" }], 200, { link: `<${url}>; rel="next"` }));
    yes((await collect(official(at, self).listModels(), 50)).length < 5, "a page that leads to itself");
    const round = spy(({ url }) => json([{ id: "a/b" }], 200, { link: `<?cursor=${url.endsWith("a") ? "b" : "a"}>; rel="next"` }));
    yes((await collect(official(at, round).listModels(), 50)).length < 10, "two pages that lead to each other");
  },
};

for (const status of [301, 302, 303, 307, 308])
  cases[`a ${status} of a read to another origin brings the answer and leaves the token`] = async (at) => {
    // Two addresses: a 301 or 308 may come from a browser's cache the second time.
    for (const path of ["/api/x", "/api/y"]) await at.control.redirect(path, "{cdn}/x", status);
    await at.control.fault({ path: "/x", origin: "cdn" }, { type: "body", body: '{"from":"afar"}', headers: { "content-type": "application/json" } }, 2);
    same(await signed(at).request("/api/x"), { from: "afar" });
    same((await (await signed(at).fetch(`${at.hubUrl}/api/y`, { headers: { authorization: "Bearer mine" } })).json()).from, "afar");
    same((await abroad(at)).length, 2);
  };

export default cases;
