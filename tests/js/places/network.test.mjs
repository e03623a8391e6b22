// What only a page has: the Hub below a path of its own origin, and whatever keeps it from the Hub without a word.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, test } from "node:test";
import { chromium } from "playwright-core";
import { ENTRY } from "../support/entry.mjs";
import { lacks, has, same, yes } from "../support/check.mjs";
import { connect } from "../support/control.mjs";
import { localhub } from "../support/localhub.mjs";
import { reverse } from "../support/proxies.mjs";

const hub = await localhub();
after(hub.stop);
const { control, token: of } = await connect(hub.url, hub.cdnUrl);
const token = of("testwrite");

const TYPES = { js: "text/javascript", mjs: "text/javascript" };
const imports = { hubkey: ENTRY === "hubkey/js" ? "/node_modules/hubkey/js.js" : "/node_modules/hubkey/inline.js", "hubkey/diagnose": "/node_modules/hubkey/diagnose.js" };
const page = (policy) => `<!doctype html>${policy ? `<meta http-equiv="Content-Security-Policy" content="${policy}">` : ""}
<link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
  import * as hubkey from "hubkey";
  import { diagnose } from "hubkey/diagnose";
  Object.assign(globalThis, { hubkey, diagnose });
</script>`;

const PAGES = { "/": page(), "/strict": page("script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; connect-src 'self'") };
/** The app's own: its pages, and the package. */
const app = async (path) => {
  if (PAGES[path]) return ["text/html", PAGES[path]];
  const body = await readFile(join(import.meta.dirname, "..", path)).catch(() => undefined);
  return body && [TYPES[path.split(".").at(-1)] ?? "text/plain", body];
};
const proxied = await reverse(hub.url, { rewrites: true, app });
const bare = await reverse(hub.url, { app });
/** Answers everything, and allows no page to read it. */
const closed = createServer((_, response) => response.end("[]"));
await new Promise((done) => closed.listen(0, "127.0.0.1", done));
after(() => [proxied, bare].forEach((it) => it.stop()));
after(() => { closed.closeAllConnections(); closed.close(); });

const browser = await chromium.launch({
  executablePath: process.env.HUBKEY_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
after(() => browser.close());

/** Runs a function in a page of its own; `prepare` is given its context before. */
async function inPage(url, run, options, prepare) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const errors = [];
  tab.on("pageerror", (error) => errors.push(error.message));
  try {
    await tab.goto(url);
    await tab.waitForFunction(() => globalThis.diagnose, undefined, { timeout: 30_000 });
    await prepare?.(context);
    const result = await tab.evaluate(run, options);
    same(errors, []);
    return result;
  } finally {
    await context.close();
  }
}

const story = async ({ endpoint, token }) => {
  const hub = new globalThis.hubkey.Hub({ endpoint });
  const { name } = await hub.login({ token });
  const models = [];
  for await (const it of hub.listModels({ author: "ada", pageSize: 2, limit: 5 })) models.push(it.id);
  const renamed = await hub.modelInfo({ repo: "ada/old-name" }).then((it) => it.id, (error) => error.code);
  const file = await hub.fetch(`${endpoint}/ada/tiny/resolve/main/model.safetensors`);
  const bytes = (await file.arrayBuffer()).byteLength;
  const made = await hub.createRepo({ repo: "ada/by-proxy", private: true }).then((it) => new URL(it.url).pathname);
  return { name, models: models.length, renamed, bytes, made };
};

for (const [what, { url, own }, renamed] of [["rewrites redirects", proxied, "ada/new-name"], ["rewrites none", bare, "not_found"]])
  test(`a Hub below a path of the page's own origin, by a proxy that ${what}`, async () => {
    await control.reset();
    const asked = new Set();
    const result = await inPage(`${url}/`, story, { endpoint: `${url}/hub`, token }, (context) => context.on("request", (it) => asked.add(new URL(it.url()).origin)));
    same(result, { name: "ada", models: 5, renamed, bytes: 5000, made: "/ada/by-proxy" });
    const seen = await control.requests();
    yes(seen.length > 6);
    for (const it of seen) same(Boolean(it.headers.authorization), it.origin === "hub", `${it.method} ${it.path} at ${it.origin}`);
    same([...asked], [url, hub.cdnUrl], "nobody else was asked for anything");
    // A browser follows by itself, and keeps the token on the page's own origin.
    same(own.filter((it) => it.authorization).map((it) => it.url), renamed === "not_found" ? ["/api/models/ada/new-name"] : []);
  });

const diagnosis = async ({ endpoint, token, store }) => {
  const { Hub, localStore } = globalThis.hubkey;
  const hub = new Hub({ endpoint, ...(store && { store: localStore() }) });
  if (store) await hub.login({ token });
  else if (token) await hub.setToken({ token });
  const report = await globalThis.diagnose(hub);
  return { ok: report.ok, keys: Object.keys(localStorage), ...Object.fromEntries(report.checks.map((it) => [it.name, it])) };
};
const look = async (path, options, prepare) => {
  const report = await inPage(`${proxied.url}${path}`, diagnosis, options, prepare);
  lacks(JSON.stringify(report), token);
  return report;
};

test("a page that is allowed everything: all in order, and the clock is hidden", async () => {
  const it = await look("/", { endpoint: hub.url, token, store: true });
  same([it.ok, it.token.from, it.store.kind, it.store.persists, it.csp.status, it.clock.status], [true, "store", "local", true, "ok", "unknown"]);
  same(it.keys, [`hubkey:${hub.url}`], "the probe is gone");
  const near = await look("/", { endpoint: `${proxied.url}/hub`, token, store: true });
  same([near.ok, near.clock.status], [true, "ok"], "on its own origin a page reads every header");
});

test("a policy that does not let the page ask is named, with what to add", async () => {
  const { ok, csp, endpoint, accepted } = await look("/strict", { endpoint: hub.url, token });
  same([ok, csp.status, endpoint.status, endpoint.code, accepted.status], [false, "failed", "failed", "network", "unknown"]);
  same(csp.refused, [{ directive: "connect-src", blocked: `${hub.url}/api/whoami-v2` }]);
  has(csp.fix, `${hub.url} to connect-src`);
  has(endpoint.message, "policy");
  const same_ = await look("/strict", { endpoint: `${proxied.url}/hub`, token });
  same([same_.ok, same_.csp.status], [true, "ok"], "the proxy on the page's own origin is allowed");
});

test("a server that answers and lets no page read it is told from one that is not there", async () => {
  const there = await look("/", { endpoint: `http://127.0.0.1:${closed.address().port}`, token });
  same([there.endpoint.status, there.endpoint.code, there.csp.status], ["failed", "network", "ok"]);
  has(there.endpoint.message, "CORS");
  has(there.endpoint.fix, "Access-Control-Allow-Origin");
  const gone = await look("/", { endpoint: "http://127.0.0.1:9", token });
  has(gone.endpoint.message, "a browser does not say why");
});

test("a device without a network is told by its own word", async () => {
  const it = await look("/", { endpoint: hub.url, token }, (context) => context.setOffline(true));
  has(it.endpoint.message, "this device is offline");
});
