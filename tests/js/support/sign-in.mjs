// An authorization server as a fetch, and a program that leads a person through it.
import { oauth } from "hubkey/oauth";
import { json, spy } from "./spy.mjs";

export const TOKEN = "hf_oauth_fakeForTests.notAToken.atAll";
export const REFRESH = "hf_oauth__refresh_fakeForTests";
export const CODE = "FakeCodeForTestsOnly";
export const CALLBACK = "https://app.example/callback";
export const CLIENT = "fake-client-id";

export const tokens = (change) => ({ access_token: TOKEN, token_type: "bearer", expires_in: 28_800, refresh_token: REFRESH, scope: "openid profile read-repos", id_token: "not.read.ever", ...change });

export const metadata = (origin, change) => ({
  issuer: origin, authorization_endpoint: `${origin}/oauth/authorize`, token_endpoint: `${origin}/oauth/token`, userinfo_endpoint: `${origin}/oauth/userinfo`,
  device_authorization_endpoint: `${origin}/oauth/device`, code_challenge_methods_supported: ["S256"], authorization_response_iss_parameter_supported: true, ...change,
});

export const PERSON = {
  sub: "64b0c0ffee0123456789abcd", name: "Ada L.", preferred_username: "ada", profile: "https://hub.example/ada", picture: "/avatars/ada.svg", email: "ada@example.org", email_verified: true, isPro: false,
  orgs: [{ sub: "64b0c0ffee0123456789abce", name: "Acme", preferred_username: "acme", picture: "https://cdn.example/a.png", plan: "team", roleInOrg: "write", securityRestrictions: ["sso"], resourceGroups: [{ sub: "1", name: "research", role: "read" }] }],
};

/** Each part answers with what it is given, or by a function of the call; a text, a Response or a status alone will do too. */
export function server(parts = {}) {
  const answered = (it, call) => {
    const value = typeof it === "function" ? it(call) : it;
    return value instanceof Response || value instanceof Promise ? value : typeof value === "number" ? new Response("", { status: value }) : json(value);
  };
  return spy((call) => {
    const { origin, pathname } = new URL(call.url);
    if (pathname.startsWith("/.well-known/")) return answered(parts.metadata ?? metadata(origin), call);
    if (pathname === "/oauth/token") return answered("token" in parts ? parts.token : tokens(), call);
    if (pathname === "/oauth/userinfo") return answered(parts.userinfo ?? PERSON, call);
    if (pathname === "/oauth/device") return answered(parts.device ?? { device_code: "fake-device-code", user_code: "ABCD-EFGH", verification_uri: "https://hf.co/oauth/device", expires_in: 300 }, call);
    return answered(parts.other ?? 404, call);
  });
}

/** What was sent, in short: `POST /oauth/token`. */
export const asked = (fetch) => fetch.calls.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
export const exchanges = (fetch) => fetch.calls.filter(({ url }) => url.endsWith("/oauth/token")).length;
export const formOf = ({ init }) => Object.fromEntries(new URLSearchParams(init.body));

/** A client that signs in at that server. */
export function client({ hubkey }, { fetch = server(), endpoint = "https://hub.example", app, ...options } = {}) {
  const hub = new hubkey.Hub({ endpoint, fetch, oauth: oauth({ clientId: CLIENT, redirectUrl: CALLBACK, scopes: ["read-repos"], ...app }), ...options });
  return { hub, fetch };
}

/** Begins a sign-in; gives the address that the person is led to, and what they would come back with. */
export async function begun(hub, options) {
  let url;
  await hub.signIn({ ...options, navigate: (it) => { url = new URL(it); } });
  const state = url.searchParams.get("state");
  const back = (change) => {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries({ code: CODE, state, iss: url.origin, ...change })) for (const it of [value].flat()) if (it !== undefined) query.append(key, it);
    return `${url.searchParams.get("redirect_uri")}?${query}`;
  };
  return { url, state, back };
}
