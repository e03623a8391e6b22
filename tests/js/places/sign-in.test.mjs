// Signing in from a real page: away and back, in a window beside it, from a frame. tests/THREATS.md, rows 29, 34, 39, 41.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, test } from "node:test";
import { chromium } from "playwright-core";
import { has, lacks, same } from "../support/check.mjs";
import { connect } from "../support/control.mjs";
import { ENTRY } from "../support/entry.mjs";
import { localhub } from "../support/localhub.mjs";
import { saying } from "../support/proxies.mjs";

const hub = await localhub();
after(hub.stop);
const { control } = await connect(hub.url, hub.cdnUrl);
const settings = async (path, it) => {
  const answer = await fetch(`${hub.url}/_localhub/oauth${path}`, { method: "POST", body: JSON.stringify(it) });
  if (!answer.ok) throw new Error(await answer.text());
};
// As huggingface.co does it, localhub cuts the tie between a window and who opened it. Another server may not.
const tied = await saying(hub.url, { "cross-origin-opener-policy": "unsafe-none" });
after(() => tied.stop());

const imports = { hubkey: ENTRY === "hubkey/js" ? "/node_modules/hubkey/js.js" : "/node_modules/hubkey/inline.js", "hubkey/oauth": "/node_modules/hubkey/oauth.js" };
const page = (endpoint, app = "") => `<!doctype html>
<link rel="icon" href="data:,">
<button>Sign in</button>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
  import { Hub, sessionStore } from "hubkey";
  import { oauth } from "hubkey/oauth";
  const told = (work) => work.then((me) => me && { name: me.name, scopes: me.grantedScopes, returnTo: me.returnTo, state: me.state }, ({ code, hint, fix }) => ({ code, hint, fix }));
  const hub = new Hub({ endpoint: "${endpoint}", store: sessionStore(), oauth: oauth({ clientId: "hubkey-test-public", scopes: ["read-repos"]${app} }) });
  globalThis.another = (more) => new Hub({ endpoint: "${endpoint}", ...more, oauth: oauth({ clientId: "hubkey-test-another" }) });
  const twice = [hub.handleRedirect(), hub.handleRedirect()].map(told);
  Object.assign(globalThis, { hub, told, sessionStore, back: Promise.all(twice), address: location.href });
  document.querySelector("button").onclick = () => { globalThis.result = told(hub.signIn(globalThis.options ?? { popup: true })); };
  globalThis.ready = true;
</script>`;
/** The app in a page of another site. */
const framing = (path) => `<!doctype html><link rel="icon" href="data:,"><iframe src="http://localhost:${server.address().port}${path}"></iframe>`;

const server = createServer(async ({ url }, response) => {
  const { pathname } = new URL(url, "http://own");
  const pages = { "/": page(hub.url), "/callback": page(tied.url), "/oauth/callback": page(hub.url, ', redirectUrl: location.origin + "/oauth/callback?app=1"'), "/frame": framing("/callback"), "/framed": framing("/"), "/other": "<!doctype html>" };
  const body = pages[pathname] ?? await readFile(join(import.meta.dirname, "..", pathname)).catch(() => undefined);
  // As the Hub's page around a Space has it.
  const more = pathname === "/framed" && { "cross-origin-opener-policy": "same-origin" };
  response.writeHead(body === undefined ? 404 : 200, { "content-type": pages[pathname] ? "text/html" : "text/javascript", ...more }).end(body);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
after(() => { server.closeAllConnections(); server.close(); });
const { port } = server.address(), app = `http://127.0.0.1:${port}`;

const browser = await chromium.launch({
  executablePath: process.env.HUBKEY_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
after(() => browser.close());

const started = (tab) => tab.waitForFunction(() => globalThis.ready, undefined, { timeout: 30_000 });
const allow = async (tab) => tab.click("button[value=allow]");
const back = async (tab) => (await started(tab), tab.evaluate(() => globalThis.back));
const result = (tab) => tab.evaluate(() => globalThis.result);
const status = (tab) => tab.evaluate(() => globalThis.hub.session.status);
/** How often each part of the server was asked for, by a page and not by going there. */
const counts = async () => {
  const lines = (await control.lines()).map((it) => it.split("?")[0]);
  return ["GET /.well-known/openid-configuration", "POST /oauth/token", "GET /oauth/userinfo", "GET /api/whoami-v2"].map((it) => lines.filter((line) => line === it).length);
};
/** A window that the click opens. */
const opened = async (tab, click = () => tab.click("button")) => {
  const [window] = await Promise.all([tab.waitForEvent("popup"), click()]);
  await window.waitForURL(/oauth\/authorize/);
  return window;
};

/** Each on a clean Hub and in a browser without a past; in the end nobody said a word on the console. */
function playing(name, run, url = "/") {
  test(name, async () => {
    await control.reset();
    const context = await browser.newContext(), said = [];
    // What the Hub's own pages say is no concern of ours.
    context.on("console", (message) => { if (message.location().url.startsWith(app)) said.push(message.text()); });
    context.on("weberror", (error) => said.push(String(error.error())));
    try {
      const tab = await context.newPage();
      await tab.goto(`${app}${url}`);
      if (!url.startsWith("/frame")) await started(tab);
      await run(tab, context);
      same(said, []);
    } finally {
      await context.close();
    }
  });
}

playing("the page is left and come back to, signed in and with a clean address", async (tab, context) => {
  same(await back(tab), [null, null]);
  await tab.evaluate(() => void globalThis.hub.signIn({ returnTo: "/inbox?x=1", state: { draft: 7 } }));
  await tab.waitForURL(/oauth\/authorize/);
  await allow(tab);
  await tab.waitForURL(`${app}/`);
  const me = { name: "ada", scopes: ["openid", "profile", "read-repos"], returnTo: "/inbox?x=1", state: { draft: 7 } };
  same(await back(tab), [me, me], "both who took it have the same answer");
  same([await status(tab), tab.url(), await tab.evaluate(() => globalThis.address)], ["signed_in", `${app}/`, `${app}/`]);
  same(await tab.evaluate(() => Object.keys(sessionStorage).filter((it) => it.startsWith("hubkey:oauth"))), []);
  same(await counts(), [1, 1, 1, 0]);
  const devtools = await context.newCDPSession(tab);
  for (const { url } of (await devtools.send("Page.getNavigationHistory")).entries) lacks(url, "code=");
  await tab.reload();
  same([await back(tab), await tab.evaluate(() => globalThis.hub.getToken().then(Boolean)), await status(tab)], [[null, null], true, "signed_in"]);
  same(await counts(), [1, 1, 1, 0]);
});

playing("what the app has in its address stays there", async (tab) => {
  await settings("/clients", { clientId: "hubkey-test-public", redirectUris: ["http://127.0.0.1/oauth/callback?app=1"], scope: "openid profile read-repos" });
  await tab.evaluate(() => void globalThis.hub.signIn());
  await tab.waitForURL(/oauth\/authorize/);
  await allow(tab);
  await tab.waitForURL(`${app}/oauth/callback?app=1`);
  same((await back(tab))[0].name, "ada");
  await tab.goto(`${app}/oauth/callback?app=a%20b&state=x&error=access_denied&z#top`);
  same((await back(tab)).map((it) => it?.code), ["state_mismatch", "state_mismatch"]);
  same(tab.url(), `${app}/oauth/callback?app=a%20b&z#top`);
}, "/oauth/callback");

playing("a refusal comes back as one", async (tab) => {
  await tab.evaluate(() => void globalThis.hub.signIn());
  await tab.waitForURL(/oauth\/authorize/);
  await tab.click("button[value=deny]");
  await tab.waitForURL(`${app}/`);
  same((await back(tab)).map((it) => it.code), ["access_denied", "access_denied"]);
  same([(await status(tab)) === "signed_in", (await counts())[1]], [false, 0]);
});

playing("a callback that was used, or that nobody here began, is not taken", async (tab, context) => {
  const seen = [];
  tab.on("request", (it) => { if (it.url().includes("code=")) seen.push(it.url()); });
  await tab.evaluate(() => void globalThis.hub.signIn());
  await tab.waitForURL(/oauth\/authorize/);
  await allow(tab);
  await tab.waitForURL(`${app}/`);
  await back(tab);
  await tab.goto(seen[0]);
  same([(await back(tab)).map((it) => it.code), tab.url()], [["state_mismatch", "state_mismatch"], `${app}/`]);
  const stranger = await (await context.browser().newContext()).newPage();
  await stranger.goto(seen[0]);
  same((await back(stranger))[0].code, "state_mismatch");
  await stranger.context().close();
  same((await counts())[1], 1);
});

playing("another library's callback is left alone", async (tab) => {
  await tab.goto(`${app}/?code=theirs&state=theirs`);
  same([await back(tab), tab.url()], [[null, null], `${app}/?code=theirs&state=theirs`]);
});

playing("of two apps in one page each gets its own sign-in, whichever asks first", async (tab) => {
  await settings("/clients", { clientId: "hubkey-test-another", redirectUris: ["http://127.0.0.1/callback"], scope: "openid profile" });
  await tab.evaluate(() => void globalThis.another().signIn({ redirectUrl: `${location.origin}/callback` }));
  await tab.waitForURL(/oauth\/authorize/);
  await allow(tab);
  await tab.waitForURL(/\/callback\?code=/);
  same(await back(tab), [null, null], "of another Hub");
  const address = tab.url().replace("/callback?", "/?");
  await tab.goto(address);
  same([await back(tab), tab.url()], [[null, null], address], "of another app; the address is left alone too");
  const met = await tab.evaluate(async () => {
    const { hub, another, told, sessionStore } = globalThis, store = () => ({ store: sessionStore({ key: "another" }) });
    // The last one is of the same app too, but has a memory of its own.
    const clients = [another(store()), hub, another(store()), another()];
    const names = (await Promise.all(clients.map((it) => told(it.handleRedirect())))).map((it) => it && (it.name ?? it.code));
    return [names, await Promise.all(clients.map((it) => it.getToken().then(Boolean)))];
  });
  same([met, tab.url()], [[["ada", null, "ada", null], [true, false, true, false]], `${app}/`]);
  same((await counts())[1], 1);
});

playing("an error that comes back without its state is told to who began it, and to nobody else", async (tab) => {
  const bare = `${app}/?error=invalid_request&error_description=call%20555`;
  await tab.goto(bare);
  same([await back(tab), tab.url()], [[null, null], bare], "nobody began anything: it is the app's own");
  await tab.evaluate(() => void globalThis.hub.signIn());
  await tab.waitForURL(/oauth\/authorize/);
  await tab.goto(`${app}/?error=quota`);
  same([await back(tab), tab.url()], [[null, null], `${app}/?error=quota`], "no word of OAuth's");
  await tab.goto(bare);
  same([(await back(tab)).map((it) => it?.code), tab.url()], [["invalid_request", "invalid_request"], `${app}/`]);
  same((await counts())[1], 0);
});

playing("two tabs sign in at once, and end in the other order", async (tab, context) => {
  const other = await context.newPage();
  await other.goto(app);
  await started(other);
  for (const it of [tab, other]) {
    await it.evaluate(() => void globalThis.hub.signIn());
    await it.waitForURL(/oauth\/authorize/);
  }
  for (const it of [other, tab]) {
    await allow(it);
    await it.waitForURL(`${app}/`);
    same((await back(it))[0].name, "ada");
  }
});

playing("a window beside the page signs it in, and closes", async (tab) => {
  const window = await opened(tab);
  const closing = window.waitForEvent("close");
  await allow(window);
  await closing;
  same([(await result(tab)).name, await status(tab), tab.url()], ["ada", "signed_in", `${app}/callback`]);
  same(await counts(), [1, 1, 1, 0]);
}, "/callback");

playing("it does so where the Hub cuts the tie between them", async (tab) => {
  const window = await opened(tab);
  const closing = window.waitForEvent("close");
  await allow(window);
  same((await result(tab)).name, "ada");
  await closing;
  same([await status(tab), (await counts())[1]], ["signed_in", 1]);
});

playing("a person who comes back to a window that seemed closed is signed in all the same", async (tab) => {
  const window = await opened(tab);
  // Here a page always has the focus: to it the person is back at once.
  same((await result(tab)).code, "access_denied");
  await allow(window);
  await tab.waitForFunction(() => globalThis.hub.session.status === "signed_in", undefined, { timeout: 10_000 });
});

playing("a window that is closed ends the attempt, and so does a signal", async (tab) => {
  await (await opened(tab)).close();
  same((await result(tab)).code, "access_denied");
  await tab.evaluate(() => {
    globalThis.stop = new AbortController();
    globalThis.options = { popup: true, signal: globalThis.stop.signal };
  });
  const window = await opened(tab), closing = window.waitForEvent("close");
  await tab.evaluate(() => globalThis.stop.abort());
  same((await result(tab)).code, "aborted");
  await closing;
  same((await counts())[1], 0);
}, "/callback");

playing("a second attempt ends the first, and its window", async (tab) => {
  const first = await opened(tab), closing = first.waitForEvent("close");
  await tab.evaluate(() => { globalThis.earlier = globalThis.result; });
  const second = await opened(tab);
  same((await tab.evaluate(() => globalThis.earlier)).code, "aborted");
  await closing;
  await allow(second);
  same((await result(tab)).name, "ada");
}, "/callback");

playing("a browser that opens no window is an error that says what to do", async (tab) => {
  await tab.evaluate(() => { globalThis.open = () => null; });
  await tab.click("button");
  const { code, hint } = await result(tab);
  same(code, "popup_blocked");
  has(hint, "click", "deviceLogin()");
  same(await counts(), [0, 0, 0, 0]);
});

playing("what other windows and origins say is not believed", async (tab) => {
  await tab.evaluate((other) => {
    for (const src of [other, "/other"]) document.body.append(Object.assign(document.createElement("iframe"), { src }));
  }, `http://localhost:${port}/other`);
  const window = await opened(tab), state = new URL(window.url()).searchParams.get("state");
  const said = { hubkey: "callback", url: `${app}/callback?code=FakeCodeOfAnother&state=${state}&iss=${tied.url}` };
  await tab.waitForFunction(() => frames.length === 2);
  for (const frame of tab.frames().slice(1)) {
    await frame.waitForLoadState();
    await frame.evaluate((it) => parent.postMessage(it, "*"), said);
  }
  // From the page itself, and from the right window with another's state.
  await tab.evaluate((it) => postMessage(it, "*"), said);
  const closing = window.waitForEvent("close");
  await allow(window);
  same((await result(tab)).name, "ada");
  await closing;
  const forms = (await control.requests()).filter(({ path }) => path === "/oauth/token").map(({ body }) => body);
  same(forms.length, 1);
  lacks(JSON.stringify(forms), "FakeCodeOfAnother");
}, "/callback");

playing("a window whose page is gone says that nobody began it", async (tab, context) => {
  const window = await opened(tab);
  await tab.close();
  await allow(window);
  await window.waitForURL(`${app}/`);
  same((await back(window)).map((it) => it.code), ["state_mismatch", "state_mismatch"]);
  same([(await counts())[1], context.pages().length], [0, 1]);
});

playing("in a frame it is a window by itself", async (tab) => {
  const frame = tab.frames()[1];
  await started(frame);
  await frame.evaluate(() => { globalThis.options = {}; });
  const window = await opened(tab, () => frame.click("button")), closing = window.waitForEvent("close");
  await allow(window);
  await closing;
  same([(await result(frame)).name, await status(frame)], ["ada", "signed_in"]);
}, "/frame");

playing("in a frame of the Hub, where windows are cut off from the start, the app opens on its own and the error leads there", async (tab, context) => {
  const frame = tab.frames()[1];
  await started(frame);
  await Promise.all([context.waitForEvent("page"), frame.click("button")]);
  const { code, fix } = await result(frame);
  same([code, fix, (await counts())[0]], ["popup_blocked", `http://localhost:${port}/`, 0]);
  const own = context.pages().at(-1);
  await started(own);
  same(own.url(), `http://localhost:${port}/`);
}, "/framed");
