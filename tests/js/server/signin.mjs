// The sign-in of a server's visitors, from the link to the session. tests/THREATS.md, rows 29 to 38, 40, 43, 44, 71, 74, 75.
import { everything, fails, has, lacks, same, yes } from "../support/check.mjs";
import { json } from "../support/spy.mjs";
import { begun, CLIENT_SECRET, codeOf, CONFIDENTIAL, ENDPOINT, enter, hubOf, made, METADATA, oauth, open, TOKENS } from "./common.mjs";

const NAME = "__Host-hubkey";
const JWT = "eyJhbGciOiJFUzI1NiJ9.eyJmYWtlIjoidG9rZW4ifQ.c2lnbmF0dXJlT2ZOb2JvZHk";
/** A callback that must come to nothing: no session, the sign-in used up, and this many requests for a token. */
const refused = async (change, code, { fetch = hubOf(), status = 400, tokens = 0, visits = made({ fetch }).visits(), raw } = {}) => {
  const { back, state } = await begun(visits), address = raw ? raw(back()) : back(change);
  const answer = await visits.ask(address), about = JSON.stringify(change) ?? address.replace(state, "…");
  same([answer.status, await codeOf(answer)], [status, code], about);
  same(fetch.tokens().length, tokens, `${about}: requests for a token`);
  yes(!visits.cookies.has(NAME), `${about}: nobody is signed in`);
  const page = visits.seen.at(-1);
  for (const it of [state, "FakeCodeForTests", TOKENS.access_token, TOKENS.refresh_token]) lacks(page, it, about);
  return { answer, visits, address };
};

export default {
  "a public app: four requests, and whoever came is signed in": async (at) => {
    const { visits } = await open(at), browser = visits();
    const answer = await browser.signIn("/auth/login?returnTo=/inbox%3Funread=1");
    same([answer.status, answer.headers.get("location"), answer.headers.get("cache-control")], [303, "/inbox?unread=1", "no-store"]);
    // The metadata may be known from before.
    const lines = (await at.control.lines()).map((it) => it.split("?")[0]).filter((it) => !it.includes("well-known"));
    same(lines, ["GET /oauth/authorize", "POST /oauth/token", "GET /oauth/userinfo"]);
    same(await browser.json("/"), { name: "ada", signedIn: true, own: true, scopes: ["openid", "profile", "read-repos"] });
  },

  "a confidential app proves itself by Basic, with PKCE beside it": async (at) => {
    const { visits } = await open(at, { clientId: CONFIDENTIAL, clientSecret: CLIENT_SECRET }), browser = visits();
    same((await browser.signIn()).status, 303);
    same((await browser.json("/")).name, "ada");
    const sent = (await at.control.requests()).find((it) => it.path === "/oauth/token");
    same(sent.headers.authorization, `Basic ${btoa(`${CONFIDENTIAL}:${CLIENT_SECRET}`)}`);
    lacks(String(sent.body), CLIENT_SECRET);
    has(String(sent.body), "code_verifier=");
    lacks(browser.seen.join("\n") + browser.lines.join("\n"), CLIENT_SECRET);
  },

  "what the visitor refuses is told, and nothing more is asked": async (at) => {
    const { visits } = await open(at), browser = visits();
    await oauth(at, { autoApprove: "deny" });
    const answer = await browser.signIn();
    same([answer.status, await codeOf(answer)], [403, "access_denied"]);
    same((await at.control.lines()).filter((it) => it.includes("/oauth/token")), []);
    same([...browser.cookies.keys()], []);
  },

  "PKCE by SHA-256; state and verifier long enough, the verifier in the request for the token alone": async () => {
    const fetch = hubOf(), visits = made({ fetch }).visits();
    const { searchParams, back, state } = await begun(visits);
    await visits.ask(back());
    const [form] = fetch.forms();
    yes(/^[\w.~-]{43,128}$/.test(form.code_verifier));
    yes(state.length >= 22);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(form.code_verifier)));
    same([searchParams.get("code_challenge_method"), searchParams.get("code_challenge")], ["S256", btoa(String.fromCharCode(...hash)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "")]);
    same([form.redirect_uri, searchParams.get("redirect_uri"), form.client_id], ["https://app.example/auth/callback", "https://app.example/auth/callback", searchParams.get("client_id")]);
    lacks(visits.seen.join("\n") + visits.lines.join("\n"), form.code_verifier);
  },

  "a state that is missing, changed or another's is a mismatch, and no token is asked for": async () => {
    for (const state of [undefined, "", "null", "{}", "x", "0".repeat(43)]) await refused({ state }, "state_mismatch");
    const fetch = hubOf(), { visits } = made({ fetch }), [mine, theirs] = [visits(), visits()];
    const { back } = await begun(theirs);
    await begun(mine);
    // Sent to a browser that began another one: login CSRF.
    same(await codeOf(await mine.ask(back())), "state_mismatch");
    same([fetch.tokens().length, mine.cookies.has(NAME)], [0, false]);
  },

  "an issuer that is wrong, or missing though announced, is a mismatch": async () => {
    for (const iss of ["https://evil.example", "", "nonsense", undefined, `${ENDPOINT}.evil.example`]) await refused({ iss }, "issuer_mismatch");
  },

  "metadata of somebody else, or that send the code elsewhere, are refused": async () => {
    for (const [change, code] of [
      [{ issuer: "https://evil.example" }, "issuer_mismatch"], [{ token_endpoint: "https://evil.example/oauth/token" }, "invalid_metadata"],
      [{ token_endpoint: undefined }, "invalid_metadata"], [{ authorization_endpoint: "javascript:alert(1)" }, "invalid_metadata"], [{ code_challenge_methods_supported: ["plain"] }, "invalid_metadata"],
    ]) {
      const fetch = hubOf({ "/.well-known/openid-configuration": { ...METADATA, ...change } }), visits = made({ fetch }).visits();
      same(await codeOf(await visits.ask("/auth/login")), code, JSON.stringify(change));
      same([fetch.tokens().length, visits.cookies.size], [0, 0]);
    }
  },

  "what stands twice, and a success that is an error too, is no callback": async () => {
    for (const raw of [(it) => `${it}&code=another`, (it) => `${it}&state=another`, (it) => `${it}&iss=another`, (it) => `${it}&error=access_denied`, (it) => `${it}&error=a&error=b`]) await refused(undefined, "invalid_callback", { raw });
    await refused({ code: undefined }, "invalid_callback");
    await refused({ code: "" }, "invalid_callback");
  },

  "an error of the server's is told in its own word, without secrets": async () => {
    await refused({ code: undefined, error: "access_denied", error_description: "The user denied the request" }, "access_denied", { status: 403 });
    await refused({ code: undefined, error: "server_error" }, "server_error", { status: 502 });
    const { answer } = await refused({ code: undefined, error: "invalid_scope", error_description: `<script>alert(1)</script> ${JWT} <b title='x'>` }, "invalid_request");
    const page = await answer.text();
    has(page, "invalid_scope");
    for (const it of ["<script", JWT, "<b", "title='x'"]) lacks(page, it);
  },

  "the same callback twice at once: one request for a token, and one session": async () => {
    let go;
    const slow = new Promise((done) => { go = done; });
    const fetch = hubOf({ "/oauth/token": async () => { await slow; return json(TOKENS); } }), visits = made({ fetch }).visits();
    const { back } = await begun(visits), all = [visits.ask(back()), visits.ask(back())];
    await new Promise((done) => setTimeout(done, 60));
    go();
    same((await Promise.all(all)).map((it) => it.status), [303, 303]);
    same(fetch.tokens().length, 1);
    same((await visits.json("/")).name, "ada");
  },

  "a callback that was used is good for nothing": async () => {
    const fetch = hubOf(), visits = made({ fetch }).visits();
    const { back } = await begun(visits);
    same((await visits.ask(back())).status, 303);
    const again = await visits.ask(back());
    same([again.status, again.headers.get("location"), fetch.tokens().length], [303, "/", 1], "loaded again, by who is signed in");
    same((await visits.json("/")).name, "ada", "who is signed in stays so");
    await visits.post("/auth/logout");
    same([await codeOf(await visits.ask(back())), fetch.tokens().length], ["state_mismatch", 1]);
  },

  "a code is never sent twice by itself": async () => {
    for (const [answer, code, status] of [[() => json("busy", 503), "server_error", 502], [() => json("{}", 429), "rate_limited", 429], [() => { throw new TypeError("reset"); }, "network", 502]])
      await refused({}, code, { fetch: hubOf({ "/oauth/token": answer }), status, tokens: 1 });
  },

  "an answer without a token that can be used signs nobody in": async () => {
    const { access_token: _, ...without } = TOKENS;
    const odd = [
      without, { ...TOKENS, access_token: null }, { ...TOKENS, access_token: 42 }, { ...TOKENS, access_token: {} }, { ...TOKENS, access_token: "" }, { ...TOKENS, access_token: "hf_a\r\nb: c" },
      { ...TOKENS, token_type: "mac" }, { ...TOKENS, token_type: undefined }, { ...TOKENS, refresh_token: "a\nb" }, { ...TOKENS, error: "invalid_grant" }, [], null, "text", "<!doctype html><p>portal",
    ];
    for (const it of odd) await refused({}, "invalid_token_response", { fetch: hubOf({ "/oauth/token": () => json(it === null || typeof it !== "string" ? JSON.stringify(it) : it) }), status: 502, tokens: 1 });
  },

  "a lifetime that is none is not known, and no reason to refuse": async () => {
    for (const expires_in of ["abc", -5, null, 1e300, undefined]) {
      const fetch = hubOf({ "/oauth/token": { ...TOKENS, expires_in } }), visits = made({ fetch }).visits();
      same((await enter(visits)).status, 303, String(expires_in));
      same((await visits.json("/")).name, "ada");
      same(fetch.tokens().length, 1, `${expires_in}: nothing is renewed`);
    }
  },

  "who takes more than ten minutes is told so": async () => {
    const fetch = hubOf(), visits = made({ fetch }).visits(), { now } = Date;
    const { back } = await begun(visits);
    try {
      Date.now = () => now() + 600_001;
      same(await codeOf(await visits.ask(back())), "state_expired");
    } finally { Date.now = now; }
    same([fetch.tokens().length, [...visits.cookies.keys()]], [0, []]);
  },

  "nobody is sent anywhere but to a path of this app": async () => {
    const fetch = hubOf();
    for (const it of ["//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example/", "javascript:alert(1)", "/\t/evil.example", "/\n/evil.example", "evil", "/..//evil.example", ""]) {
      const visits = made({ fetch }).visits(), answer = await visits.ask(`/auth/login?${new URLSearchParams({ returnTo: it })}`);
      same([answer.status, await codeOf(answer)], [400, "invalid_argument"], it);
      same(visits.cookies.size, 0);
    }
    same(fetch.calls.length, 0, "the Hub was asked");
    const visits = made({ fetch }).visits(), { back } = await begun(visits, "/enter");
    same((await visits.ask(back())).headers.get("location"), "/entered");
    const abroad = await begun(visits, "/auth/login?returnTo=/%E6%97%A5%E6%9C%AC?q=%C3%BC"), answer = await visits.ask(abroad.back());
    same([answer.status, answer.headers.get("location")], [303, "/%E6%97%A5%E6%9C%AC?q=%C3%BC"]);
  },

  "the callback's parts may come in any order, with others among them": async () => {
    const visits = made({ fetch: hubOf() }).visits(), { back } = await begun(visits);
    const parts = [...new URL(back(), "https://app.example").searchParams].reverse();
    same((await visits.ask(`/auth/callback?${new URLSearchParams([["session_state", "x"], ...parts, ["utm", "y"]])}`)).status, 303);
  },

  "several tabs sign in side by side, up to four": async () => {
    const visits = made({ fetch: hubOf() }).visits(), tabs = [];
    for (let at = 0; at < 6; at++) tabs.push(await begun(visits));
    same(visits.cookies.size, 4);
    // Those of the first two were the oldest.
    same(await codeOf(await visits.ask(tabs[0].back())), "state_mismatch");
    for (const it of tabs.slice(2)) same((await visits.ask(it.back())).status, 303);
    same([...visits.cookies.keys()], [NAME]);
  },

  "a sign-in that was begun names nothing of itself in its cookie": async () => {
    const visits = made({ fetch: hubOf() }).visits(), { state } = await begun(visits);
    const [line] = visits.lines;
    lacks(line, state);
    has(line, "; HttpOnly", "; Secure", "; SameSite=Lax", "; Path=/", "Max-Age=1200");
  },

  "signing out is for the app's own pages, by POST": async () => {
    const visits = made({ fetch: hubOf() }).visits();
    await enter(visits);
    for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site", origin: "https://app.example" }, { "sec-fetch-site": "same-site" }, { "sec-fetch-site": "none" }, { origin: "null" }, {}]) {
      const answer = await visits.ask("/auth/logout", { method: "POST", headers });
      same([answer.status, await codeOf(answer)], [403, "forbidden"], JSON.stringify(headers));
    }
    const get = await visits.ask("/auth/logout");
    same([get.status, get.headers.get("allow")], [405, "POST"]);
    same((await visits.json("/")).name, "ada", "still signed in");
    const out = await visits.post("/auth/logout", { "sec-fetch-site": "same-origin" });
    same([out.status, out.headers.get("location"), visits.cookies.size], [303, "/", 0]);
    same((await visits.json("/")).signedIn, false);
    same((await visits.post("/auth/logout")).status, 303, "once more is fine");
  },

  "two apps on one machine are two, whatever their ports": async () => {
    const [one, other] = [8787, 3000].map((port) => made({ fetch: hubOf(), clientId: `app-${port}` }).visits(`http://localhost:${port}`));
    await enter(one);
    // One browser, whose cookies know no ports.
    other.cookies = one.cookies;
    same((await other.json("/")).signedIn, false);
    await enter(other);
    for (const it of [one, other]) same((await it.json("/")).name, "ada");
    await other.post("/auth/logout");
    same([(await one.json("/")).name, (await other.json("/")).signedIn], ["ada", false]);
  },

  "whoever signs in again after an error gets where they wanted to": async () => {
    const link = async (answer) => /href="([^"]*login[^"]*)"/.exec(await answer.text())[1];
    const good = "/auth/login?returnTo=%2Finbox%3Funread%3D1", visits = made({ fetch: hubOf() }).visits();
    const { back } = await begun(visits, "/auth/login?returnTo=/inbox%3Funread=1");
    same(await link(await visits.ask(back({ code: undefined, error: "access_denied" }))), good);
    const down = () => made({ fetch: hubOf({ "/.well-known/openid-configuration": () => json("busy", 503) }) });
    same(await link(await down().visits().ask("/auth/login?returnTo=/inbox%3Funread=1")), good);
    same(await link(await down().auth.login(new Request("https://app.example/x?returnTo=/y"), { returnTo: "/inbox?unread=1" })), good);
    for (const path of ["/auth/login?returnTo=//evil.example", "/auth/callback?state=x&returnTo=/x"]) same(await link(await visits.ask(path)), "/auth/login");
  },

  "another address's `returnTo` is the app's own": async () => {
    const { auth, visits } = made({ fetch: hubOf() }), browser = visits();
    const there = await auth.login(new Request("https://app.example/own?returnTo=https://elsewhere.example/"));
    same(there.status, 303);
    browser.keep(there);
    const state = new URL(there.headers.get("location")).searchParams.get("state");
    const back = await browser.ask(`/auth/callback?${new URLSearchParams({ code: "FakeCodeForTestsOnly00000000001", state, iss: ENDPOINT })}`);
    same([back.status, back.headers.get("location")], [303, "/"]);
  },

  "the page of a refusal says it once": async () => {
    const page = async (change) => {
      const visits = made({ fetch: hubOf() }).visits(), { back } = await begun(visits);
      return (await visits.ask(back({ code: undefined, error: "access_denied", ...change }))).text();
    };
    for (const [change, said] of [[{}, []], [{ error_description: "The user denied the request" }, ["<p>The user denied the request.</p>"]]]) {
      const text = (await page(change)).replace(/<title>.*<\/title>/, "");
      has(text, "<h1>The sign-in was refused</h1>", ...said);
      same(text.match(/was refused/gi).length, 1);
      lacks(text, "<p>.</p>");
    }
  },

  "a new sign-in has nothing of the one before": async () => {
    let name = "ada";
    const fetch = hubOf({ "/oauth/userinfo": () => json({ sub: name, preferred_username: name, name, orgs: [] }) }), it = made({ fetch }), visits = it.visits();
    await enter(visits);
    name = "grace";
    await enter(visits);
    const visitor = await it.auth.visitor(new Request("https://app.example/", { headers: { cookie: visits.header } }));
    same([visitor.session.identity.name, (await visitor.hub.authList()).profiles.map((one) => one.name)], ["grace", ["oauth-grace"]]);
  },

  "the page asks who it is and gets no token": async () => {
    const visits = made({ fetch: hubOf() }).visits();
    same(await visits.json("/auth/session"), { signedIn: false });
    await enter(visits);
    const answer = await visits.ask("/auth/session"), it = await answer.json();
    same([it.signedIn, it.identity.name, it.scopes, answer.headers.get("cache-control")], [true, "ada", ["openid", "profile", "read-repos"], "no-store"]);
    for (const secret of [TOKENS.access_token, TOKENS.refresh_token]) lacks(visits.seen.join("\n"), secret);
  },

  "other addresses are not ours, and other methods are refused": async () => {
    const { auth } = made({ fetch: hubOf() }), at = (path, method = "GET") => auth.handle(new Request(`https://app.example${path}`, { method }));
    for (const path of ["/", "/auth", "/auth/", "/auth/other", "/authentic/login", "/auth/login/x", "/auth/toString", "/x/auth/login"]) same(await at(path), undefined, path);
    for (const [path, allow] of [["login", "GET"], ["callback", "GET"], ["session", "GET"], ["logout", "POST"]])
      for (const method of ["PUT", "DELETE", "OPTIONS", "HEAD", allow === "GET" ? "POST" : "GET"]) {
        const answer = await at(`/auth/${path}`, method);
        same([answer.status, answer.headers.get("allow")], [405, allow]);
      }
  },

  "a path of one's own, and the public address behind a proxy": async () => {
    const fetch = hubOf(), { app } = made({ fetch, path: "/in", redirectUrl: "https://app.example/in/callback" });
    const answer = await app(new Request("http://10.0.0.7:3000/in/login")), { searchParams } = new URL(answer.headers.get("location"));
    same(searchParams.get("redirect_uri"), "https://app.example/in/callback");
    has(answer.headers.get("set-cookie"), "__Host-hubkey-", "; Secure");
  },

  "without https there are no sessions, but on loopback": async () => {
    const { auth, app } = made({ fetch: hubOf() });
    same(await codeOf(await app(new Request("http://app.example/auth/login"))), "invalid_argument");
    await fails(auth.visitor(new Request("http://app.example/")), "invalid_argument");
  },

  "a failure may be told by the app, or as JSON": async () => {
    const heard = [], own = made({ fetch: hubOf(), onError: (error, request) => { heard.push([error.code, new URL(request.url).pathname, everything(error)]); return new Response("ours", { status: 418 }); } }).visits();
    const { back, state } = await begun(own), answer = await own.ask(back({ iss: "https://evil.example" }));
    same([answer.status, await answer.text(), heard[0].slice(0, 2)], [418, "ours", ["issuer_mismatch", "/auth/callback"]]);
    for (const it of [state, "FakeCodeForTests"]) lacks(heard[0][2], it);
    same([...own.cookies.keys()], [], "the sign-in is used up all the same");
    const plain = await made({ fetch: hubOf() }).visits().ask("/auth/callback?state=x&code=y", { headers: { accept: "application/json" } });
    same([plain.status, (await plain.json()).error.code], [400, "state_mismatch"]);
  },

  "the page of a failure loads nothing, runs nothing and is in no frame": async () => {
    const answer = await made({ fetch: hubOf() }).visits().ask("/auth/callback"), policy = answer.headers.get("content-security-policy");
    has(policy, "default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", /style-src 'nonce-[\w-]{22}'$/);
    same([answer.headers.get("cache-control"), answer.headers.get("referrer-policy"), answer.headers.get("x-content-type-options")], ["no-store", "no-referrer", "nosniff"]);
    has(await answer.text(), '<html lang="en">', 'href="/auth/login"', "<h1>");
  },

  "who is signed in while userinfo fails is signed in all the same": async () => {
    const visits = made({ fetch: hubOf({ "/oauth/userinfo": () => json("busy", 503) }), maxRetries: 0 }).visits();
    same((await enter(visits)).status, 303);
    same((await visits.json("/")).name, "ada", "whoami tells");
  },
};
