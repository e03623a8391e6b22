// At somebody else's OpenID server: oidc-provider, as plain as it comes. A person's way through its pages is walked by forms.
import { createServer } from "node:http";
import { after, test } from "node:test";
import { oauth } from "hubkey/oauth";
import { ENTRY } from "./support/entry.mjs";
import { fails, same, yes } from "./support/check.mjs";

const { Hub } = await import(ENTRY);
const REDIRECT = "http://127.0.0.1/callback";
const server = createServer();
await new Promise((done) => server.listen(0, "127.0.0.1", done));
after(() => { server.closeAllConnections(); server.close(); });
const issuer = `http://127.0.0.1:${server.address().port}`;

/** It tells the console that its keys and pages are for development. */
const quietly = async (run) => {
  const before = { ...console };
  for (const name of ["info", "warn", "error", "log"]) console[name] = () => {};
  try { return await run(); } finally { Object.assign(console, before); }
};

const provider = await quietly(async () => {
  const { default: Provider } = await import("oidc-provider");
  const client = { redirect_uris: [REDIRECT], application_type: "native", response_types: ["code"], grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"] };
  return new Provider(issuer, {
    clients: [
      { ...client, client_id: "fake-public", token_endpoint_auth_method: "none" },
      { ...client, client_id: "fake-server", client_secret: "fake-secret/+:", token_endpoint_auth_method: "client_secret_basic" },
    ],
    claims: { openid: ["sub"], profile: ["name", "preferred_username", "picture"], email: ["email", "email_verified"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: "Ada L.", preferred_username: "ada", email: "ada@example.org", email_verified: true }) }),
    features: { deviceFlow: { enabled: true } },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    cookies: { keys: ["fake-key-for-tests"] },
  });
});
const answer = provider.callback();
server.on("request", (...both) => void quietly(() => answer(...both)));

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
    const form = /<form[^>]*action="([^"]+)"/.exec(page);
    if (!form) return page;
    const part = (tag, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
    const fields = (page.match(/<input[^>]*>/g) ?? []).map((tag) => [part(tag, "name"), fill[part(tag, "name")] ?? part(tag, "value") ?? ""]);
    return go(new URL(form[1], url).href, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: `${new URLSearchParams(fields)}` });
  };
  return go(url);
}

const client = (app, fetch) => new Hub({ endpoint: issuer, fetch, oauth: oauth({ clientId: "fake-public", redirectUrl: REDIRECT, scopes: ["email"], ...app }) });
const walked = async (hub) => {
  let url;
  await hub.signIn({ navigate: (it) => { url = it; } });
  return walk(url, { login: "ada-1", password: "any" });
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
