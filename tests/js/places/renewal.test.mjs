// Tabs on one sign-in: a refresh token is good once, and the server ends the sign-in when an old one comes.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { chromium } from "playwright-core";
import { ENTRY } from "../support/entry.mjs";
import { connect } from "../support/control.mjs";
import { localhub } from "../support/localhub.mjs";

const hub = await localhub();
after(hub.stop);
const { control } = await connect(hub.url, hub.cdnUrl);

const modules = "/node_modules/hubkey";
const imports = { hubkey: ENTRY === "hubkey/js" ? `${modules}/js.js` : `${modules}/inline.js`, "hubkey/oauth": `${modules}/oauth.js` };
const page = `<!doctype html><link rel="icon" href="data:,"><script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
  import { Hub, localStore } from "hubkey";
  import { oauth } from "hubkey/oauth";
  globalThis.start = (endpoint) => {
    const make = () => new Hub({ endpoint, store: localStore(), oauth: oauth({ clientId: "hubkey-test-public" }) });
    globalThis.hubs = [make(), make()];
    globalThis.heard = [];
    globalThis.hubs[0].subscribe((session, change) => globalThis.heard.push([change?.kind ?? "first", session.status]));
  };
  globalThis.call = (times) => Promise.all(Array.from({ length: times }, (_, at) => globalThis.hubs[at % 2].whoami({ cache: false }).then((it) => it.name, (error) => error.code)));
</script>`;
const site = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://site");
  const body = pathname === "/" ? page : await readFile(join(import.meta.dirname, "..", pathname)).catch(() => undefined);
  response.writeHead(body ? 200 : 404, { "content-type": pathname === "/" ? "text/html" : "text/javascript" }).end(body);
});
await new Promise((done) => site.listen(0, "127.0.0.1", done));
after(() => { site.closeAllConnections(); site.close(); });
const url = `http://127.0.0.1:${site.address().port}/`;

const browser = await chromium.launch({
  executablePath: process.env.HUBKEY_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
after(() => browser.close());

const asked = async (path, body) => (await fetch(`${hub.url}${path}`, { method: "POST", body: new URLSearchParams(body), signal: AbortSignal.timeout(10_000) })).json();

/** The record of somebody who signed in on a device. */
async function signedIn() {
  const client_id = "hubkey-test-public";
  const { device_code, user_code } = await asked("/oauth/device", { client_id });
  await fetch(`${hub.url}/_localhub/oauth/devices/${user_code}`, { method: "POST", body: '{"allow":true}' });
  const it = await asked("/oauth/token", { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code, client_id });
  const grant = { v: 1, id: "s", refreshToken: it.refresh_token, expiresAt: Date.now() + it.expires_in * 1000, lifetimeMs: it.expires_in * 1000, scope: it.scope, clientId: client_id, tokenEndpoint: `${hub.url}/oauth/token` };
  return { version: 1, endpoint: hub.url, active: "oauth-ada", profiles: [{ name: "oauth-ada", token: it.access_token, grant: JSON.stringify(grant) }] };
}

const settings = (it) => fetch(`${hub.url}/_localhub/oauth`, { method: "POST", body: JSON.stringify(it) });
const counts = async () => (await (await fetch(`${hub.url}/_localhub/oauth`)).json()).counts;

beforeEach(() => control.reset());

async function tabs(count, record, use) {
  const context = await browser.newContext();
  try {
    const open = async () => {
      const tab = await context.newPage();
      const errors = [];
      tab.on("pageerror", (error) => errors.push(error.message));
      await tab.goto(url);
      await tab.waitForFunction(() => globalThis.start);
      return { tab, errors };
    };
    const all = [];
    for (let n = 0; n < count; n++) all.push(await open());
    await all[0].tab.evaluate(([endpoint, record]) => localStorage.setItem(`hubkey:${endpoint}`, JSON.stringify(record)), [hub.url, record]);
    for (const { tab } of all) await tab.evaluate((endpoint) => globalThis.start(endpoint), hub.url);
    await use(all.map((it) => it.tab));
    for (const { errors } of all) assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

/** With an access token that was good for a second. */
async function expired() {
  await settings({ accessSeconds: 1 });
  const record = await signedIn();
  await settings({ accessSeconds: 3600 });
  await new Promise((done) => setTimeout(done, 1100));
  return record;
}

test("eight calls in each of three tabs with an expired token are one renewal", async () => {
  await tabs(3, await expired(), async (all) => {
    const answers = await Promise.all(all.map((tab) => tab.evaluate(() => globalThis.call(8))));
    assert.deepEqual(answers, Array(3).fill(Array(8).fill("ada")));
    const { refreshes, familiesKilled } = await counts();
    assert.deepEqual({ refreshes, familiesKilled }, { refreshes: 1, familiesKilled: 0 });
    for (const tab of all) assert.deepEqual(await tab.evaluate(() => globalThis.heard.filter(([, status]) => status !== "signed_in")), [["first", "unknown"]]);
  });
});

test("the same where the clock says that it lasts, and the Hub that it does not", async () => {
  const record = await expired();
  const [profile] = record.profiles;
  profile.grant = JSON.stringify({ ...JSON.parse(profile.grant), expiresAt: Date.now() + 3 * 86_400_000 });
  await tabs(3, record, async (all) => {
    const answers = await Promise.all(all.map((tab) => tab.evaluate(() => globalThis.call(8))));
    assert.deepEqual(answers, Array(3).fill(Array(8).fill("ada")));
    const { refreshes, familiesKilled } = await counts();
    assert.deepEqual({ refreshes, familiesKilled }, { refreshes: 1, familiesKilled: 0 });
  });
});

test("a tab that dies while it renews, and a lock that nobody gives back, hold no other tab up", async () => {
  await tabs(3, await expired(), async ([dying, holding, other]) => {
    // It never arrives: had the Hub answered into the void, the only good token would be lost with the tab.
    await dying.evaluate(() => new Promise((asked) => {
      const real = globalThis.fetch;
      globalThis.fetch = (url, init) => (`${url}`.endsWith("/oauth/token") ? (asked(), new Promise(() => {})) : real(url, init));
      void globalThis.call(1);
    }));
    await dying.close();
    await holding.evaluate((name) => new Promise((held) => void navigator.locks.request(name, () => (held(), new Promise(() => {})))), `hubkey:renew:hubkey:${hub.url}`);
    assert.deepEqual(await other.evaluate(() => globalThis.call(4)), Array(4).fill("ada"));
    assert.deepEqual((await counts()).refreshes, 1);
  });
});

test("whoever waits behind several tabs has patience with each of them", async () => {
  await tabs(3, await expired(), async (all) => {
    const real = (tab, stub) => tab.evaluate((stub) => new Promise((asked) => {
      const { fetch } = globalThis;
      globalThis.fetch = async (url, init) => {
        if (`${url}`.endsWith("/oauth/token")) {
          asked();
          await (stub ? new Promise(() => {}) : new Promise((done) => setTimeout(done, 3000)));
        }
        return fetch(url, init);
      };
      globalThis.answers = globalThis.call(1);
      if (!stub) asked();
    }), stub);
    // The first one's request gets nowhere, for as long as it tries; the next one's takes three seconds.
    await real(all[0], true);
    await real(all[1], false);
    await real(all[2], false);
    assert.deepEqual(await Promise.all(all.slice(1).map((tab) => tab.evaluate(() => globalThis.answers))), [["ada"], ["ada"]]);
    assert.equal((await all[0].evaluate(() => globalThis.answers))[0], "timeout");
    assert.deepEqual(await all[0].evaluate(() => globalThis.call(1)), ["ada"]);
    const { refreshes, familiesKilled } = await counts();
    assert.deepEqual({ refreshes, familiesKilled }, { refreshes: 1, familiesKilled: 0 });
  });
});

test("a page that closes before anybody in it is told leaves the new token to the others", async () => {
  await tabs(2, await expired(), async ([closing, other]) => {
    // What would be told is the answer to the call, which never comes.
    await closing.evaluate(() => {
      const { fetch } = globalThis;
      globalThis.fetch = (url, init) => (`${url}`.includes("/api/") && globalThis.renewed ? new Promise(() => {}) : fetch(url, init).then((it) => ((globalThis.renewed ||= `${url}`.endsWith("/oauth/token")), it)));
      void globalThis.call(8);
    });
    const before = await other.evaluate(() => JSON.stringify(localStorage));
    await other.waitForFunction((before) => JSON.stringify(localStorage) !== before, before, { timeout: 15_000 });
    await closing.close();
    assert.deepEqual(await other.evaluate(() => globalThis.call(8)), Array(8).fill("ada"));
    const { refreshes, familiesKilled } = await counts();
    assert.deepEqual({ refreshes, familiesKilled }, { refreshes: 1, familiesKilled: 0 });
  });
});

test("a sign-in that the Hub ends is over in every tab", async () => {
  const record = await expired();
  await tabs(2, record, async ([one, other]) => {
    const spent = JSON.parse(record.profiles[0].grant).refreshToken;
    const body = { grant_type: "refresh_token", client_id: "hubkey-test-public", refresh_token: spent };
    await asked("/oauth/token", body);
    assert.equal((await asked("/oauth/token", body)).error, "invalid_grant");
    assert.deepEqual(await one.evaluate(() => globalThis.call(3)), Array(3).fill("signed_out"));
    assert.deepEqual(await one.evaluate(() => [globalThis.heard.at(-1), localStorage.length]), [["expired", "signed_out"], 0]);
    await other.waitForFunction(() => globalThis.heard.at(-1)[1] === "signed_out");
  });
});
