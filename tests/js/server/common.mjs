// An app with visitors, over a localhub or over a Hub that is a function.
import { sessions } from "hubkey/server";
import { json, spy } from "../support/spy.mjs";
import { Visits } from "../support/visits.mjs";

export const SECRET = "a-secret-of-the-tests-that-is-no-secret";
export const OLDER = "an-older-secret-of-the-tests-no-secret-either";
export const PUBLIC = "app-of-the-tests", CONFIDENTIAL = "app-with-a-secret";
export const CLIENT_SECRET = "oauth_app_secret_FakeForTestsOnly0000000000";
/** Of a fetch that is handed in. */
export const ENDPOINT = "https://hub.example";

export const oauth = async (at, it) => {
  const answer = await fetch(`${at.hubUrl}/_localhub/oauth`, it && { method: "POST", body: JSON.stringify(it) });
  if (!answer.ok) throw new Error(`oauth: ${answer.status} ${await answer.text()}`);
  return answer.json();
};

/** Who one is, at every address but those of the sign-in. */
export const appOf = (auth) => async (request) => {
  const answer = await auth.handle(request);
  if (answer) return answer;
  const visitor = await auth.visitor(request);
  if (new URL(request.url).pathname === "/enter") return auth.login(request, { returnTo: "/entered" });
  const who = await visitor.hub.whoami({ cache: false }).then(({ name }) => ({ name }), ({ code }) => ({ code }));
  return visitor.respond(Response.json({ ...who, signedIn: visitor.signedIn, own: visitor.isOwnRequest, scopes: visitor.scopes }));
};

/** Registers the tests' apps at the localhub, which agrees to everything, and gives an app and browsers for it. */
export async function open(at, options) {
  for (const client of [{ clientId: PUBLIC }, { clientId: CONFIDENTIAL, clientSecret: CLIENT_SECRET }]) {
    const redirectUris = ["https://app.example/auth/callback", "https://app.example/in/callback", "http://localhost/auth/callback"];
    const answer = await fetch(`${at.hubUrl}/_localhub/oauth/clients`, { method: "POST", body: JSON.stringify({ ...client, redirectUris, scope: "openid profile read-repos" }) });
    if (!answer.ok) throw new Error(await answer.text());
  }
  await oauth(at, { autoApprove: true });
  return made({ endpoint: at.hubUrl, ...options });
}

/** Without a Hub. */
export function made(options) {
  const auth = sessions({ clientId: PUBLIC, scopes: ["read-repos"], endpoint: ENDPOINT, secrets: SECRET, ...options });
  const app = appOf(auth);
  return { auth, app, visits: (origin) => new Visits(app, origin) };
}

export const METADATA = {
  issuer: ENDPOINT, authorization_endpoint: `${ENDPOINT}/oauth/authorize`, token_endpoint: `${ENDPOINT}/oauth/token`, userinfo_endpoint: `${ENDPOINT}/oauth/userinfo`,
  code_challenge_methods_supported: ["S256"], authorization_response_iss_parameter_supported: true,
};
export const TOKENS = { access_token: "hf_oauth_FakeAccessForTests0000001", token_type: "bearer", expires_in: 3600, refresh_token: "hf_oauth__refresh_FakeForTests0000001", scope: "openid profile read-repos" };
export const USERINFO = { sub: "64b0c0ffee0123456789abcd", name: "Ada L.", preferred_username: "ada", picture: `${ENDPOINT}/avatars/ada.svg`, isPro: false, orgs: [] };
export const WHOAMI = { type: "user", id: USERINFO.sub, name: "ada", orgs: [], auth: { accessToken: { displayName: "x", role: "read" } } };

/** A Hub that is a function: `answers` in place of what a good one says, by path. A function gets the call and its number. */
export function hubOf(answers = {}) {
  const counts = {};
  const all = { "/.well-known/openid-configuration": METADATA, "/oauth/token": TOKENS, "/oauth/userinfo": USERINFO, "/api/whoami-v2": WHOAMI, ...answers };
  const fetch = spy((call) => {
    const { pathname } = new URL(call.url), it = all[pathname];
    counts[pathname] = (counts[pathname] ?? 0) + 1;
    const answer = typeof it === "function" ? it(call, counts[pathname]) : it;
    return answer instanceof Response || answer instanceof Promise ? answer : json(answer ?? {}, answer ? 200 : 404);
  });
  fetch.tokens = () => fetch.calls.filter(({ url }) => url.endsWith("/oauth/token"));
  fetch.forms = () => fetch.tokens().map(({ init }) => Object.fromEntries(new URLSearchParams(init.body)));
  return fetch;
}

/** Begins a sign-in at such a Hub; gives the callback's address with these parameters in place of the good ones. */
export async function begun(visits, path = "/auth/login") {
  const there = await visits.ask(path);
  if (there.status !== 303) throw new Error(`no redirect: ${there.status} ${await there.text()}`);
  const { searchParams } = new URL(there.headers.get("location"));
  const good = { code: "FakeCodeForTestsOnly00000000001", state: searchParams.get("state"), iss: ENDPOINT };
  return { searchParams, state: good.state, back: (change) => `/auth/callback?${new URLSearchParams(Object.entries({ ...good, ...change }).filter(([, it]) => it !== undefined))}` };
}

/** A whole sign-in there. */
export async function enter(visits) {
  const { back } = await begun(visits);
  return visits.ask(back());
}

/** The code that a page of an error tells. */
export const codeOf = async (response) => /<small>(\w+)<\/small>/.exec(await response.clone().text())?.[1];
