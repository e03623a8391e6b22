// A server, a proxy or a library that repeats a secret does not get it into our errors. tests/THREATS.md, rows 74, 75.
import { caught, fails, has, hides, lacks, same, yes } from "../support/check.mjs";
import { json, redirect, spy, storage } from "../support/spy.mjs";

const HUB = "https://hub.example";
// In parts: nobody's tokens, of the look that scanners of repositories search for.
const LETTERS = ["kQ8zR1wXv7Lm3NpY5", "tB2cD9fG6hJ4sAe"].join("");
const JWT = ["eyJhbGciOiJFZERTQSJ9", "eyJzdWIiOiI2NGIwYzBmZmVlMDEyMzQ1Njc4OWFiY2QifQ", "c2lnbmF0dXJlT2ZOb2JvZHk"].join(".");

/** One of each kind that a client may hold. */
export const TOKENS = { user: `hf_${LETTERS}Ui`, oauth: `hf_oauth_${JWT}`, jwt: `hf_jwt_${JWT}`, app: `hf_app_${LETTERS}` };

/** Ways in which a server gives back what it was sent: status, body, headers. */
export const ECHOES = {
  "in a sentence": (it) => [401, { error: `Invalid token ${it} given` }],
  "as a header line": (it) => [400, { error: `authorization: Bearer ${it}\naccept: */*` }],
  "as quoted JSON": (it) => [400, { error: JSON.stringify({ headers: { authorization: `Bearer ${it}` } }) }],
  "as JSON in JSON": (it) => [400, { error: JSON.stringify(JSON.stringify({ access_token: it })) }],
  "as a form": (it) => [400, { error: `grant_type=x&access_token=${it}&scope=y` }],
  "in a query": (it) => [404, { error: `no route for /api/x?token=${it}&a=1` }],
  "in a path": (it) => [404, { error: `no route for /api/${it}/x` }],
  "in an address": (it) => [409, { error: "exists", url: `https://hub.example/${it}?x=${it}#${it}` }],
  "in a list": (it) => [422, { error: ["no", it, `"${it}"`] }],
  "in errors": (it) => [422, { errors: [{ message: `<${it}>` }] }],
  "in a message": (it) => [500, { message: `panic at '${it}'` }],
  "in an object": (it) => [500, { error: { message: `(${it})`, type: it, code: it } }],
  "as plain text": (it) => [500, `Traceback: ${it}`],
  "as plain text, alone": (it) => [502, it],
  "in a description": (it) => [400, { error: "invalid_grant", error_description: `the code ${it} is used` }],
  "in X-Error-Message": (it) => [403, { error: "no" }, { "x-error-message": `no way, ${it}` }],
  "in X-Error-Code": (it) => [403, { error: "no" }, { "x-error-code": it }],
  "in X-Request-Id": (it) => [500, { error: "no" }, { "x-request-id": `Root=${it}` }],
  "in Retry-After": (it) => [429, { error: "no" }, { "retry-after": it, ratelimit: `"${it}";r=0;t=${it}` }],
  "after a dash": (it) => [400, { error: `token-${it}` }],
  "after a colon": (it) => [400, { error: `token:${it}:end` }],
  "at the very end of a long text": (it) => [400, { error: `${"word ".repeat(110)}${it}` }],
  "where a long text is cut": (it) => [400, { error: `${"w".repeat(590)} ${it}` }],
  "split over lines": (it) => [400, { error: `Bearer\n${it}\r\n` }],
  "in capitals of a scheme": (it) => [400, { error: `BEARER ${it}` }],
  "encoded": (it) => [400, { error: `a=${encodeURIComponent(`Bearer ${it}`)}` }],
};

const cases = {
  "an echo of the whole request tells nothing of the token": async ({ hubkey, hubUrl, control, token, inspect }) => {
    for (const name of ["testread", "testoauth", "testjwt", "testapp"]) {
      const hub = new hubkey.Hub({ endpoint: hubUrl, token: token(name) });
      await control.fault({ path: "/api/*" }, { type: "echo", status: 400 }, 0);
      for (const work of [() => hub.whoami(), () => hub.createRepo({ repo: "ada/x" }),
        () => hub.request("/api/x", { method: "POST", body: { token: token(name), nested: [`Bearer ${token(name)}`] } })]) {
        const error = await fails(work, "invalid_request");
        hides(error, token(name), inspect);
      }
      await control.reset();
    }
  },

  "a token of another Hub's own shape is not told either": async ({ hubkey, inspect }) => {
    for (const token of ["corp-1234567890abcdefghij", "pa$$word!#of-this.company", "A".repeat(40), "sk_live/with+every~sign=;,&?"])
      for (const [where, answer] of Object.entries(ECHOES)) {
        if (where === "encoded") continue;
        const [status, body, headers] = answer(token);
        const hub = new hubkey.Hub({ endpoint: HUB, fetch: spy(() => json(body, status, headers)), token });
        hides(await caught(hub.request("/x")), token, inspect);
      }
  },

  "a success that repeats the token is not printed by an error": async ({ hubkey, inspect }) => {
    for (const token of Object.values(TOKENS)) {
      for (const body of [token, `<p>${token}`, `{"type":"${token}"`, `["${token}"]`, `"${token}"`]) {
        const hub = new hubkey.Hub({ endpoint: HUB, fetch: spy(() => json(body)), token });
        hides(await fails(hub.whoami(), "invalid_response"), token, inspect);
      }
    }
  },

  "a redirect or a next page that holds the token is not told": async ({ hubkey, inspect }) => {
    for (const token of Object.values(TOKENS)) {
      for (const to of [`https://other.example/${token}?t=${token}`, `http://hub.example/?t=${token}#${token}`, `https://user:${token}@hub.example/`, `data:,${token}`,
        `https://${token.slice(0, 30).replaceAll("_", "-")}.example`]) {
        const hub = new hubkey.Hub({ endpoint: HUB, fetch: spy(() => redirect(to, 307)), token });
        hides(await fails(hub.request("/x", { method: "POST", body: "x" }), "cross_origin_redirect"), token, inspect);
        const lists = new hubkey.Hub({ endpoint: HUB, fetch: spy(() => json([{}], 200, { link: `<${to}>; rel="next"` })), token });
        const error = await fails(async () => {
          for await (const _ of lists.listModels());
        }, "cross_origin_link", to);
        hides(error, token, inspect);
      }
    }
  },

  "what a fetch throws is told by name, message and code alone": async ({ hubkey, inspect }) => {
    const token = TOKENS.user;
    const config = { headers: { authorization: `Bearer ${token}` } };
    const thrown = [
      Object.assign(new Error(`connect failed for Bearer ${token}`), { config, request: config, code: "ECONNRESET" }),
      Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(`invalid header ${token}`), { config, cause: Object.assign(new Error("deepest"), { config }) }) }),
      Object.assign(new Error("x"), { name: token, code: token, stack: `Error: ${token}\n at ${token}` }), `text with ${token}`, { message: token, config }, [token],
      { toString: () => token }, null, undefined, 5, Symbol(token),
      new AggregateError([new Error(token)], "several"), Object.assign(new Error("cycle"), { get cause() { return this; } }),
    ];
    for (const it of thrown) {
      const hub = new hubkey.Hub({ endpoint: HUB, fetch: async () => { throw it; }, token });
      for (const work of [() => hub.whoami(), () => hub.request("/x")]) {
        const error = await fails(work, "network");
        hides(error, token, inspect);
        lacks(inspect(error), "config");
      }
    }
    const hub = new hubkey.Hub({ endpoint: HUB, fetch: async () => { throw thrown[0]; }, token });
    const { cause } = await caught(hub.whoami());
    same([cause instanceof Error, cause.name, cause.code], [true, "Error", "ECONNRESET"]);
    has(cause.message, "connect failed");
  },

  "a fetch that throws at once is the same as one that rejects": async ({ hubkey, inspect }) => {
    const token = TOKENS.user;
    const hub = new hubkey.Hub({ endpoint: HUB, fetch: () => { throw new Error(`at once ${token}`); }, token });
    hides(await fails(hub.whoami(), "network"), token, inspect);
  },

  "a body that breaks off tells nothing of the token": async ({ hubkey, inspect }) => {
    const token = TOKENS.user;
    const text = async () => { throw new Error(`cut at ${token}`); };
    const fetch = async () => ({ status: 200, headers: new Headers({ "content-type": "application/json" }), text });
    hides(await fails(new hubkey.Hub({ endpoint: HUB, fetch, token }).whoami(), "truncated"), token, inspect);
  },

  "a store that repeats its record tells nothing of the token": async ({ hubkey, hubUrl, token, inspect }) => {
    const setItem = (key, value) => { throw Object.assign(new Error(`cannot write ${key}=${value}`), { name: `Full ${value}`, value }); };
    const hub = new hubkey.Hub({ endpoint: hubUrl, store: { ...storage(), setItem } });
    const me = await hub.login({ token: token("testread") });
    hides(me.warnings, token("testread"), inspect);
    const removeItem = () => { throw new Error(`held ${token("testread")}`); };
    const other = new hubkey.Hub({ endpoint: hubUrl, store: { ...storage(), removeItem } });
    await other.setToken({ token: token("testread") });
    hides(await fails(other.logout(), "storage_unavailable"), token("testread"), inspect);
  },

  "an address in an error is origin and path": async ({ hubkey, inspect }) => {
    const fetch = spy(() => json({ error: "no" }, 400));
    const hub = new hubkey.Hub({ endpoint: HUB, fetch });
    for (const path of ["/cb?code=s3cretCode&state=s3cretState", "/file?X-Amz-Signature=s3cret&Policy=s3cret", `/x/${TOKENS.user}/y?a=${TOKENS.user}`]) {
      const error = await fails(hub.request(path), "invalid_request");
      lacks(inspect(error), "s3cret");
      hides(error, TOKENS.user, inspect);
      same(error.request.startsWith(`GET ${HUB}/`), true);
    }
    const down = new hubkey.Hub({ endpoint: HUB, fetch: async () => { throw new Error("down"); } });
    lacks(inspect(await fails(down.request("/x", { query: { code: "s3cret" } }), "network")), "s3cret");
    lacks(inspect(await fails(hub.request("/../x?code=s3cret"), "invalid_path")), "s3cret");
    lacks(inspect(await fails(hub.request("https://other.example/x?code=s3cret"), "invalid_path")), "s3cret");
  },

  "a token where something else belongs is not repeated": async ({ hubkey, inspect }) => {
    const token = TOKENS.user;
    const hub = new hubkey.Hub({ endpoint: HUB, fetch: spy() });
    const slips = [
      () => new hubkey.Hub({ endpoint: token }), () => new hubkey.Hub({ endpoint: `https://${token}@hub.example` }),
        () => new hubkey.Hub({ endpoint: `https://user:${token}@hub.example` }), () => new hubkey.Hub({ origins: [token] }),
      () => new hubkey.Hub({ endpoint: `http://hub.example/${token}` }), () => new hubkey.Hub({ endpoint: `https://hub.example/?token=${token}` }),
        () => new hubkey.Hub(token), () => hubkey.Hub.fromEnv(token), () => new hubkey.Hub({ store: token }),
      () => hub.modelInfo({ repo: `${token}/` }), () => hub.modelInfo({ repo: `a/${token}/b` }), () => hub.createRepo({ repo: `a/b/${token}`, token }),
        () => hub.createRepo({ repo: "a/b", type: token, token }), () => hub.request(token), () => hub.request(`//${token}`), () => hub.request(`/../${token}`),
      () => hub.request("/x", { method: `${token}!` }), () => hub.request("/x", { headers: { [`${token} x`]: "1" } }),
        () => hub.request("/x", { headers: { a: `${token}\n` } }), () => hub.request("/x", { query: { [token]: {} } }), () => hub.whoami(token), () => hub.login(token),
    ];
    for (const slip of slips) {
      const error = await caught(slip);
      yes(hubkey.isHubError(error), String(slip));
      hides(error, token, inspect);
    }
  },

  "the Hub's own sentences stay readable": async ({ hubkey }) => {
    for (const words of ["Invalid credentials in Authorization header", "You don't have the rights to create a model under this namespace",
      "the code of this repo uses hf_hub and xet_files", "Invalid rev id: main", "* Invalid option: expected one of \"a\"|\"b\""]) {
      const hub = new hubkey.Hub({ endpoint: HUB, fetch: spy(() => json({ error: words }, 400)) });
      has((await caught(hub.request("/x"))).message, words);
    }
  },
};

for (const [where, answer] of Object.entries(ECHOES))
  cases[`a token that a server repeats ${where} is not in the error`] = async ({ hubkey, inspect }) => {
    for (const token of Object.values(TOKENS)) {
      const [status, body, headers] = answer(token);
      const hub = new hubkey.Hub({ endpoint: HUB, fetch: spy(() => json(body, status, headers)), token });
      for (const work of [() => hub.whoami(), () => hub.modelInfo({ repo: "a/b" }), () => hub.createRepo({ repo: "a/b" }), () => hub.request("/x")]) hides(await caught(work), token, inspect);
      const verdict = await hub.validateToken().catch((error) => error);
      hides(verdict, token, inspect);
    }
  };

export default cases;
