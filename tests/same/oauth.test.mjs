// The official JavaScript client signs in against localhub, which was written without looking at any client.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import * as official from "@huggingface/hub";
import { control, hubUrl } from "./hub.mjs";

const clientId = "hubkey-test-public";
const redirectUrl = "http://localhost:4321/callback";
const go = (url, init) => fetch(url, { redirect: "manual", ...init });

// What a browser does for whoever clicks on the page: sends its form.
const decide = async (url, fields) => {
  const page = await (await go(url)).text();
  const action = /action="([^"]+)"/.exec(page)[1].replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll("&quot;", '"');
  const answer = await go(new URL(action, url), { method: "POST", body: new URLSearchParams(fields) });
  assert.equal(answer.status, 303);
  return answer.headers.get("location");
};

test("a sign-in with the storage handed in", async () => {
  const localStorage = {};
  const url = await official.oauthLoginUrl({ hubUrl, clientId, redirectUrl, localStorage, scopes: "openid profile email read-repos", state: "it's \"mine\"" });
  const me = await (await fetch(`${hubUrl}/api/organizations/acme/overview`)).json();
  const redirectedUrl = await decide(url, { decision: "allow", org: me._id });
  assert.ok(redirectedUrl.startsWith(`${redirectUrl}?`));
  assert.equal(new URL(redirectedUrl).searchParams.get("iss"), hubUrl);
  const told = await official.oauthHandleRedirect({ hubUrl, redirectedUrl, ...localStorage });
  assert.equal(told.state, "it's \"mine\"");
  assert.equal(told.scope, "openid profile email read-repos");
  assert.ok(told.accessTokenExpiresAt > new Date());
  const { preferred_username, email, orgs } = told.userInfo;
  assert.deepEqual([preferred_username, email, orgs.map((it) => [it.preferred_username, it.roleInOrg])], ["ada", "ada@example.org", [["acme", "write"]]]);
  const { accessToken } = told;
  assert.equal((await official.whoAmI({ hubUrl, accessToken })).name, "ada");
  assert.equal((await official.modelInfo({ hubUrl, accessToken, name: "acme/secret" })).private, true);
  // The code is spent, and so is what came of it.
  await assert.rejects(official.oauthHandleRedirect({ hubUrl, redirectedUrl, ...localStorage }), { statusCode: 400 });
  await assert.rejects(official.whoAmI({ hubUrl, accessToken }), { statusCode: 401 });
});

test("a refusal is told as the Hub words it", async () => {
  const localStorage = {};
  const url = await official.oauthLoginUrl({ hubUrl, clientId, redirectUrl, localStorage });
  const redirectedUrl = await decide(url, { decision: "deny" });
  await assert.rejects(official.oauthHandleRedirect({ hubUrl, redirectedUrl, ...localStorage }), { message: "access_denied: The user denied the request" });
});

// The globals of a page in a Space, which the client finds its settings in.
let kept;
beforeEach(() => { kept = Object.fromEntries(["window", "localStorage"].map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)])); });
afterEach(() => { for (const [name, it] of Object.entries(kept)) it ? Object.defineProperty(globalThis, name, it) : delete globalThis[name]; });

test("a sign-in as in a page of a Space", async () => {
  const stored = new Map();
  const localStorage = { setItem: (key, value) => stored.set(key, value), getItem: (key) => stored.get(key) ?? null, removeItem: (key) => stored.delete(key) };
  const window = { location: { href: redirectUrl, search: "" }, huggingface: { variables: { OAUTH_CLIENT_ID: clientId, OAUTH_SCOPES: "openid profile inference-api" } } };
  for (const [name, value] of Object.entries({ window, localStorage })) Object.defineProperty(globalThis, name, { value, configurable: true });
  assert.equal(await official.oauthHandleRedirectIfPresent({ hubUrl }), false);
  await control("POST", "oauth", { autoApprove: true, account: "grace" });
  const answer = await go(await official.oauthLoginUrl({ hubUrl }));
  window.location.href = answer.headers.get("location");
  window.location.search = new URL(window.location.href).search;
  const told = await official.oauthHandleRedirectIfPresent({ hubUrl });
  assert.deepEqual([told.scope, told.userInfo.preferred_username, told.userInfo.isPro], ["openid profile inference-api", "grace", true]);
  assert.equal(stored.size, 0);
});

test("the id token is signed by the key that the metadata lead to", async () => {
  await control("POST", "oauth", { autoApprove: true });
  const localStorage = {};
  const url = await official.oauthLoginUrl({ hubUrl, clientId, redirectUrl, localStorage });
  const code = new URL((await go(url)).headers.get("location")).searchParams.get("code");
  const metadata = await (await fetch(`${hubUrl}/.well-known/openid-configuration`)).json();
  const body = new URLSearchParams({ grant_type: "authorization_code", code, redirect_uri: redirectUrl, code_verifier: localStorage.codeVerifier, client_id: clientId });
  const { id_token } = await (await fetch(metadata.token_endpoint, { method: "POST", body })).json();
  const [header, claims, signature] = id_token.split(".");
  const read = (part) => JSON.parse(Buffer.from(part, "base64url"));
  const { keys } = await (await fetch(metadata.jwks_uri)).json();
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("jwk", keys.find((it) => it.kid === read(header).kid), algorithm, false, ["verify"]);
  const signed = (text) => crypto.subtle.verify(algorithm, key, Buffer.from(signature, "base64url"), Buffer.from(text));
  assert.equal(await signed(`${header}.${claims}`), true);
  assert.equal(await signed(`${header}.${claims}x`), false);
  assert.deepEqual([read(claims).aud, read(claims).iss, read(claims).preferred_username], [clientId, metadata.issuer, "ada"]);
});
