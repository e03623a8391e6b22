// What sign-in asks of a browser, in Firefox: the cases of OAuth and of the vault, and real pages that are left and come
// back to, open a window, and share a sign-in. Everything else is played in Chromium.
import { after, test } from "node:test";
import { launch } from "puppeteer-core";
import { same } from "../support/check.mjs";
import { connect } from "../support/control.mjs";
import { localhub } from "../support/localhub.mjs";
import { judge } from "./judge.mjs";
import { imports, site } from "./site.mjs";
import { tables } from "./tables.mjs";

const played = Object.fromEntries(Object.entries(tables).filter(([file]) => /^(oauth|vault|remember$|exchange)/.test(file)));
const hub = await localhub();
const { control } = await connect(hub.url, hub.cdnUrl);
const app = `<!doctype html><link rel="icon" href="data:,"><button>Sign in</button>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
  import { Hub, localStore } from "hubkey";
  import { oauth } from "hubkey/oauth";
  import { vaultStore } from "hubkey/vault";
  const store = location.pathname === "/callback" ? vaultStore() : localStore();
  const hub = new Hub({ endpoint: "${hub.url}", store, oauth: oauth({ clientId: "hubkey-test-public", scopes: ["read-repos"] }) });
  const told = (work) => work.then((it) => it && { name: it.name, returnTo: it.returnTo ?? "", persisted: it.persisted }, ({ code }) => ({ code }));
  globalThis.hub = hub;
  globalThis.back = told(hub.handleRedirect());
  document.querySelector("button").onclick = () => { globalThis.result = told(hub.signIn({ popup: true })); };
  globalThis.call = (times) => Promise.all(Array.from({ length: times }, () => hub.whoami({ cache: false }).then((it) => it.name, (error) => error.code)));
  globalThis.ready = true;
</script>`;
const url = await site(Object.keys(played), hub, { "/app": app, "/callback": app, "/oauth/callback": app });

const browser = await launch({
  browser: "firefox", executablePath: process.env.HUBKEY_FIREFOX, headless: true, timeout: 120_000,
  extraPrefsFirefox: {
    // A fresh profile would ask and tell.
    "app.update.enabled": false, "datareporting.policy.dataSubmissionEnabled": false, "network.captive-portal-service.enabled": false,
    "network.connectivity-service.enabled": false, "services.settings.server": "",
  },
});
after(() => browser.close());

let tab;
await judge("firefox", hub, async (file, name) => {
  if (!tab) {
    tab = await browser.newPage();
    await tab.goto(url);
    await tab.waitForFunction(() => globalThis.play, { timeout: 60_000 });
  }
  return tab.evaluate((file, name) => globalThis.play(file, name), file, name);
}, played);

const counts = async () => {
  const lines = (await control.lines()).map((it) => it.split("?")[0]);
  return ["GET /.well-known/openid-configuration", "POST /oauth/token", "GET /oauth/userinfo", "GET /api/whoami-v2"].map((it) => lines.filter((line) => line === it).length);
};

/** Each in a browser without a past, on a clean Hub. */
function playing(name, path, run) {
  test(name, async () => {
    await control.reset();
    const context = await browser.createBrowserContext();
    const open = async () => {
      const tab = await context.newPage();
      await tab.goto(`${url}${path}`);
      await ready(tab);
      return tab;
    };
    try { await run(await open(), open, context); } finally { await context.close(); }
  });
}
const ready = (tab) => tab.waitForFunction(() => globalThis.ready, { timeout: 30_000 });
const at = (tab, part) => tab.waitForFunction((part) => location.href.includes(part), { timeout: 30_000 }, part);
/** The page of consent. */
const allow = async (tab) => {
  await tab.waitForSelector("button[value=allow]", { timeout: 30_000 });
  await tab.click("button[value=allow]");
};

playing("the page is left and come back to, with a clean address and no request too many", "/callback", async (tab) => {
  await tab.evaluate(() => void globalThis.hub.signIn({ returnTo: "/inbox" }));
  await allow(tab);
  await at(tab, `${url}/callback`);
  await ready(tab);
  same(await tab.evaluate(() => globalThis.back), { name: "ada", returnTo: "/inbox", persisted: true });
  same([tab.url(), await counts()], [`${url}/callback`, [1, 1, 1, 0]]);
  await tab.reload();
  await ready(tab);
  same(await tab.evaluate(async () => [await globalThis.back, Boolean(await globalThis.hub.getToken()), globalThis.hub.session.identity.name, localStorage.length, sessionStorage.length]), [null, true, "ada", 0, 0], "the vault has it");
  same(await counts(), [1, 1, 1, 0]);
});

playing("a window beside the page signs it in, though the Hub cuts the tie, and closes", "/callback", async (tab, _, context) => {
  const target = context.waitForTarget((it) => it.url().includes("/oauth/authorize"), { timeout: 30_000 });
  await tab.click("button");
  const window = await (await target).page();
  await allow(window);
  await tab.waitForFunction(() => globalThis.hub.session.status === "signed_in", { timeout: 30_000 });
  same([await tab.evaluate(() => globalThis.result), await counts()], [{ name: "ada", returnTo: "", persisted: true }, [1, 1, 1, 0]]);
  for (let n = 0; n < 100 && (await context.pages()).length > 1; n++) await new Promise((done) => setTimeout(done, 50));
  same((await context.pages()).length, 1);
});

playing("what another origin says to a page that waits for its window is not believed", "/callback", async (tab, _, context) => {
  const target = context.waitForTarget((it) => it.url().includes("/oauth/authorize"), { timeout: 30_000 });
  await tab.click("button");
  const window = await (await target).page();
  const state = new URL(window.url()).searchParams.get("state");
  await tab.evaluate(async ({ elsewhere, said }) => {
    const frame = Object.assign(document.createElement("iframe"), { src: elsewhere });
    const loaded = new Promise((done) => { frame.onload = done; });
    document.body.append(frame);
    await loaded;
    postMessage(said, "*");
    frame.contentWindow.postMessage(said, "*");
  }, { elsewhere: url.replace("127.0.0.1", "localhost"), said: { hubkey: "callback", url: `${url}/callback?code=FakeCodeOfAnother&state=${state}&iss=${hub.url}` } });
  await allow(window);
  await tab.waitForFunction(() => globalThis.hub.session.status === "signed_in", { timeout: 30_000 });
  const forms = (await control.requests()).filter(({ path }) => path === "/oauth/token").map(({ body }) => body);
  same([forms.length, JSON.stringify(forms).includes("FakeCodeOfAnother")], [1, false]);
});

async function threeTabs(tab, open) {
  const path = new URL(tab.url()).pathname;
  await tab.evaluate(() => void globalThis.hub.signIn());
  await allow(tab);
  await at(tab, `${url}${path}`);
  await ready(tab);
  same((await tab.evaluate(() => globalThis.back)).name, "ada");
  const tabs = [tab, await open(), await open()];
  await control.standing("oauth-1", { expired: true });
  same(await Promise.all(tabs.map((it) => it.evaluate(() => globalThis.call(8)))), Array(3).fill(Array(8).fill("ada")));
  const { refreshes, familiesKilled } = (await (await fetch(`${hub.url}/_localhub/oauth`)).json()).counts;
  same({ refreshes, familiesKilled }, { refreshes: 1, familiesKilled: 0 });
}

playing("three tabs with an expired token are one renewal", "/oauth/callback", threeTabs);
playing("three tabs over the vault are one renewal", "/callback", threeTabs);

playing("a tab that dies while it renews, and a lock that nobody gives back, hold no other tab up", "/oauth/callback", async (tab, open) => {
  await tab.evaluate(() => void globalThis.hub.signIn());
  await allow(tab);
  await at(tab, `${url}/oauth/callback`);
  await ready(tab);
  same((await tab.evaluate(() => globalThis.back)).name, "ada");
  const [dying, holding] = [await open(), await open()];
  await control.standing("oauth-1", { expired: true });
  // It never arrives: had the Hub answered into the void, the only good token would be lost with the tab.
  await dying.evaluate(() => new Promise((asked) => {
    const { fetch } = globalThis;
    globalThis.fetch = (url, init) => (`${url}`.endsWith("/oauth/token") ? (asked(), new Promise(() => {})) : fetch(url, init));
    void globalThis.call(1);
  }));
  await dying.close();
  await holding.evaluate((name) => new Promise((held) => void navigator.locks.request(name, () => (held(), new Promise(() => {})))), `hubkey:renew:hubkey:${hub.url}`);
  same(await tab.evaluate(() => globalThis.call(4)), Array(4).fill("ada"));
  same((await (await fetch(`${hub.url}/_localhub/oauth`)).json()).counts.refreshes, 1);
});
