// What may not be a Hub, and what a request never carries. tests/THREATS.md, rows 8, 9, 10, 16.
import { fails, has, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { json, READS, spy } from "../support/spy.mjs";
import { collect } from "./models.mjs";

const cases = {
  "every call keeps the token to one header": async ({ hubkey, hubUrl, cdnUrl, control, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    await hub.login({ token: token("testwrite") });
    await hub.whoami();
    await hub.validateToken(token("testwrite"));
    await collect(hub.listModels({ author: "ada", pageSize: 30 }));
    await hub.modelInfo({ repo: "gpt2" });
    await hub.createRepo({ repo: "ada/carried" });
    await collect(hub.listDatasets({ author: "ada", pageSize: 5 }));
    await collect(hub.listSpaces({ author: "ada" }));
    await hub.datasetInfo({ repo: "squad" });
    await hub.spaceInfo({ repo: "ada/app-000" });
    yes((await hub.repoExists({ repo: "ada/carried" })) && (await hub.deleteRepo({ repo: "ada/carried" })), "made and deleted");
    await hub.userOverview({ username: "ada" });
    await hub.orgOverview({ organization: "acme" });
    await collect(hub.orgMembers({ organization: "acme", pageSize: 10 }));
    await (await hub.downloadFile({ repo: "ada/tiny", path: "model.safetensors" })).bytes();
    await hub.request("/api/models", { query: { limit: 1 } });
    await hub.fetch(`${hubUrl}/ada/tiny/resolve/main/model.safetensors`);
    await hub.fetch(`${hubUrl}/ada/tiny/resolve/main/config.json`);
    await hub.fetch(`${cdnUrl}/none`);
    const all = await control.requests();
    yes(all.length > 24, "two dozen requests");
    for (const { headers, ...it } of all) {
      const { authorization, ...others } = headers;
      lacks(JSON.stringify([it, others]), token("testwrite").slice(3, 12), `${it.method} ${it.path}`);
      // What goes elsewhere is the platform's own, and a page's has a referrer.
      for (const name of ["cookie", "proxy-authorization", "x-api-key", ...(it.path === "/none" ? [] : ["referer", "referrer"])]) same(others[name], undefined, name);
      same(authorization, it.origin === "cdn" ? undefined : `Bearer ${token("testwrite")}`, it.path);
      for (const name of Object.keys(others).filter((key) => key.startsWith("sec-"))) lacks(others[name], "hf_");
    }
  },

  "every request asks for no cookies and tells no referrer": async ({ hubkey }) => {
    const fetch = spy(({ url }) => json(url.includes("whoami") ? { type: "user", id: "1", name: "ada" } : url.includes("?") ? [] : { id: "a/b" }));
    const hub = new hubkey.Hub({ endpoint: "https://hub.example", fetch, token: NOBODYS });
    await hub.whoami();
    await hub.modelInfo({ repo: "a/b" });
    await collect(hub.listModels({ limit: 1 }));
    await hub.createRepo({ repo: "a/b" });
    await hub.request("/x", { method: "PUT", body: "x" });
    await hub.fetch("https://hub.example/x");
    await hub.fetch(new Request("https://hub.example/x"));
    same(fetch.calls.length, 7);
    for (const it of fetch.calls) same([it.init.credentials, it.init.referrerPolicy, it.init.redirect], ["omit", "no-referrer", it.method === "GET" ? READS : "manual"], it.url);
    for (const it of fetch.calls) lacks(it.url, NOBODYS);
  },

  "no header is sent that nobody asked for": async ({ hubkey }) => {
    // Each one more would make a page ask for leave first.
    const fetch = spy(() => json({ id: "a/b" }));
    const hub = new hubkey.Hub({ endpoint: "https://hub.example", fetch });
    await hub.modelInfo({ repo: "a/b" });
    await hub.request("/x");
    await hub.fetch("https://hub.example/x");
    await hub.modelInfo({ repo: "a/b", token: NOBODYS });
    same(fetch.calls.map((it) => [...it.headers.keys()]), [[], [], [], ["authorization"]]);
  },

  "http is for this machine alone": async ({ hubkey, inspect }) => {
    for (const endpoint of ["http://huggingface.co", "http://hub.example:8080", "http://10.0.0.1", "http://0.0.0.0", "http://127.0.0.1.evil.example",
      "http://localhost.evil.example", "http://128.0.0.1", "http://[::2]", "http://local"]) {
      const fetch = spy();
      const error = await fails(() => new hubkey.Hub({ endpoint, fetch, token: NOBODYS }), "insecure_endpoint", endpoint);
      has(error.hint, "https");
      lacks(inspect(error), NOBODYS);
      same(fetch.calls.length, 0);
    }
    for (const endpoint of ["http://localhost", "http://localhost:7", "http://127.0.0.1:80", "http://[::1]:5", "http://127.1.2.3", "https://10.0.0.1"]) yes(new hubkey.Hub({ endpoint }).endpoint);
  },

  "no client is made for what is no endpoint, and nothing is sent": async ({ hubkey, inspect }) => {
    const odd = [
      "", " ", "huggingface.co", "//huggingface.co", "/api", "https://", "https:huggingface.co", "https:/huggingface.co", "https:///huggingface.co", "ftp://huggingface.co", "data:text/plain,x",
      "javascript:alert(1)", "file:///x", "blob:https://huggingface.co/x", "https://user:hunter2-secret@huggingface.co", "https://user@huggingface.co",
      "https://huggingface.co@evil.example", "https://hf.co\\@evil.example",
      "https://huggingface.co\\evil", "https:\\\\huggingface.co", "https://huggingface.co?x", "https://huggingface.co/?x", "https://huggingface.co#x",
      "https://hugging face.co", "https://huggingface.co\r\nHost: evil",
      "https://huggingface.co\n", "\thttps://huggingface.co", "https://huggingface.co\0", "https://huggingface.co/../x", "https://huggingface.co/a/./b",
      "https://huggingface.co/%2e%2e/x", "https://huggingface.co//x", "https://huggingface.co/a`b", "https://huggingface.co/\u00e4", "https://%68uggingface.co",
      "https://huggingface.co:99999", "https://huggingface.co:port", "https://[::1", "HTTPS:huggingface.co", "https://huggingface.co\u3000",
    ];
    for (const endpoint of odd) {
      const fetch = spy();
      const error = await fails(() => new hubkey.Hub({ endpoint, fetch, token: NOBODYS }), "invalid_endpoint", JSON.stringify(endpoint));
      lacks(inspect(error), "hunter2", "a password in the address");
      same(fetch.calls.length, 0);
    }
    for (const endpoint of [5, {}, [], true, Symbol("x"), () => {}, new URL("https://huggingface.co")]) await fails(() => new hubkey.Hub({ endpoint }), "invalid_endpoint", typeof endpoint);
  },

  "a polluted Object.prototype changes nothing": async ({ hubkey, hubUrl, cdnUrl, control, token }) => {
    const stolen = [];
    const poison = {
      endpoint: cdnUrl, hubUrl: cdnUrl, origins: [cdnUrl], token: NOBODYS, accessToken: NOBODYS, store: { load: () => null, save: (it) => stolen.push(it), clear() {} },
      fetch: (...args) => (stolen.push(args), json({})), author: "polluted", limit: 1, pageSize: 1, repo: "acme/polluted", type: "space", private: false, existOk: true,
      revision: "polluted", expand: ["sha"], offline: true, key: "polluted", profile: "polluted", url: `${cdnUrl}/x`, init: { body: "stolen" }, raw: true, failure: ["x"], kind: "local",
      getItem: () => null, HF_TOKEN: NOBODYS, HF_ENDPOINT: cdnUrl,
      next: "x", left: 1, because: 1, cause: "polluted", env: {}, enumerable: true, thing: 1, items: [], done: true,
    };
    const store = { getItem: () => null, setItem() {}, removeItem() {} };
    let me, list, seen;
    const clean = pollute(poison);
    try {
      const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testread") });
      me = await hub.whoami();
      list = await collect(hub.listModels({ author: "ada", sort: "id" }));
      await hub.modelInfo({ repo: "ada/tiny" });
      await hub.request("/api/models/ada/tiny", {});
      await hub.validateToken();
      await hub.fetch(`${hubUrl}/api/models/ada/tiny`);
      await hub.fetch(`${hubUrl}/api/models/ada/tiny`, {});
      await hub.setToken({ token: token("testgrace") });
      same(await new hubkey.Hub({ endpoint: hubUrl, store }).getToken(), null);
      same(await hubkey.Hub.fromEnv({}).getToken(), null);
      same([new hubkey.Hub().endpoint, new hubkey.Hub({}).endpoint, hubkey.Hub.fromEnv({}).endpoint], Array(3).fill("https://huggingface.co"));
      await fails(new hubkey.Hub({ endpoint: hubUrl }).whoami(), "no_token");
    } finally {
      clean();
      seen = await control.requests();
    }
    same([me.name, list.length > 10, stolen], ["ada", true, []]);
    for (const it of seen) {
      same([it.origin, it.method, it.body, it.headers["x-stolen"]], ["hub", "GET", "", undefined]);
      lacks(`${it.path}?${it.query}`, "polluted");
      lacks(JSON.stringify(it), NOBODYS);
    }
  },

  "what fetch is told inherits nothing": async ({ hubkey }) => {
    // Node's own fetch would read these from any object.
    const poison = { method: "DELETE", body: "stolen", redirect: "follow", credentials: "include", referrer: "https://evil.example/", cache: "force-cache",
      integrity: "x", keepalive: true, dispatcher: {}, cf: {}, mode: "no-cors", query: { stolen: 1 } };
    const seen = [];
    const answer = json({ type: "user", id: "1", name: "ada" });
    const fetch = async (url, init) => {
      lacks(url, "stolen");
      seen.push(Object.keys(poison).map((key) => init[key]));
      return answer.clone();
    };
    const hub = new hubkey.Hub({ endpoint: "https://hub.example", fetch, token: NOBODYS });
    const clean = pollute(poison);
    try {
      await hub.whoami();
      await hub.request("/x", {});
      await hub.createRepo({ repo: "a/b" });
      await hub.fetch("https://hub.example/x", {});
    } finally {
      clean();
    }
    const rest = Array(7).fill(undefined);
    same(seen, [
      ["GET", undefined, READS, "omit", undefined, "no-store", ...rest.slice(1)], ["GET", undefined, READS, "omit", undefined, ...rest],
      ["POST", '{"name":"b","organization":"a"}', "manual", "omit", undefined, ...rest], ["GET", undefined, READS, "omit", undefined, ...rest],
    ]);
  },
};

function pollute(poison) {
  for (const [key, value] of Object.entries(poison)) Object.defineProperty(Object.prototype, key, { value, configurable: true, writable: true, enumerable: false });
  return () => {
    for (const key of Object.keys(poison)) delete Object.prototype[key];
  };
}

export default cases;
