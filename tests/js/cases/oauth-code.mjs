// The code flow: what is sent, and what is believed. tests/THREATS.md, rows 29 to 38, 40, 43, 44.
import { SCOPES, clientMetadata, oauth } from "hubkey/oauth";
import { ahead } from "../support/clock.mjs";
import { caught, everything, fails, has, hides, lacks, same, yes } from "../support/check.mjs";
import { CALLBACK, CLIENT, CODE, PERSON, REFRESH, TOKEN, asked, begun, client, exchanges, formOf, metadata, server, tokens } from "../support/sign-in.mjs";
import { amid, json } from "../support/spy.mjs";

const MINUTES = 60_000;
const coded = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Each way out of the way through the Hub: a fresh sign-in, this callback, that error, and no request for a token. */
async function refused(at, rows, code) {
  for (const [about, change] of Object.entries(rows)) {
    const { hub, fetch } = client(at);
    const { back } = await begun(hub);
    const error = await fails(hub.handleRedirect({ url: typeof change === "function" ? change(back) : back(change) }), code, about);
    same(exchanges(fetch), 0, about);
    hides(error, CODE, at.inspect);
    same(hub.session.status, "signed_out", about);
  }
}

export default {
  "a sign-in asks three things, and nothing that it need not": async (at) => {
    const { hub, fetch } = client(at);
    const { back, url } = await begun(hub, { returnTo: "/inbox?unread=1#top", state: { draft: 7 } });
    same([url.origin, url.pathname], ["https://hub.example", "/oauth/authorize"]);
    const me = await hub.handleRedirect({ url: back() });
    same(asked(fetch), ["GET /.well-known/openid-configuration", "POST /oauth/token", "GET /oauth/userinfo"]);
    same([me.name, me.fullname, me.id, me.email, me.emailVerified, me.isPro, me.avatarUrl], ["ada", "Ada L.", PERSON.sub, "ada@example.org", true, false, "https://hub.example/avatars/ada.svg"]);
    same(me.orgs, [{ id: "64b0c0ffee0123456789abce", name: "acme", fullname: "Acme", avatarUrl: "https://cdn.example/a.png", plan: "team", role: "write", restrictions: ["sso"], resourceGroups: [{ id: "1", name: "research", role: "read" }] }]);
    same([me.grantedScopes, me.returnTo, me.state, me.warnings], [["openid", "profile", "read-repos"], "/inbox?unread=1#top", { draft: 7 }, []]);
    same([me.token.kind, me.token.oauthScopes, Math.abs(Date.parse(me.token.expiresAt) - Date.now() - 28_800_000) < MINUTES], ["oauth", ["openid", "profile", "read-repos"], true]);
    same([hub.session.status, hub.session.profile, hub.session.identity.name], ["signed_in", "oauth-ada", "ada"]);
    same(await hub.getToken(), TOKEN);
    // A second one in the same hour asks for no metadata.
    const again = await begun(hub);
    await hub.handleRedirect({ url: again.back() });
    same(asked(fetch).slice(3), ["POST /oauth/token", "GET /oauth/userinfo"]);
  },

  "what is asked is what RFC 7636 and the Hub want": async (at) => {
    const { hub, fetch } = client(at, { app: { orgIds: ["64b0c0ffee0123456789abce"] } });
    const first = await begun(hub), second = await begun(hub, { scopes: ["openid", "jobs"], redirectUrl: "https://app.example/other?x=1" });
    const query = Object.fromEntries(first.url.searchParams);
    same([query.client_id, query.redirect_uri, query.response_type, query.scope, query.code_challenge_method, query.orgIds], [CLIENT, CALLBACK, "code", "openid profile read-repos", "S256", "64b0c0ffee0123456789abce"]);
    same(Object.keys(query).sort(), ["client_id", "code_challenge", "code_challenge_method", "orgIds", "redirect_uri", "response_type", "scope", "state"]);
    has(query.state, /^hubkey\.[\w-]{43}$/);
    has(query.code_challenge, /^[\w-]{43}$/);
    yes(query.state !== second.state && query.code_challenge !== second.url.searchParams.get("code_challenge"));
    same([second.url.searchParams.get("scope"), second.url.searchParams.get("redirect_uri")], ["openid profile jobs", "https://app.example/other?x=1"]);
    await hub.handleRedirect({ url: `https://app.example/other?x=1&code=${CODE}&state=${second.state}&iss=https://hub.example` });
    const [exchange] = fetch.calls.filter(({ url }) => url.endsWith("/token"));
    const form = formOf(exchange);
    same(Object.keys(form).sort(), ["client_id", "code", "code_verifier", "grant_type", "redirect_uri"]);
    same([form.grant_type, form.code, form.redirect_uri, form.client_id], ["authorization_code", CODE, "https://app.example/other?x=1", CLIENT]);
    has(form.code_verifier, /^[\w.~-]{43,128}$/);
    same(coded(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(form.code_verifier))), second.url.searchParams.get("code_challenge"));
    for (const { url, headers } of fetch.calls) lacks(`${url} ${[...headers]}`, form.code_verifier);
    lacks(`${first.url}${second.url}`, form.code_verifier);
    const { credentials, referrerPolicy, redirect } = exchange.init;
    same([credentials, referrerPolicy, redirect, exchange.authorization], ["omit", "no-referrer", "manual", null]);
    if ("cache" in Request.prototype) for (const { init } of fetch.calls) same(init.cache, "no-store");
  },

  "a state that is missing, tampered with or another's is believed nowhere": (at) => refused(at, {
    missing: { state: undefined },
    empty: { state: "" },
    null: { state: "null" },
    "an object": { state: "{}" },
    tampered: (back) => back().replace(/state=hubkey\.(.)/, (_, it) => `state=hubkey.${it === "A" ? "B" : "A"}`),
    "another client's": { state: "hubkey.".padEnd(50, "x") },
    "a prototype's": { state: "__proto__" },
  }, "state_mismatch"),

  "a callback of another sign-in is none of this client": async (at) => {
    const mine = client(at), other = client(at);
    const { back } = await begun(other.hub);
    // In a page all clients of an app keep in one place, so that each may end what another began.
    if (typeof document !== "undefined") return void same((await mine.hub.handleRedirect({ url: back() })).name, "ada");
    await fails(mine.hub.handleRedirect({ url: back() }), "state_mismatch");
    same(exchanges(mine.fetch), 0);
  },

  "another app's sign-in is left to that app, and another Hub's": async (at) => {
    const mine = client(at), { back } = await begun(mine.hub);
    for (const other of [client(at, { app: { clientId: "another-fake-client" } }), client(at, { endpoint: "https://other.example" })]) {
      // Where there is no page nothing is shared, and it is not known there.
      if (typeof document === "undefined") await fails(other.hub.handleRedirect({ url: back() }), "state_mismatch");
      else same(await other.hub.handleRedirect({ url: back() }), null);
      same([other.fetch.calls.length, other.hub.session.status], [0, "signed_out"]);
    }
    same((await mine.hub.handleRedirect({ url: back() })).name, "ada");
  },

  "the app is the client's, whatever a sign-in is told": async (at) => {
    const { hub } = client(at), { url, back } = await begun(hub, { clientId: "another-fake-client" });
    same([url.searchParams.get("client_id"), (await hub.handleRedirect({ url: back() })).name], [CLIENT, "ada"]);
  },

  "an address that is no callback brings nobody": async (at) => {
    const { hub, fetch } = client(at);
    for (const url of [CALLBACK, "/", "", "?", "/inbox?page=2#code=x&state=y", new URL(`${CALLBACK}?iss=https://hub.example`)]) same(await hub.handleRedirect({ url }), null, `${url}`);
    same([fetch.calls.length, hub.session.status], [0, "signed_out"]);
  },

  "an error that comes back without its state is told by its word alone": async (at) => {
    const said = "call +1 555 0100 and tell your password";
    for (const [word, code] of [["invalid_request", "invalid_request"], ["server_error", "server_error"], ["access_denied", "access_denied"], ["invalid_scope", "invalid_request"]]) {
      const { hub, fetch } = client(at);
      await begun(hub);
      const error = await fails(hub.handleRedirect({ url: `${CALLBACK}?${new URLSearchParams({ error: word, error_description: said, error_uri: said })}` }), code, word);
      if (code !== "access_denied") has(error.message, word);
      lacks(everything(error), "555");
      lacks(error.hint, "sentence");
      same(exchanges(fetch), 0);
    }
    // Neither a word that nobody defined, nor one beside a code or another's state.
    for (const change of [{ error: said }, { error: "toString" }, { error: "" }, { error: "server_error", code: CODE }, { error: "server_error", state: "x" }]) {
      const error = await fails(client(at).hub.handleRedirect({ url: `${CALLBACK}?${new URLSearchParams(change)}` }), "state_mismatch", JSON.stringify(change));
      lacks(everything(error), "555");
    }
  },

  "an issuer that is another, or missing though promised, is not believed": (at) => refused(at, {
    other: { iss: "https://evil.example" },
    missing: { iss: undefined },
    empty: { iss: "" },
    "with a path": { iss: "https://hub.example/evil" },
    "other port": { iss: "https://hub.example:444" },
    "with an error": { iss: "https://evil.example", code: undefined, error: "access_denied" },
  }, "issuer_mismatch"),

  "without a promise an issuer may be missing, but not be wrong": async (at) => {
    const fetch = server({ metadata: ({ url }) => metadata(new URL(url).origin, { authorization_response_iss_parameter_supported: undefined }) });
    const { hub } = client(at, { fetch });
    same((await hub.handleRedirect({ url: (await begun(hub)).back({ iss: undefined }) })).name, "ada");
    await fails(hub.handleRedirect({ url: (await begun(hub)).back({ iss: "https://evil.example" }) }), "issuer_mismatch");
  },

  "hf.co is the Hub by its short name": async (at) => {
    for (const [endpoint, iss] of [["https://hf.co", "https://huggingface.co"], ["https://huggingface.co", "https://hf.co"], ["https://huggingface.co", "https://huggingface.co/"]]) {
      const { hub, fetch } = client(at, { endpoint });
      const { back } = await begun(hub);
      same((await hub.handleRedirect({ url: back({ iss }) })).name, "ada");
      for (const { url } of fetch.calls) same(new URL(url).origin, "https://huggingface.co");
    }
  },

  "metadata of another issuer are not believed": async (at) => {
    for (const issuer of ["https://evil.example", "https://hub.example/", "https://hub.example/x", "http://hub.example", "", undefined, null, 5, {}]) {
      const { hub, fetch } = client(at, { fetch: server({ metadata: metadata("https://hub.example", { issuer }) }) });
      if (issuer === "https://hub.example/") yes((await begun(hub)).url);
      else await fails(begun(hub), "issuer_mismatch", `${issuer}`);
      same(fetch.calls.length, 1);
    }
  },

  "endpoints elsewhere, or of no use, are refused before anything goes there": async (at) => {
    const rows = [
      { token_endpoint: "https://evil.example/oauth/token" }, { token_endpoint: "http://hub.example/oauth/token" }, { token_endpoint: "https://hub.example:444/oauth/token" },
      { token_endpoint: "https://hub.example@evil.example/" }, { token_endpoint: "https://u:p@hub.example/oauth/token" }, { token_endpoint: "/oauth/token" }, { token_endpoint: undefined }, { token_endpoint: 5 },
      { authorization_endpoint: "https://evil.example/authorize" }, { authorization_endpoint: "javascript:alert(1)" }, { authorization_endpoint: undefined },
      { userinfo_endpoint: "https://evil.example/userinfo" }, { device_authorization_endpoint: "https://evil.example/device" },
      { code_challenge_methods_supported: ["plain"] }, { code_challenge_methods_supported: [] },
    ];
    for (const change of rows) {
      const { hub, fetch } = client(at, { fetch: server({ metadata: metadata("https://hub.example", change) }) });
      await fails(begun(hub), "invalid_metadata", JSON.stringify(change));
      same(fetch.calls.length, 1);
    }
  },

  "metadata that are none are an error, and only their absence means the usual places": async (at) => {
    for (const body of [() => json("<html>portal</html>"), null, [], "text", 42, () => new Response(null, { status: 302, headers: { location: "https://evil.example/" } }), 403]) {
      const { hub } = client(at, { fetch: server({ metadata: typeof body === "function" || typeof body === "number" && body > 99 ? body : () => json(body) }) });
      await fails(begun(hub), "invalid_metadata", JSON.stringify(body));
    }
    await fails(begun(client(at, { fetch: server({ metadata: 503 }) }).hub), "server_error");
    const { hub } = client(at, { fetch: server({ metadata: 404 }) });
    const { back, url } = await begun(hub);
    same(url.href.split("?")[0], "https://hub.example/oauth/authorize");
    same((await hub.handleRedirect({ url: back() })).name, "ada");
  },

  "many who ask for metadata at once ask once": async (at) => {
    const { hub, fetch } = client(at);
    await Promise.all([1, 2, 3, 4].map(() => begun(hub)));
    same(asked(fetch), ["GET /.well-known/openid-configuration"]);
    await ahead(61 * MINUTES, () => begun(hub));
    same(fetch.calls.length, 2, "after an hour it is asked again");
  },

  "a parameter that stands there twice, or a success with an error, is no callback": async (at) => {
    await refused(at, {
      "two codes": { code: [CODE, "another"] },
      "two issuers": { iss: ["https://hub.example", "https://hub.example"] },
      "two errors": { code: undefined, error: ["access_denied", "access_denied"] },
      "code and error": { error: "access_denied" },
      "no code": { code: undefined },
      "an empty code": { code: "" },
      "a code of control characters": { code: "a\r\nb" },
    }, "invalid_callback");
    const { hub, fetch } = client(at);
    const { back, state } = await begun(hub);
    await fails(hub.handleRedirect({ url: `${back()}&state=${state}` }), "invalid_callback");
    same(exchanges(fetch), 0);
  },

  "a refusal says so, in the server's own words without secrets": async (at) => {
    const rows = [["access_denied", "access_denied"], ["invalid_scope", "invalid_request"], ["unauthorized_client", "invalid_request"], ["server_error", "server_error"], ["temporarily_unavailable", "server_error"], ["constructor", "invalid_request"]];
    for (const [word, code] of rows) {
      const { hub, fetch } = client(at);
      const { back, state } = await begun(hub);
      const error = await fails(hub.handleRedirect({ url: back({ code: undefined, error: word, error_description: `no, said of ${state} and ${TOKEN}` }) }), code, word);
      has(error.message, "no, said of ****");
      hides(error, state, at.inspect);
      hides(error, TOKEN, at.inspect);
      same(exchanges(fetch), 0);
    }
  },

  "a sign-in is good for ten minutes": async (at) => {
    const { hub, fetch } = client(at);
    const [early, late] = [await begun(hub), await begun(hub)];
    await ahead(9 * MINUTES, () => hub.handleRedirect({ url: early.back() }));
    same(exchanges(fetch), 1);
    await ahead(11 * MINUTES, () => fails(hub.handleRedirect({ url: late.back() }), "state_expired"));
    same(exchanges(fetch), 1);
    const odd = await begun(hub);
    await ahead(-11 * MINUTES, () => fails(hub.handleRedirect({ url: odd.back() }), "state_expired"));
  },

  "a callback is good once, also when two take it at the same time": async (at) => {
    let answer;
    const slow = new Promise((done) => { answer = () => done(json(tokens())); });
    const { hub, fetch } = client(at, { fetch: server({ token: () => slow }) });
    const { back } = await begun(hub);
    const both = [hub.handleRedirect({ url: back() }), hub.handleRedirect({ url: back() })].map((it) => it.then(({ name }) => name, ({ code }) => code));
    answer();
    const [one, two] = await Promise.all(both);
    same([one, ["ada", "state_mismatch"].includes(two)], ["ada", true]);
    same(exchanges(fetch), 1);
    await fails(hub.handleRedirect({ url: back() }), "state_mismatch");
    same(exchanges(fetch), 1);
  },

  "the code is sent once, whatever becomes of it": async (at) => {
    const broken = () => Promise.reject(new TypeError(`fetch failed: ${CODE}`));
    for (const [token, code] of [[503, "server_error"], [500, "server_error"], [429, "rate_limited"], [broken, "network"], [() => json("cut", 200), "invalid_token_response"]]) {
      const { hub, fetch } = client(at, { fetch: server({ token }) });
      const { back } = await begun(hub);
      hides(await fails(hub.handleRedirect({ url: back() }), code), CODE, at.inspect);
      same(exchanges(fetch), 1, code);
      // Spent, even where the server never saw it.
      await fails(hub.handleRedirect({ url: back() }), "state_mismatch");
      same(exchanges(fetch), 1, code);
    }
  },

  "a server that is silent is left, and a signal ends it": async (at) => {
    const silent = server({ token: () => new Promise(() => {}) });
    const { hub } = client(at, { fetch: silent, timeoutMs: 50 });
    const error = await fails(hub.handleRedirect({ url: (await begun(hub)).back() }), "timeout");
    hides(error, CODE, at.inspect);
    const stop = new AbortController(), reason = new Error("left");
    const { hub: other } = client(at, { fetch: silent });
    const under = caught(other.handleRedirect({ url: (await begun(other)).back(), signal: stop.signal }));
    stop.abort(reason);
    const aborted = await under;
    same([aborted.code, aborted.cause === reason], ["aborted", true]);
    await fails(begun(other, { signal: AbortSignal.abort() }), "aborted");
  },

  "a redirect of the token endpoint is not followed": async (at) => {
    const fetch = server({ token: () => new Response(null, { status: 307, headers: { location: "https://evil.example/oauth/token" } }) });
    const { hub } = client(at, { fetch });
    await fails(hub.handleRedirect({ url: (await begun(hub)).back() }), "cross_origin_redirect");
    same(fetch.calls.filter(({ url }) => url.includes("evil")).length, 0);
  },

  "a token answer that is none signs nobody in": async (at) => {
    const without = (name) => { const all = tokens(); delete all[name]; return all; };
    const rows = [
      without("access_token"), tokens({ access_token: null }), tokens({ access_token: 5 }), tokens({ access_token: {} }), tokens({ access_token: "" }), tokens({ access_token: "a\r\nb: c" }), tokens({ access_token: "with blank" }),
      tokens({ access_token: "\u00fcmlaut" }), without("token_type"), tokens({ token_type: "mac" }), tokens({ token_type: null }), tokens({ refresh_token: "a\r\nb" }), tokens({ refresh_token: 5 }),
      { error: "invalid_grant" }, { ...tokens(), error: "invalid_grant" }, null, [], "text", 42, { __proto__: null },
    ];
    for (const body of rows) {
      const { hub } = client(at, { fetch: server({ token: () => json(body) }) });
      const error = await fails(hub.handleRedirect({ url: (await begun(hub)).back() }), "invalid_token_response", JSON.stringify(body));
      lacks(everything(error), TOKEN);
      same([hub.session.status, await hub.getToken()], ["signed_out", null], JSON.stringify(body));
    }
    await fails(begun(client(at).hub).then(({ back }) => client(at, { fetch: server({ token: () => json("<html>portal</html>") }) }).hub.handleRedirect({ url: back() })), typeof document === "undefined" ? "state_mismatch" : "invalid_token_response");
  },

  "what a prototype has is no part of a token": async (at) => {
    Object.prototype.access_token = "hf_oauth_pollutedForTests";
    Object.prototype.token_type = "bearer";
    try {
      const { hub } = client(at, { fetch: server({ token: () => json({}) }) });
      await fails(hub.handleRedirect({ url: (await begun(hub)).back() }), "invalid_token_response");
    } finally {
      delete Object.prototype.access_token;
      delete Object.prototype.token_type;
    }
  },

  "a lifetime that makes no sense is none": async (at) => {
    for (const expires_in of ["abc", -5, null, 1e300, undefined, 0, {}, "1e3"]) {
      const { hub } = client(at, { fetch: server({ token: () => json(tokens({ expires_in })) }) });
      const me = await hub.handleRedirect({ url: (await begun(hub)).back() });
      same([me.name, "expiresAt" in me.token], ["ada", false], `${expires_in}`);
    }
    for (const [expires_in, ms] of [[60, 60_000], ["600", 600_000], [0.5, 500]]) {
      const { hub } = client(at, { fetch: server({ token: () => json(tokens({ expires_in })) }) });
      const me = await hub.handleRedirect({ url: (await begun(hub)).back() });
      yes(Math.abs(Date.parse(me.token.expiresAt) - Date.now() - ms) < 30_000, `${expires_in}`);
    }
  },

  "a refusal at the token endpoint is told by its word, without what was sent": async (at) => {
    for (const [word, code] of [["invalid_grant", "invalid_request"], ["invalid_client", "invalid_request"], ["access_denied", "access_denied"], ["toString", "invalid_request"]]) {
      const { hub, fetch } = client(at, { fetch: server({ token: (call) => json({ error: word, error_description: `no: ${call.init.body}` }, 400) }) });
      const error = await fails(hub.handleRedirect({ url: (await begun(hub)).back() }), code, word);
      same([error.status, error.request], [400, "POST https://hub.example/oauth/token"]);
      if (word === "invalid_client") has(error.hint, typeof document === "undefined" ? "client secret: an app that has one needs it here" : "a page needs an app without one");
      if (code === "invalid_request") has(error.message, word);
      hides(error, CODE, at.inspect);
      hides(error, formOf(fetch.calls.at(-1)).code_verifier, at.inspect);
    }
  },

  "userinfo that fails keeps nobody from being signed in": async (at) => {
    for (const userinfo of [503, () => Promise.reject(new TypeError("fetch failed")), () => json("<html>"), 404, () => json({}), () => json([])]) {
      const { hub, fetch } = client(at, { fetch: server({ userinfo }) });
      const me = await hub.handleRedirect({ url: (await begun(hub)).back() });
      same([me.id, me.name, me.orgs, me.warnings.map(({ code }) => code), me.token.kind], ["", "", [], ["identity_unknown"], "oauth"]);
      same([hub.session.status, hub.session.identity, await hub.getToken()], ["signed_in", undefined, TOKEN]);
      yes(asked(fetch).filter((it) => it.includes("userinfo")).length <= 2);
    }
    const { hub } = client(at, { fetch: server({ userinfo: 401 }) });
    hides(await fails(hub.handleRedirect({ url: (await begun(hub)).back() }), "invalid_token"), TOKEN, at.inspect);
    same(hub.session.status, "signed_out");
  },

  "userinfo of an odd shape is read as far as it goes": async (at) => {
    const { hub } = client(at, { fetch: server({ userinfo: { sub: "1", name: 5, picture: "http://[", orgs: [null, 5, { sub: "2" }, { sub: "3", name: "Old", preferred_username: "old", pendingSSO: true, missingMFA: true, resourceGroups: "x" }], isPro: "yes" } }) });
    const me = await hub.handleRedirect({ url: (await begun(hub)).back() });
    same([me.id, me.name, "fullname" in me, "avatarUrl" in me, "isPro" in me], ["1", "1", false, false, false]);
    same(me.orgs.at(-1), { id: "3", name: "old", fullname: "Old", restrictions: ["sso", "mfa"], resourceGroups: [] });
  },

  "the way back leads to a path of this origin alone": async (at) => {
    for (const returnTo of ["//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example/", "javascript:alert(1)", "/a/..//evil.example", "/a\tb", "/a\nb", " /a", "a", "", 5, {}, "/".padEnd(3000, "x")]) {
      const { hub, fetch } = client(at);
      await fails(begun(hub, { returnTo }), "invalid_argument", `${returnTo}`.slice(0, 40));
      same(fetch.calls.length, 0);
    }
    // As an address has it, and a header takes it.
    for (const [returnTo, back] of [["/", "/"], ["/inbox?x=//evil.example#/\u00fc", "/inbox?x=//evil.example#/%C3%BC"], ["/a/../b", "/b"], ["/\u65e5\u672c?q=\u672c", "/%E6%97%A5%E6%9C%AC?q=%E6%9C%AC"], ["/%E6%97%A5", "/%E6%97%A5"], ["/\ud800", "/%EF%BF%BD"]]) {
      const { hub } = client(at);
      same((await hub.handleRedirect({ url: (await begun(hub, { returnTo })).back() })).returnTo, back);
    }
    await fails(begun(client(at).hub, { returnTo: "/".padEnd(1000, "\u65e5") }), "invalid_argument", "too long when it is encoded");
  },

  "a callback is read from a whole address or a part of one, in any order": async (at) => {
    const forms = [
      (state) => `${CALLBACK}?code=${CODE}&state=${state}&iss=https%3A%2F%2Fhub.example`,
      (state) => `${CALLBACK}?iss=https://hub.example&state=${state}&x=1&code=${CODE}`,
      (state) => `/callback?state=${state}&code=${CODE}&iss=https://hub.example`,
      (state) => `?state=${state}&iss=https://hub.example&code=${CODE}#rest`,
      (state) => new URL(`${CALLBACK}?code=${CODE}&iss=https://hub.example&state=${state}`),
    ];
    for (const form of forms) {
      const { hub } = client(at);
      same((await hub.handleRedirect({ url: form((await begun(hub)).state) })).name, "ada");
    }
    for (const url of [5, {}, null, "http://["]) await fails(client(at).hub.handleRedirect({ url }), "invalid_argument", `${url}`);
  },

  "what is no app, scope or address is refused before anything is sent": async (at) => {
    const bad = {
      clientId: ["", " ", "a b", 5, "http://app.example/cimd", "https://app.example/", "https://u:p@app.example/x", "ftp://app.example/x", "https://app.example/x#y"],
      scopes: [5, [5], ["a b"], [""], ['"'], {}],
      redirectUrl: ["/callback", "http://app.example/", "javascript:alert(1)", "https://app.example/#x", "https://u:p@app.example/", "", 5, "https://app.example/a b"],
      orgIds: [5, [5], [""], ["a&b=c"]],
    };
    for (const [name, values] of Object.entries(bad))
      for (const value of values) {
        const fetch = server();
        const error = await caught(async () => begun(client(at, { fetch, app: { [name]: value } }).hub));
        same([error.code, fetch.calls.length], ["invalid_argument", 0], `${name}: ${JSON.stringify(value)}`);
      }
    for (const clientId of ["https://app.example/.well-known/oauth-cimd", "http://localhost:5173/cimd.json", "http://[::1]/x"]) same((await begun(client(at, { app: { clientId } }).hub)).url.searchParams.get("client_id"), clientId);
    for (const redirectUrl of ["http://localhost:1/", "com.example.app:/callback"]) yes((await begun(client(at, { app: { redirectUrl } }).hub)).url);
    for (const state of [() => {}, "x".repeat(2001), 5n]) await fails(begun(client(at).hub, { state }), "invalid_argument");
  },

  "a Space has the app in its page": async (at) => {
    const { hub } = client(at, { app: { clientId: undefined, scopes: undefined } });
    has((await fails(begun(hub), "invalid_argument")).hint, "https://huggingface.co/settings/applications/new", "hf_oauth");
    await amid({ huggingface: { variables: { OAUTH_CLIENT_ID: "of-the-space", OAUTH_SCOPES: "email jobs" } } }, async () => {
      const { url } = await begun(hub);
      same([url.searchParams.get("client_id"), url.searchParams.get("scope")], ["of-the-space", "openid profile email jobs"]);
    });
  },

  "a secret is for servers, goes by Basic and is kept nowhere": async (at) => {
    const clientSecret = "fake-client-secret/for+tests";
    if (typeof document !== "undefined") {
      let error;
      try { oauth({ clientId: CLIENT, clientSecret }); } catch (it) { error = it; }
      same(error.code, "invalid_argument");
      return hides(error, clientSecret, at.inspect);
    }
    const { hub, fetch } = client(at, { app: { clientSecret } });
    await hub.handleRedirect({ url: (await begun(hub)).back() });
    const exchange = fetch.calls.find(({ url }) => url.endsWith("/token"));
    same(exchange.authorization, `Basic ${btoa(`${CLIENT}:${encodeURIComponent(clientSecret)}`)}`);
    lacks(exchange.init.body, "secret");
    lacks(at.inspect(hub), clientSecret);
  },

  "offline nothing is sent": async (at) => {
    const fetch = server();
    await fails(begun(client(at, { fetch, offline: true }).hub), "offline");
    same(fetch.calls.length, 0);
  },

  "nothing of a client shows what it signed in with": async (at) => {
    const { hub } = client(at);
    const { back, state } = await begun(hub);
    for (const secret of [state.slice(10)]) lacks(at.inspect(hub), secret);
    await hub.handleRedirect({ url: back() });
    for (const secret of [TOKEN, REFRESH, CODE]) lacks(`${at.inspect(hub)} ${JSON.stringify(hub.session)}`, secret);
  },

  "debug is told of each request and of nothing in it": async (at) => {
    const events = [];
    const { hub, fetch } = client(at, { debug: (it) => void events.push(it) });
    await hub.handleRedirect({ url: (await begun(hub)).back() });
    await new Promise((done) => setTimeout(done, 20));
    same(events.filter(({ type }) => type === "request").map(({ method, url }) => `${method} ${url}`), ["GET https://hub.example/.well-known/openid-configuration", "POST https://hub.example/oauth/token", "GET https://hub.example/oauth/userinfo"]);
    for (const secret of [TOKEN, REFRESH, CODE, formOf(fetch.calls[1]).code_verifier]) lacks(JSON.stringify(events), secret);
  },

  "the scopes are named with what they grant, and a client is described as the Hub reads it": async ({ hubkey }) => {
    yes(Object.isFrozen(SCOPES) && Object.keys(SCOPES).length === 19 && Object.values(SCOPES).every((it) => it.length > 5));
    const url = "https://app.example/.well-known/oauth-cimd";
    same(clientMetadata({ url, name: "An app", redirectUrls: [CALLBACK, "http://127.0.0.1/"], logoUrl: "https://app.example/l.svg", siteUrl: "https://app.example/" }), {
      client_id: url, client_name: "An app", redirect_uris: [CALLBACK, "http://127.0.0.1/"], token_endpoint_auth_method: "none", grant_types: ["authorization_code", "refresh_token"], response_types: ["code"],
      logo_uri: "https://app.example/l.svg", client_uri: "https://app.example/",
    });
    for (const change of [{ url: "http://app.example/x" }, { url: "https://app.example/" }, { url: undefined }, { name: " " }, { redirectUrls: [] }, { redirectUrls: ["http://app.example/"] }, { redirectUrls: [5] }, { logoUrl: "javascript:alert(1)" }]) {
      let error;
      try { clientMetadata({ url, name: "An app", redirectUrls: [CALLBACK], ...change }); } catch (it) { error = it; }
      yes(hubkey.isHubError(error) && error.code === "invalid_argument", JSON.stringify(change));
    }
  },
};
