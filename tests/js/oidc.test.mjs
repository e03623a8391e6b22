// At somebody else's OpenID server, as plain as it comes. A person's way through its pages is walked by forms; places/oidc.test.mjs
// goes it in a browser.
import { after, test } from "node:test";
import { oauth } from "hubkey/oauth";
import { fails, same, yes } from "./support/check.mjs";
import { ENTRY } from "./support/entry.mjs";
import { REDIRECT, openIdServer } from "./support/openid.mjs";

const { Hub, memoryStore } = await import(ENTRY);
const { issuer, provider, stop } = await openIdServer();
after(stop);

/** A browser without windows: cookies, redirects, and the first form of each page, until it leads away from here. */
async function walk(url, fill) {
  const jar = new Map();
  const go = async (url, init = {}) => {
    const response = await fetch(url, { ...init, redirect: "manual", headers: { ...init.headers, cookie: [...jar].map((it) => it.join("=")).join("; ") } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    const to = response.headers.get("location");
    if (to) {
      const next = new URL(to, url).href;
      return next.startsWith(issuer) ? go(next) : next;
    }
    const page = await response.text();
    const abort = fill.leaves && /href="([^"]+\/abort)"/.exec(page);
    if (abort) return go(new URL(abort[1], url).href);
    const form = /<form[^>]*action="([^"]+)"/.exec(page);
    if (!form) return page;
    const part = (tag, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
    const fields = (page.match(/<input[^>]*>/g) ?? []).map((tag) => [part(tag, "name"), fill[part(tag, "name")] ?? part(tag, "value") ?? ""]);
    return go(new URL(form[1], url).href, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: `${new URLSearchParams(fields)}` });
  };
  return go(url);
}

const client = (app, fetch, store) => new Hub({ endpoint: issuer, fetch, store, oauth: oauth({ clientId: "fake-public", redirectUrl: REDIRECT, scopes: ["email"], ...app }) });
const walked = async (hub, fill = { login: "ada-1", password: "any" }) => {
  let url;
  await hub.signIn({ navigate: (it) => { url = it; } });
  return walk(url, fill);
};

const APPS = { "without a secret": {}, "with a secret": { clientId: "fake-server", clientSecret: "fake-secret/+:" } };
for (const [what, app] of Object.entries(APPS))
  test(`an app ${what} signs in there, with who it is`, async () => {
    const hub = client(app), back = await walked(hub);
    const me = await hub.handleRedirect({ url: back });
    same([me.id, me.name, me.fullname, me.email, me.emailVerified, me.orgs, me.grantedScopes], ["ada-1", "ada", "Ada L.", "ada@example.org", true, [], ["openid", "profile", "email"]]);
    same([hub.session.status, hub.session.profile, hub.session.identity.name], ["signed_in", "oauth-ada", "ada"]);
    yes((await hub.getToken()).length > 20);
    await fails(hub.handleRedirect({ url: back }), "state_mismatch");
  });

/** It names no interval, and five seconds are long for a test. */
const hasty = async (url, init) => {
  const answer = await fetch(url, init);
  return url.endsWith("/device/auth") ? Response.json({ ...(await answer.json()), interval: 1 }) : answer;
};

test("a person agrees there on another screen", async () => {
  const hub = client({}, hasty);
  const me = await hub.deviceLogin({ onCode: async ({ verificationUriComplete }) => void (await walk(verificationUriComplete, { login: "ada-1", password: "any" })) });
  same([me.id, me.name, hub.session.status], ["ada-1", "ada", "signed_in"]);
});

/** What the server itself knows the person by; the Hub's whoami it has not. */
const asks = async (hub) => {
  const answer = await hub.fetch(`${issuer}/me`);
  return answer.ok ? (await answer.json()).sub : answer.status;
};
const revoke = async (hub) => (await provider.AccessToken.find(await hub.getToken())).destroy();

for (const [what, app] of Object.entries(APPS))
  test(`an app ${what} renews there, each time by another refresh token, and an old one ends it`, async () => {
    const forms = [];
    const fetch = (url, init) => {
      if (url.endsWith("/token")) forms.push(Object.fromEntries(new URLSearchParams(init.body)));
      return globalThis.fetch(url, init);
    };
    const records = new Map(), store = { load: (key) => records.get(key), save: (record, key) => void records.set(key, record), clear: (key) => void records.delete(key) };
    const hub = client(app, fetch, store);
    await hub.handleRedirect({ url: await walked(hub) });
    same(await asks(hub), "ada-1");
    const [first, [[key, old]]] = [await hub.getToken(), [...records]];
    for (const nth of [2, 3]) {
      await revoke(hub);
      same(await asks(hub), "ada-1", "a token that is refused is renewed, and the call made again");
      same(forms.length, nth);
    }
    yes((await hub.getToken()) !== first);
    same(forms.map((it) => it.grant_type), ["authorization_code", "refresh_token", "refresh_token"]);
    yes(forms[1].refresh_token !== forms[2].refresh_token, "each is used once");
    same([hub.session.status, hub.session.identity.name], ["signed_in", "ada"]);

    // Where somebody has a copy of an old record: the server takes the whole sign-in away, as RFC 9700 wants it.
    const copy = client(app, fetch, { load: () => old, save: () => {}, clear: () => {} });
    await fails(asks(copy), "signed_out");
    await fails(asks(hub), "signed_out");
    same([hub.session.status, records.get(key)?.includes("refreshToken") ?? false], ["signed_out", false]);
  });

test("a person who leaves its page is told as one who refused", async () => {
  const hub = client(), back = await walked(hub, { leaves: true });
  same(new URL(back).searchParams.get("error"), "access_denied");
  await fails(hub.handleRedirect({ url: back }), "access_denied");
  same(hub.session.status, "signed_out");
});
