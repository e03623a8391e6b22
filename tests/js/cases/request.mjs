// hub.request: any path below the endpoint, with query, headers and bodies of every kind.
import { fails, has, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { json, spy } from "../support/spy.mjs";

const HUB = "https://hub.example";

/** One call by a fetch that is handed in: what came of it, and what was sent. */
async function sends({ hubkey }, path, options, answer) {
  const fetch = spy(answer);
  const value = await new hubkey.Hub({ endpoint: HUB, fetch, token: NOBODYS }).request(path, options);
  return { value, ...fetch.calls[0] };
}

const plain = (text, type = "text/plain", status = 200) => () => new Response(status === 204 ? null : text, { status, headers: type ? { "content-type": type } : {} });

export default {
  "JSON is parsed, with every field": async ({ hubkey, hubUrl, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testread") });
    same(await hub.request("/api/models/ada/tiny"), await (await fetch(`${hubUrl}/api/models/ada/tiny`)).json());
    same((await hub.request("/api/whoami-v2")).name, "ada");
  },

  "other answers are text, and no answer is null": async (at) => {
    same((await sends(at, "/x", {}, plain("OK"))).value, "OK");
    same((await sends(at, "/x", {}, plain("{not json"))).value, "{not json");
    same((await sends(at, "/x", {}, plain("<p>", "text/html"))).value, "<p>");
    same((await sends(at, "/x", {}, plain("", "text/plain"))).value, null);
    same((await sends(at, "/x", {}, plain("", "", 204))).value, null);
    same((await sends(at, "/x", {}, plain("5", "application/problem+json"))).value, 5);
    same((await sends(at, "/x", {}, () => json("null"))).value, null);
    same((await sends(at, "/x", {}, () => json("false"))).value, false);
    await fails(sends(at, "/x", {}, () => json("{cut")), "invalid_response");
    await fails(sends(at, "/x", {}, () => json("")), "invalid_response");
  },

  "the method is GET, or POST with a body, or what is said": async (at) => {
    same((await sends(at, "/x")).method, "GET");
    same((await sends(at, "/x", { body: {} })).method, "POST");
    same((await sends(at, "/x", { body: "" })).method, "POST");
    for (const method of ["get", "PUT", "patch", "DELETE", "head", "OPTIONS"]) same((await sends(at, "/x", { method })).method, method.toUpperCase());
    for (const method of ["", "CONNECT", "trace", "TRACK", "G ET", "GET\r\nX: y", "É", 5, {}, "GET/1"]) await fails(sends(at, "/x", { method }), "invalid_argument", String(method));
  },

  "the query is encoded, repeated for lists, and joined to the path's own": async (at) => {
    const url = async (path, query) => (await sends(at, path, { query })).url.slice(HUB.length);
    same(await url("/x", { a: 1, b: true, c: "d e&f=ü+/", e: "" }), "/x?a=1&b=true&c=d+e%26f%3D%C3%BC%2B%2F&e=");
    same(await url("/x", { a: [1, "two", false] }), "/x?a=1&a=two&a=false");
    same(await url("/x", { a: undefined, b: null, c: [null, undefined], d: [] }), "/x");
    same(await url("/x?y=1", { a: 2 }), "/x?y=1&a=2");
    same(await url("/x", undefined), "/x");
    same(await url("/x", { "k&=": "v" }), "/x?k%26%3D=v");
    for (const wrong of [{ a: {} }, { a: [[1]] }, { a: () => {} }, { a: Symbol("s") }, { a: [{}] }]) await fails(url("/x", wrong), "invalid_argument");
    for (const wrong of ["a=1", 5, true]) await fails(url("/x", wrong), "invalid_argument", String(wrong));
  },

  "plain objects and lists go as JSON": async (at) => {
    for (const body of [{ a: [1, null, "ü"] }, [1, 2], [], {}, Object.create(null), 5, true, null]) {
      const it = await sends(at, "/x", { body });
      same([it.init.body, it.headers.get("content-type")], [JSON.stringify(body), "application/json"]);
    }
    const own = await sends(at, "/x", { body: {}, headers: { "Content-Type": "application/vnd.mine+json" } });
    same(own.headers.get("content-type"), "application/vnd.mine+json");
    const cycle = {};
    cycle.self = cycle;
    for (const body of [cycle, { a: 5n }, () => {}, Symbol("x"), { toJSON() { throw new Error("no"); } }, { toJSON: () => undefined }])
      await fails(sends(at, "/x", { body }), "invalid_argument");
  },

  "text, bytes, blobs and forms go as they are": async ({ hubkey, hubUrl, control, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testwrite") });
    const bytes = new TextEncoder().encode("bytes é");
    const form = new FormData();
    form.set("field", "value");
    const rows = [
      ["text ü", /text\/plain/, "text ü"], [bytes, undefined, "bytes é"], [bytes.buffer, undefined, "bytes é"],
      [new Blob(["blob"], { type: "image/x-own" }), /image\/x-own/, "blob"], [new URLSearchParams({ a: "b c" }), /urlencoded/, "a=b+c"],
      [form, /multipart\/form-data; boundary=/, 'name="field"'], [new DataView(bytes.buffer), undefined, "bytes é"],
    ];
    for (const [body, type, text] of rows) {
      await control.forget();
      await control.answer("/api/any", 200, { ok: true });
      same(await hub.request("/api/any", { method: "PUT", body }), { ok: true });
      const [it] = await control.requests();
      has(it.body, text);
      type ? has(it.headers["content-type"], type) : same(it.headers["content-type"], undefined);
    }
  },

  "headers go along; Authorization is always the client's": async (at) => {
    for (const headers of [{ "X-HF-Bill-To": "acme", authorization: "Bearer mine" }, [["x-hf-bill-to", "acme"], ["Authorization", "Bearer mine"]],
      new Map([["x-hf-bill-to", "acme"]]), new Headers({ "x-hf-bill-to": "acme", Authorization: "Basic eDp5" })]) {
      const it = await sends(at, "/x", { headers });
      same([it.headers.get("x-hf-bill-to"), it.authorization], ["acme", `Bearer ${NOBODYS}`]);
    }
    same([...(await sends(at, "/x", { headers: { a: undefined, b: null, c: "" } })).headers.keys()], ["authorization", "c"]);
    const out = await sends(at, "/x", { headers: { AUTHORIZATION: "Bearer mine" }, token: false });
    same(out.authorization, null);
  },

  "a header that could split a request is refused before the platform sees it": async (at) => {
    const odd = [{ "": "x" }, { "a b": "x" }, { "a:": "x" }, { "a\n": "x" }, { ä: "x" }, { a: "x\r\ny: z" }, { a: "x\0" }, { a: "x\u007f" }, { a: "☃" }, { a: `\u2028` }];
    for (const headers of odd) {
      const fetch = spy();
      await fails(new at.hubkey.Hub({ endpoint: HUB, fetch }).request("/x", { headers }), "invalid_argument", JSON.stringify(headers));
      same(fetch.calls.length, 0);
    }
  },

  "a path stays below the endpoint": async ({ hubkey, hubUrl, control, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testread") });
    const paths = [
      "", "api/x", "//evil.example/x", "/../x", "/api/../x", "/api/./x", "/api/%2e%2e/x", "/api/%2E./x", "/api/.%2e/x", "/api/..", "\\\\evil.example", "/\\evil.example",
      "/api\\..\\x", "/x#y", "/x\n", "/x\r\ny", "/x\0", "\t/x", " /x", "https:evil.example", "javascript:alert(1)", "data:text/plain,x", "file:///etc/passwd", "?x", "#x",
    ];
    for (const path of paths) await fails(hub.request(path), "invalid_path", JSON.stringify(path));
    for (const path of [undefined, null, 5, {}, [], true, ["/x"], new URL(hubUrl)]) await fails(hub.request(path), "invalid_path", String(path));
    same(await control.lines(), []);
  },

  "what looks odd but stays is asked for by its own name": async (at) => {
    for (const path of ["/a/...", "/a/..b", "/a b", "/ä", "/a%20b", "/a%2Fb", "/a//b", "/a:b@c", "/a;b,c", "/100%"]) {
      const { url } = await sends(at, path);
      yes(url.startsWith(`${HUB}/`), url);
      same(new URL(url).pathname, new URL(HUB + path).pathname);
    }
  },

  "dots in a query are no path": async (at) => {
    same((await sends(at, "/x?to=../y&z=//w")).url, `${HUB}/x?to=../y&z=//w`);
  },

  "a whole address is taken where the token may go and nowhere else": async ({ hubkey }) => {
    const fetch = spy();
    const official = new hubkey.Hub({ fetch, token: NOBODYS });
    await official.request("https://router.huggingface.co/v1/models");
    await official.request("https://huggingface.co/api/models");
    same(fetch.calls.map((it) => it.authorization), [`Bearer ${NOBODYS}`, `Bearer ${NOBODYS}`]);
    const other = new hubkey.Hub({ fetch, token: NOBODYS, endpoint: HUB, origins: ["https://mine.example"] });
    await other.request("https://mine.example/v1");
    const refused = [
      "https://router.huggingface.co/v1/models", "https://huggingface.co/api", "http://hub.example/x", "https://hub.example:8443/x", "https://hub.example.evil.example/",
      "https://hub.example@evil.example/",
      "https://user:pass@hub.example/x", "https://HUB.example.:443/x", "https://mine.example:444/", "blob:https://hub.example/x",
    ];
    for (const url of refused) await fails(other.request(url), "invalid_path", url);
    for (const url of ["https://router.huggingface.co.evil.example/", "http://router.huggingface.co/", "https://api-inference.huggingface.co/x", "https://datasets-server.huggingface.co/"])
      await fails(official.request(url), "invalid_path", url);
    same(fetch.calls.length, 3);
    await other.request("https://HUB.EXAMPLE:443/x");
    same(fetch.calls[3].url, `${HUB}/x`);
  },

  "an endpoint with a path keeps to its path": async ({ hubkey }) => {
    const fetch = spy();
    const hub = new hubkey.Hub({ endpoint: "https://proxy.example/hf/", fetch, token: NOBODYS });
    await hub.request("/api/x", { query: { a: 1 } });
    await hub.modelInfo({ repo: "a/b" });
    same(fetch.calls.map((it) => it.url), ["https://proxy.example/hf/api/x?a=1", "https://proxy.example/hf/api/models/a/b"]);
    for (const path of ["https://proxy.example/other", "https://proxy.example/hfx", "https://proxy.example/hf/../x", "/../x"]) await fails(hub.request(path), "invalid_path", path);
  },

  "signed out it goes without a token, and a signed-in one goes with it": async ({ hubkey, hubUrl, control, token }) => {
    await new hubkey.Hub({ endpoint: hubUrl }).request("/api/models/ada/tiny");
    await new hubkey.Hub({ endpoint: hubUrl, token: token("testread") }).request("/api/models/ada/tiny");
    await new hubkey.Hub({ endpoint: hubUrl, token: token("testread") }).request("/api/models/ada/tiny", { token: token("testgrace") });
    same((await control.requests()).map((it) => it.headers.authorization?.slice(10, 19)), [undefined, "testread0", "testgrace"]);
  },

  "an error names the request without its query": async ({ hubkey, hubUrl }) => {
    const error = await fails(new hubkey.Hub({ endpoint: hubUrl }).request("/api/none", { query: { secret: "s3cr3t" } }), "not_found");
    same(error.request, `GET ${hubUrl}/api/none`);
    lacks(JSON.stringify(error), "s3cr3t");
  },
};
