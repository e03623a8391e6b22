// A page that signs in at somebody else's OpenID server, on another origin: through that server's own pages and its CORS.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, test } from "node:test";
import { chromium } from "playwright-core";
import { lacks, same } from "../support/check.mjs";
import { ENTRY } from "../support/entry.mjs";
import { openIdServer } from "../support/openid.mjs";

const { issuer, provider, stop } = await openIdServer();
after(stop);

const imports = { hubkey: ENTRY === "hubkey/js" ? "/node_modules/hubkey/js.js" : "/node_modules/hubkey/inline.js", "hubkey/oauth": "/node_modules/hubkey/oauth.js" };
const page = `<!doctype html>
<link rel="icon" href="data:,">
<button>Sign in</button>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
  import { Hub, localStore } from "hubkey";
  import { oauth } from "hubkey/oauth";
  const told = (work) => work.then((me) => me && { id: me.id, name: me.name, scopes: me.grantedScopes, returnTo: me.returnTo }, ({ code, message }) => ({ code, message }));
  const hub = new Hub({ endpoint: "${issuer}", store: localStore(), oauth: oauth({ clientId: "fake-public", scopes: ["email"] }) });
  const asks = async () => { const answer = await hub.fetch("${issuer}/me"); return answer.ok ? (await answer.json()).sub : answer.status; };
  Object.assign(globalThis, { hub, asks, back: told(hub.handleRedirect()) });
  document.querySelector("button").onclick = () => { globalThis.result = told(hub.signIn(globalThis.options)); };
  globalThis.ready = true;
</script>`;

const server = createServer(async ({ url }, response) => {
  const { pathname } = new URL(url, "http://own");
  const body = pathname === "/callback" ? page : await readFile(join(import.meta.dirname, "..", pathname)).catch(() => undefined);
  response.writeHead(body === undefined ? 404 : 200, { "content-type": pathname === "/callback" ? "text/html" : "text/javascript" }).end(body);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
after(() => { server.closeAllConnections(); server.close(); });
const app = `http://127.0.0.1:${server.address().port}/callback`;

const browser = await chromium.launch({
  executablePath: process.env.HUBKEY_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
after(() => browser.close());

const started = (tab) => tab.waitForFunction(() => globalThis.ready, undefined, { timeout: 30_000 });
/** Its pages: who one is, and whether one agrees. */
const agree = async (tab) => {
  await tab.fill("input[name=login]", "ada-1");
  await tab.fill("input[name=password]", "any");
  await tab.click("button[type=submit]");
  await tab.waitForSelector("input[name=prompt][value=consent]", { state: "attached" });
  await tab.click("button[type=submit]");
};
const playing = (name, run) =>
  test(name, async () => {
    const context = await browser.newContext(), said = [];
    context.on("weberror", (error) => said.push(String(error.error())));
    try {
      const tab = await context.newPage();
      await tab.goto(app);
      await started(tab);
      await run(tab);
      same(said, []);
    } finally {
      await context.close();
    }
  });

const ME = { id: "ada-1", name: "ada", scopes: ["openid", "profile", "email"] };

playing("the page is left, comes back signed in, and renews a token that is refused", async (tab) => {
  await tab.evaluate(() => { globalThis.options = { returnTo: "/inbox" }; });
  await tab.click("button");
  await tab.waitForURL(/\/interaction\//);
  await agree(tab);
  await tab.waitForURL(`${app}**`);
  await started(tab);
  same(await tab.evaluate(() => globalThis.back), { ...ME, returnTo: "/inbox" });
  lacks(tab.url(), "code=");
  same(await tab.evaluate(() => globalThis.asks()), "ada-1");
  const first = await tab.evaluate(() => globalThis.hub.getToken());
  await (await provider.AccessToken.find(first)).destroy();
  same(await tab.evaluate(() => globalThis.asks()), "ada-1");
  same(await tab.evaluate(async (first) => (await globalThis.hub.getToken()) !== first, first), true);
  await tab.reload();
  await started(tab);
  same(await tab.evaluate(async () => [await globalThis.back, await globalThis.asks(), globalThis.hub.session.status]), [null, "ada-1", "signed_in"]);
});

playing("a window beside the page does it too", async (tab) => {
  await tab.evaluate(() => { globalThis.options = { popup: true }; });
  const [window] = await Promise.all([tab.waitForEvent("popup"), tab.click("button")]);
  await window.waitForURL(/\/interaction\//);
  await agree(window);
  same(await tab.evaluate(() => globalThis.result), { ...ME, returnTo: undefined });
  same([await tab.evaluate(() => globalThis.asks()), tab.url()], ["ada-1", app]);
});
