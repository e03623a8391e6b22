// A token in exchange for an id token of continuous integration, or for a member's address: against a localhub, and against
// servers that are a function.
import { exchangeEmail, exchangeIdToken, githubIdToken, memberToken, trustedPublisher } from "hubkey/exchange";
import { fails, has, hides, lacks, same, yes } from "../support/check.mjs";
import { hurried } from "../support/clock.mjs";
import { json, redirect, spy } from "../support/spy.mjs";
import { oauth } from "./common.mjs";

const ENDPOINT = "https://hub.example", MINT = "https://actions.example/idtoken";
const coded = (it) => btoa(JSON.stringify(it)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const jwt = (claims) => `${coded({ alg: "none", typ: "JWT" })}.${coded({ aud: ENDPOINT, repository: "acme/m1-ci", ref: "refs/heads/main", ...claims })}.${"FakeSignature".padEnd(43, "0")}`;
const TOKEN = (nth) => `hf_jwt_FakeForTests.number.${nth}`;
const REQUEST_TOKEN = "FakeRequestTokenOfAJob00000000";
const ENV = { GITHUB_ACTIONS: "true", ACTIONS_ID_TOKEN_REQUEST_URL: `${MINT}?api-version=2.0`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN };
const ORG = { clientId: "hubkey-test-org", clientSecret: "hubkey-test-org-secret-not-real" };

/** A Hub and the CI beside it. Each part is an answer, or a function of the call and of how many there were of its kind. */
const world = ({ token, mint, api } = {}) => {
  const counts = { token: 0, mint: 0, api: 0 };
  const part = (name, it, call, otherwise) => {
    const nth = ++counts[name], value = typeof it === "function" ? it(call, nth) : it;
    return value ?? otherwise(nth);
  };
  const fetch = spy((call) => {
    const { origin, pathname, searchParams } = new URL(call.url);
    if (pathname === "/.well-known/openid-configuration") return new Response("", { status: 404 });
    if (pathname === "/oauth/token") return part("token", token, call, (nth) => json({ access_token: TOKEN(nth), token_type: "bearer", expires_in: 3600 }));
    if (origin === new URL(MINT).origin) return part("mint", mint, call, () => json({ count: 1, value: jwt({ aud: searchParams.get("audience") }) }));
    return part("api", api, call, () => json({ type: "user", name: "ada" }));
  });
  return { fetch, counts };
};
const client = ({ hubkey }, store, { fetch }, more) => new hubkey.Hub({ endpoint: ENDPOINT, fetch, store, maxRetries: 0, ...more });
const sent = (fetch, path) => fetch.calls.filter(({ url }) => new URL(url).pathname === path);
const ask = (hub) => hub.modelInfo({ repo: "acme/m1" });
const refused = (error, error_description) => () => json({ error, error_description }, 400);

/** As GitHub Actions gives it to a job of that localhub. */
const job = ({ hubUrl }) => ({ GITHUB_ACTIONS: "true", ACTIONS_ID_TOKEN_REQUEST_URL: `${hubUrl}/_localhub/actions/token?api-version=2.0`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "FakeActionsRequestToken" });

export default {
  "a job of GitHub Actions uses what trusts it, with no secret of its own": async (at) => {
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, store: trustedPublisher({ resource: "acme/m1", env: job(at) }) });
    same((await hub.modelInfo({ repo: "acme/m1" })).id, "acme/m1");
    has(await hub.getToken(), /^hf_jwt_/);
    same([hub.session.status, hub.session.source, (await oauth(at)).counts.exchanges], ["signed_in", "getter", 1]);
    const [mint, exchange] = ["/_localhub/actions/token", "/oauth/token"].map((path) => (it) => it.path === path);
    const log = await at.control.requests();
    same(new URLSearchParams(log.find(mint).query).get("audience"), at.hubUrl);
    same(log.find(exchange).headers.authorization, undefined);
    lacks(JSON.stringify(log.filter((it) => !mint(it))), "FakeActionsRequestToken", "the job's token goes to one place");
  },

  "a user and a dataset are named as the Hub names them": async (at) => {
    const { idToken, ...more } = { idToken: await githubIdToken({ env: job(at), endpoint: at.hubUrl }), endpoint: at.hubUrl };
    for (const [resource, kind] of [["acme/m1", "jwt"], ["datasets/ada/data-001", "jwt"], ["ada", "oauth"]]) {
      const began = Date.now(), it = await exchangeIdToken({ idToken, resource, ...more });
      same(it.kind, kind, resource);
      yes(it.expiresAt > began + 3_000_000 && it.expiresAt < Date.now() + 3_700_000, "an hour");
    }
  },

  "what nothing trusts is told by the Hub's word, with what the job says of itself": async (at) => {
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, store: trustedPublisher({ resource: "ada/tiny", env: job(at) }) });
    const error = await fails(hub.modelInfo({ repo: "ada/tiny" }), "invalid_request");
    has(error.message, "invalid_grant");
    has(error.hint, "settings of ada/tiny", "repository acme/m1-ci", "ref refs/heads/main");
    same([error.status, hub.session.status], [400, "unknown"]);
    await oauth(at, { ciClaims: { aud: "https://elsewhere.example" } });
    has((await fails(hub.modelInfo({ repo: "ada/tiny" }), "invalid_argument")).message, `not for ${at.hubUrl}`);
    same((await oauth(at)).counts.exchanges, 0);
  },

  "an organization's server acts for its member": async (at) => {
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, store: memberToken({ ...ORG, email: "ada@example.org" }) });
    same((await hub.whoami()).name, "ada");
    const it = await exchangeEmail({ ...ORG, email: "ada@example.org", endpoint: at.hubUrl });
    same([it.kind, it.scopes.length > 0], ["oauth", true]);
    const stranger = await fails(exchangeEmail({ ...ORG, email: "nobody@elsewhere.example", endpoint: at.hubUrl }), "invalid_request");
    has(stranger.message, "invalid_grant");
    has(stranger.hint, "member");
    hides(stranger, ORG.clientSecret, at.inspect);
    const wrong = "hubkey-test-wrong-secret-not-real";
    const error = await fails(exchangeEmail({ ...ORG, clientSecret: wrong, email: "ada@example.org", endpoint: at.hubUrl }), "invalid_request");
    has(`${error.message} ${error.hint}`, "invalid_client", "privilege");
    hides(error, wrong, at.inspect);
  },

  "what is sent is as the Hub documents it": async (at) => {
    const it = world(), hub = client(at, trustedPublisher({ resource: "datasets/acme/d", env: ENV }), it);
    await ask(hub);
    const [mint] = sent(it.fetch, "/idtoken"), [exchange] = sent(it.fetch, "/oauth/token"), [call] = sent(it.fetch, "/api/models/acme/m1");
    same([mint.method, mint.url, mint.authorization, mint.init.redirect], ["GET", `${MINT}?api-version=2.0&audience=${encodeURIComponent(ENDPOINT)}`, `Bearer ${REQUEST_TOKEN}`, "manual"]);
    same([exchange.method, exchange.headers.get("content-type"), exchange.authorization, exchange.init.redirect], ["POST", "application/json", null, "manual"]);
    same(JSON.parse(exchange.init.body), { grant_type: "urn:ietf:params:oauth:grant-type:token-exchange", subject_token: jwt(), subject_token_type: "urn:ietf:params:oauth:token-type:id_token", resource: "datasets/acme/d" });
    same(call.authorization, `Bearer ${TOKEN(1)}`);

    const org = world();
    await ask(client(at, memberToken({ clientId: "app", clientSecret: "FakeSecretForTests", email: "ada@acme.example", scopes: ["read-repos", "jobs", "jobs"] }), org));
    const [form] = sent(org.fetch, "/oauth/token");
    same([form.headers.get("content-type"), form.authorization], ["application/x-www-form-urlencoded", `Basic ${btoa("app:FakeSecretForTests")}`]);
    same(Object.fromEntries(new URLSearchParams(form.init.body)), { grant_type: "urn:ietf:params:oauth:grant-type:token-exchange", client_id: "app", subject_token: "ada@acme.example", subject_token_type: "urn:huggingface:token-type:user-email", scope: "read-repos jobs" });
  },

  "any id token will do, and HF_OIDC_ID_TOKEN goes before GitHub's": async (at) => {
    const seen = [], own = jwt({ iss: "https://ci.example" });
    for (const options of [
      { resource: "acme/m1", idToken: async (how) => (seen.push(how.audience), ` ${own}\n`) },
      { resource: "acme/m1", idToken: own, env: ENV },
      { resource: "acme/m1", env: { ...ENV, HF_OIDC_ID_TOKEN: own } },
      { env: { HF_OIDC_ID_TOKEN: own, HF_OIDC_RESOURCE: "acme/m1" } },
    ]) {
      const it = world();
      await ask(client(at, trustedPublisher(options), it));
      const { subject_token, resource } = JSON.parse(sent(it.fetch, "/oauth/token")[0].init.body);
      same([subject_token, resource, it.counts.mint], [own, "acme/m1", 0]);
    }
    same(seen, [ENDPOINT]);
  },

  "an exchange may take longer than a store, and who leaves it is gone": async (at) => {
    await hurried(async () => {
      const slow = world({ token: async () => (await new Promise((done) => setTimeout(done, 8000)), json({ access_token: TOKEN(1), token_type: "bearer" })) });
      await ask(client(at, trustedPublisher({ resource: "acme/m1", idToken: jwt() }), slow));
      same([slow.counts.token, slow.counts.api], [1, 1]);
    });
    const never = world({ token: () => new Promise(() => {}) }), controller = new AbortController();
    const hub = client(at, trustedPublisher({ resource: "acme/m1", idToken: jwt() }), never);
    const call = fails(hub.modelInfo({ repo: "acme/m1", signal: controller.signal }), "aborted");
    await new Promise((done) => setTimeout(done, 20));
    controller.abort();
    await call;
    await fails(hub.modelInfo({ repo: "acme/m1", signal: controller.signal }), "aborted");
    same(never.counts, { token: 1, mint: 0, api: 0 });
    await fails(client(at, trustedPublisher({ resource: "acme/m1", idToken: () => new Promise(() => {}) }), world(), { timeoutMs: 30 }).whoami(), "timeout");
  },

  "a token serves until five minutes before its end where another can be had, to its end where not": async (at) => {
    for (const [store, second] of [
      [trustedPublisher({ resource: "acme/m1", env: ENV }), 3_300_000],
      [trustedPublisher({ resource: "acme/m1", idToken: async () => jwt() }), 3_300_000],
      [memberToken({ clientId: "app", clientSecret: "FakeSecretForTests", email: "ada@acme.example" }), 3_300_000],
      [trustedPublisher({ resource: "acme/m1", idToken: jwt() }), 3_600_000],
      [trustedPublisher({ resource: "acme/m1", env: { HF_OIDC_ID_TOKEN: jwt() } }), 3_600_000],
    ]) {
      const it = world(), hub = client(at, store, it), counted = [];
      await hurried(async () => {
        const wait = (ms) => new Promise((done) => setTimeout(done, ms));
        await ask(hub);
        await wait(second - 60_000);
        await ask(hub);
        counted.push(it.counts.token);
        await wait(120_000);
        await ask(hub);
        counted.push(it.counts.token);
      });
      same(counted, [1, 2]);
      same(it.fetch.calls.at(-1).authorization, `Bearer ${TOKEN(2)}`);
    }
  },

  "a token that lasts shortly, or nobody knows how long, is not exchanged at each call": async (at) => {
    for (const expires_in of [200, undefined]) {
      const it = world({ token: (_, nth) => json({ access_token: TOKEN(nth), token_type: "bearer", expires_in }) });
      const hub = client(at, trustedPublisher({ resource: "acme/m1", env: ENV }), it);
      for (let nth = 0; nth < 3; nth++) await ask(hub);
      same(it.counts.token, 1, `${expires_in}`);
    }
  },

  "while the old token still does, an exchange that fails stops nobody": async (at) => {
    let down = false;
    const it = world({ token: () => (down ? json({}, 503) : undefined) });
    const hub = client(at, trustedPublisher({ resource: "acme/m1", env: ENV }), it);
    await hurried(async () => {
      const wait = (ms) => new Promise((done) => setTimeout(done, ms));
      await ask(hub);
      down = true;
      await wait(3_310_000);
      await ask(hub);
      await ask(hub);
      same(it.counts.token, 3, "asked twice, and then not for a while");
      await wait(300_000);
      await fails(ask(hub), "server_error");
      down = false;
      await ask(hub);
    });
    same(it.counts.token, 6);
  },

  "a token that is refused is exchanged anew, once": async (at) => {
    const it = world({ api: ({ authorization }) => (authorization === `Bearer ${TOKEN(1)}` ? json({ error: "Invalid token" }, 401) : undefined) });
    const hub = client(at, trustedPublisher({ resource: "acme/m1", env: ENV }), it);
    await ask(hub);
    same([it.counts.token, sent(it.fetch, "/api/models/acme/m1").map((call) => call.authorization), await hub.getToken()], [2, [1, 2].map((nth) => `Bearer ${TOKEN(nth)}`), TOKEN(2)]);

    const many = world({ api: ({ authorization }) => (authorization === `Bearer ${TOKEN(1)}` ? json({ error: "Invalid token" }, 401) : undefined) });
    const busy = client(at, trustedPublisher({ resource: "acme/m1", env: ENV }), many);
    await busy.getToken();
    await Promise.all([ask(busy), ask(busy), ask(busy)]);
    yes(many.counts.token === 2 || globalThis.navigator?.userAgent === "Cloudflare-Workers", "those who are refused together exchange once");

    const never = world({ api: () => json({ error: "Invalid token" }, 401) });
    const shut = client(at, trustedPublisher({ resource: "acme/m1", env: ENV }), never);
    for (let nth = 0; nth < 3; nth++) await fails(shut.whoami({ cache: false }), "invalid_token");
    same([never.counts.token, never.counts.api], [2, 4], "what is refused twice is not exchanged at each call");
  },

  "logout forgets the token, and this client signs in no more": async (at) => {
    const it = world(), store = trustedPublisher({ resource: "acme/m1", env: ENV }), hub = client(at, store, it), other = client(at, store, it);
    await ask(hub);
    await ask(other);
    same(it.counts.token, 1, "clients on one store share it");
    await fails(hub.logout(), "storage_read_only");
    same(await hub.getToken(), null);
    same(await other.getToken(), TOKEN(2));
  },

  "whoever has another token exchanges nothing": async (at) => {
    const token = "hf_given".padEnd(37, "0"), { Hub } = at.hubkey;
    const it = world(), options = { endpoint: ENDPOINT, fetch: it.fetch, store: trustedPublisher({ resource: "acme/m1", env: ENV }) };
    const signedIn = new Hub(options);
    await signedIn.setToken({ token });
    for (const hub of [new Hub({ ...options, token }), Hub.fromEnv({ HF_TOKEN: token }, options), signedIn]) await ask(hub);
    const anonymous = new Hub(options);
    await anonymous.modelInfo({ repo: "acme/m1", token: false });
    await anonymous.modelInfo({ repo: "acme/m1", token });
    same([it.counts.token, it.counts.mint], [0, 0]);
    same(it.fetch.calls.map((call) => call.authorization), [...Array(3).fill(`Bearer ${token}`), null, `Bearer ${token}`]);
  },

  "a client exchanges or signs in, not both": async (at) => {
    const { oauth: signIn } = await import("hubkey/oauth"), store = trustedPublisher({ resource: "acme/m1", env: ENV });
    await fails(() => new at.hubkey.Hub({ store, oauth: signIn({ clientId: "app" }) }), "invalid_argument");
    has((await fails(new at.hubkey.Hub({ store }).signIn(), "invalid_argument")).hint, "hubkey/oauth");
  },

  "who listens hears of it without a call": async (at) => {
    const it = world(), hub = client(at, trustedPublisher({ resource: "acme/m1", env: ENV }), it);
    const status = await new Promise((done) => { const leave = hub.subscribe((session) => session.status !== "unknown" && (done(session.status), queueMicrotask(() => leave()))); });
    same([status, it.counts], ["signed_in", { token: 1, mint: 1, api: 0 }]);
    same((await hub.authList()).source, "getter");
  },

  "a job that is given no id token is told which line its workflow lacks": async (at) => {
    for (const env of [{ GITHUB_ACTIONS: "true" }, { GITHUB_ACTIONS: "true", ACTIONS_ID_TOKEN_REQUEST_URL: MINT }, { ...ENV, ACTIONS_ID_TOKEN_REQUEST_TOKEN: " " }]) {
      const it = world();
      has((await fails(ask(client(at, trustedPublisher({ resource: "acme/m1", env }), it)), "no_token")).hint, "id-token: write");
      same(it.fetch.calls, []);
    }
    has((await fails(ask(client(at, trustedPublisher({ resource: "acme/m1", env: {} }), world())), "no_token")).hint, "HF_OIDC_ID_TOKEN", ENDPOINT);
    for (const status of [401, 403]) {
      const it = world({ mint: () => json({ message: `no: ${REQUEST_TOKEN}` }, status) });
      const error = await fails(ask(client(at, trustedPublisher({ resource: "acme/m1", env: ENV }), it)), "no_token");
      has(error.hint, "id-token: write");
      hides(error, REQUEST_TOKEN, at.inspect);
      same([it.counts.mint, it.counts.token], [1, 0]);
    }
    for (const idToken of [async () => undefined, async () => " ", async () => { throw new Error(`no: ${REQUEST_TOKEN} hf_oauth_fakeForTests00`); }, async () => 5]) {
      const error = await fails(ask(client(at, trustedPublisher({ resource: "acme/m1", idToken }), world())), "no_token");
      hides(error, "hf_oauth_fakeForTests00", at.inspect);
    }
  },

  "the job's token goes to one address, over https, and not along a redirect": async (at) => {
    for (const address of ["http://actions.example/idtoken", "ftp://actions.example/", "nonsense", "https://user:pass@actions.example/"]) {
      const it = world();
      await fails(githubIdToken({ env: { ...ENV, ACTIONS_ID_TOKEN_REQUEST_URL: address }, fetch: it.fetch }), "invalid_argument", address);
      same(it.fetch.calls, []);
    }
    for (const secret of ["two words", "line\nbreak", "ü"]) await fails(githubIdToken({ env: { ...ENV, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret }, fetch: world().fetch }), "invalid_argument");
    const led = world({ mint: () => redirect("https://elsewhere.example/idtoken") });
    hides(await fails(githubIdToken({ env: ENV, fetch: led.fetch }), "cross_origin_redirect"), REQUEST_TOKEN, at.inspect);
    same(led.fetch.calls.map(({ url }) => new URL(url).host), ["actions.example"]);
    const broken = world({ mint: ({ url, authorization }) => Promise.reject(new Error(`GET ${url} with ${authorization.slice(7)} failed`)) });
    hides(await fails(githubIdToken({ env: ENV, fetch: broken.fetch }), "network"), REQUEST_TOKEN, at.inspect);
    const moved = world({ token: () => redirect("https://elsewhere.example/oauth/token", 307) });
    await fails(exchangeIdToken({ endpoint: ENDPOINT, idToken: jwt(), resource: "acme/m1", fetch: moved.fetch }), "cross_origin_redirect");
    same(sent(moved.fetch, "/oauth/token").length, 1);
  },

  "what passes is tried once more, what does not is not": async (at) => {
    const passing = world({ mint: (_, nth) => (nth === 1 ? json({}, 500) : undefined), token: (_, nth) => (nth === 1 ? Promise.reject(new TypeError("fetch failed")) : undefined) });
    await ask(client(at, trustedPublisher({ resource: "acme/m1", env: ENV }), passing));
    same([passing.counts.mint, passing.counts.token], [2, 2]);
    for (const [answer, code] of [[() => json({}, 429), "rate_limited"], [() => json("<html>"), "invalid_token_response"], [() => json({ value: "no.token" }), "invalid_token_response"], [() => json({}, 404), "invalid_token_response"]]) {
      const it = world({ mint: answer });
      await fails(githubIdToken({ env: ENV, fetch: it.fetch }), code);
      same(it.counts.mint, 1);
    }
    for (const [answer, code] of [[refused("invalid_request", "resource"), "invalid_request"], [refused("invalid_client"), "invalid_request"], [() => json({ access_token: "two words", token_type: "bearer" }), "invalid_token_response"], [() => json({ access_token: TOKEN(1), token_type: "N_A" }), "invalid_token_response"], [() => json({}, 429), "rate_limited"], [() => json("<html>"), "invalid_token_response"]]) {
      const it = world({ token: answer });
      await fails(exchangeIdToken({ endpoint: ENDPOINT, idToken: jwt(), resource: "acme/m1", fetch: it.fetch }), code);
      same(it.counts.token, 1);
    }
  },

  "no error and no debug event tells the id token, the job's token or the app's secret": async (at) => {
    const secret = "FakeSecretForTests000000", events = [], debug = (event) => void events.push(event), idToken = jwt();
    const echo = ({ init, authorization }) => json({ error: "invalid_grant", error_description: `no: ${init.body} ${authorization} ${atob(authorization?.slice(6) ?? "")}` }, 400);
    const it = world({ token: echo, mint: ({ authorization }) => json({ message: authorization }, 500) });
    const calls = [
      () => ask(client(at, trustedPublisher({ resource: "acme/m1", idToken }), it, { debug })),
      () => ask(client(at, trustedPublisher({ resource: "acme/m1", env: ENV }), it, { debug })),
      () => exchangeEmail({ endpoint: ENDPOINT, clientId: "app", clientSecret: secret, email: "ada@acme.example", fetch: it.fetch, debug }),
    ];
    for (const [nth, call] of calls.entries()) {
      const error = await fails(call, nth === 1 ? "server_error" : "invalid_request");
      for (const hidden of [idToken, idToken.split(".")[2], REQUEST_TOKEN, secret, "ada@acme.example", "ada%40acme.example"]) hides(error, hidden, at.inspect);
    }
    await new Promise((done) => setTimeout(done, 0));
    yes(events.length >= 6, `${events.length} events`);
    for (const hidden of [idToken, REQUEST_TOKEN, secret, "ada@acme.example", "audience"]) lacks(JSON.stringify(events), hidden);
    const store = trustedPublisher({ resource: "acme/m1", idToken });
    await ask(client(at, store, world()));
    for (const hidden of [idToken, TOKEN(1)]) lacks(at.inspect(store), hidden);
  },

  "what is no resource, address, app or id token is refused before anything is sent": async (at) => {
    const { fetch } = world(), idToken = jwt(), app = { clientId: "app", clientSecret: "FakeSecretForTests" };
    for (const resource of [undefined, null, "", 5, "a/b/c", "models/acme/m1", "datasets", "datasets/acme", "acme/", "/m1", "acme/..", "../m1", "acme/m 1", "https://huggingface.co/acme/m1", "acme/m1/", "acme/m1?x", {}, ["acme/m1"]]) {
      await fails(() => trustedPublisher({ resource, env: ENV }), "invalid_argument", String(resource));
      await fails(exchangeIdToken({ resource, idToken, fetch, endpoint: ENDPOINT }), "invalid_argument", String(resource));
    }
    for (const options of [undefined, null, "acme/m1", { resource: "acme/m1" }, { resource: "acme/m1", env: "x" }, { resource: "acme/m1", idToken: 5 }, { resource: "acme/m1", idToken: {} }]) await fails(() => trustedPublisher(options), "invalid_argument");
    for (const wrong of ["", "a.b", "a.b.c", `${idToken}.x`, `"${idToken}"`, idToken.replace(".", ". "), jwt({ aud: "https://huggingface.co.elsewhere.example" }), jwt({ aud: [] }), jwt({ aud: undefined }), "hf_".padEnd(37, "0"), undefined, 5, "x".repeat(20_000)]) {
      const error = await fails(exchangeIdToken({ resource: "acme/m1", idToken: wrong, fetch, endpoint: ENDPOINT }), "invalid_argument", String(wrong));
      if (wrong?.length > 20) hides(error, wrong, at.inspect);
    }
    for (const change of [{ clientId: undefined }, { clientId: "two words" }, { clientSecret: undefined }, { clientSecret: "line\n" }, { email: undefined }, { email: "ada" }, { email: "ada@" }, { email: "a da@acme.example" }, { email: "ada@acme.example\r\n" }, { scopes: [] }, { scopes: "jobs" }, { scopes: ["two words"] }, { scopes: [5] }]) {
      const options = { ...app, email: "ada@acme.example", ...change };
      await fails(() => memberToken(options), "invalid_argument", JSON.stringify(change));
      await fails(exchangeEmail({ ...options, fetch, endpoint: ENDPOINT }), "invalid_argument", JSON.stringify(change));
    }
    for (const [endpoint, code] of [["http://hub.example", "insecure_endpoint"], ["hub.example", "invalid_endpoint"], ["ftp://hub.example", "invalid_endpoint"], ["https://a:b@hub.example", "invalid_endpoint"], ["https://hub.example?x", "invalid_endpoint"], [5, "invalid_endpoint"]])
      await fails(exchangeIdToken({ resource: "acme/m1", idToken, fetch, endpoint }), code, String(endpoint));
    for (const change of [{ audience: "" }, { audience: 5 }, { audience: "two words" }, { env: undefined }, { env: "x" }, { fetch: 5 }, { signal: 5 }, { timeoutMs: "x" }]) await fails(githubIdToken({ env: ENV, fetch, ...change }), "invalid_argument", JSON.stringify(change));
    same(fetch.calls, []);
    // Listed beside others, it is for the Hub as well.
    await exchangeIdToken({ resource: "acme/m1", idToken: jwt({ aud: ["https://elsewhere.example", ENDPOINT] }), fetch, endpoint: ENDPOINT });
  },

  "offline nothing is sent": async (at) => {
    const it = world();
    await fails(ask(client(at, trustedPublisher({ resource: "acme/m1", env: ENV }), it, { offline: true })), "offline");
    same(it.fetch.calls, []);
  },

  "many calls at once are one exchange, but for workerd": async (at) => {
    const it = world(), hub = client(at, trustedPublisher({ resource: "acme/m1", env: ENV }), it);
    await Promise.all(Array.from({ length: 5 }, () => ask(hub)));
    same([it.counts.token, it.counts.api], [globalThis.navigator?.userAgent === "Cloudflare-Workers" ? 5 : 1, 5]);
    same(new Set(sent(it.fetch, "/api/models/acme/m1").map((call) => call.authorization)).size <= it.counts.token, true);
  },
};
