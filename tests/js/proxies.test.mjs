// Real proxies between client and Hub: undici's ProxyAgent in an injected fetch, and a Hub below a path of an app's origin.
import { after, test } from "node:test";
import { inspect } from "node:util";
import { diagnose } from "hubkey/diagnose";
import { ProxyAgent, fetch as undici } from "undici";
import { fails, has, hides, lacks, same, yes } from "./support/check.mjs";
import { until } from "./support/control.mjs";
import { start } from "./support/node.mjs";
import { forward, reverse } from "./support/proxies.mjs";

const at = await start();
after(at.stop);
const { Hub } = at.hubkey;
const token = at.token("testwrite");

/** A client that goes through a forward proxy, as the README says it. */
function through(uri, options, more) {
  const dispatcher = new ProxyAgent({ uri, ...options });
  after(() => dispatcher.destroy());
  return new Hub({ endpoint: at.hubUrl, token, fetch: (url, init) => undici(url, { ...init, dispatcher }), maxRetries: 0, ...more });
}

/** What people do; gives what came. */
async function story(hub) {
  const me = await hub.login({ token });
  const models = [];
  for await (const it of hub.listModels({ author: "ada", sort: "id", pageSize: 2, limit: 5 })) models.push(it.id);
  const renamed = await hub.modelInfo({ repo: "ada/old-name" });
  const file = await hub.fetch(`${hub.endpoint}/ada/tiny/resolve/main/model.safetensors`);
  const bytes = (await file.arrayBuffer()).byteLength;
  const made = await hub.createRepo({ repo: "ada/by-proxy", private: true });
  const posted = await hub.request("/api/validate-yaml", { method: "POST", body: { content: "x".repeat(100_000) } });
  return { name: me.name, models: models.length, renamed: renamed.id, status: file.status, bytes, made: new URL(made.url).pathname, posted };
}

async function told(proxied) {
  await at.control.reset();
  await at.control.answer("/api/validate-yaml", 200, { ok: true });
  same(await story(proxied), { name: "ada", models: 5, renamed: "ada/new-name", status: 200, bytes: 5000, made: "/ada/by-proxy", posted: { ok: true } });
  const seen = await at.control.requests();
  for (const it of seen) same(Boolean(it.headers.authorization), it.origin === "hub", `${it.method} ${it.path} at ${it.origin}`);
  same(seen.filter((it) => it.origin === "cdn").length, 1);
  return seen;
}

test("all of a story goes through a forward proxy, by tunnels", async () => {
  const proxy = await forward();
  after(proxy.stop);
  await told(through(proxy.url, { proxyTunnel: true }));
  const hosts = [at.hubUrl, at.cdnUrl].map((it) => new URL(it).host);
  same(hosts.every((it) => proxy.tunnels.includes(it)), true);
  same([proxy.tunnels.every((it) => hosts.includes(it)), proxy.passed.length], [true, 0]);
});

test("and by whole addresses, where the proxy sees each request and no token for the second origin", async () => {
  const proxy = await forward();
  after(proxy.stop);
  const seen = await told(through(proxy.url, { proxyTunnel: false }));
  same(proxy.passed.length, seen.length, "nothing went past it");
  for (const { url, headers } of proxy.passed) {
    same(Boolean(headers.authorization), url.startsWith(at.hubUrl), url);
    lacks(url, token);
  }
});

test("a signal closes the tunnel", async () => {
  const proxy = await forward();
  after(proxy.stop);
  const hub = through(proxy.url, { proxyTunnel: true });
  for (const fault of [{ type: "silence" }, { type: "stall", bytes: 3 }]) {
    await at.control.reset();
    await at.control.fault("/api/models/ada/tiny", fault);
    const stop = new AbortController();
    const work = hub.modelInfo({ repo: "ada/tiny", signal: stop.signal });
    await until(async () => (await at.control.lines()).length === 1, "the request arrived");
    yes(proxy.open.size > 0);
    stop.abort();
    await fails(work, "aborted");
    await until(() => proxy.open.size === 0, "the tunnel was closed");
  }
});

test("a proxy that is not there, that refuses or that knows no way is no network, and the error speaks of proxies", async () => {
  const proxy = await forward({ credentials: "someone:secret-of-the-proxy" });
  const gone = await forward();
  gone.stop();
  const rows = [
    ["not there", through(gone.url)],
    ["refuses", through(proxy.url.replace("//", "//someone:another-secret@"))],
    ["knows no way", through(proxy.url.replace("//", "//someone:secret-of-the-proxy@"), undefined, { endpoint: "http://127.0.0.1:1" })],
  ];
  for (const [what, hub] of rows) {
    const error = await fails(hub.whoami({ cache: false, maxRetries: 0 }), "network", what);
    has(error.hint, "prox");
    for (const secret of ["another-secret", "secret-of-the-proxy", btoa("someone:another-secret"), token]) hides(error, secret, inspect);
    const { checks } = await diagnose(hub);
    const { status, fix } = checks.find((it) => it.name === "endpoint");
    same(status, "failed");
    has(fix, "prox");
    lacks(JSON.stringify(checks), "secret");
  }
  // With the right words it works.
  same((await through(proxy.url.replace("//", "//someone:secret-of-the-proxy@")).whoami({ cache: false })).name, "ada");
  proxy.stop();
});

for (const rewrites of [false, true])
  test(`a Hub below a path of an app's own origin${rewrites ? ", whose proxy rewrites redirects" : ""}`, async () => {
    const app = await reverse(at.hubUrl, { rewrites });
    after(app.stop);
    const hub = new Hub({ endpoint: `${app.url}/hub`, token });
    await told(hub);
    same(app.own, [], "nothing was asked of the app itself");
    const { ok, checks } = await diagnose(hub);
    same([ok, checks.find((it) => it.name === "endpoint").request], [true, `GET ${app.url}/hub/api/whoami-v2`]);
  });
