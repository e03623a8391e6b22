// What a token may do: can, require, authCheck, newTokenUrl, revokeToken. The rules row by row are in the crate's own tests.
import { fails, has, hides, same, yes } from "../support/check.mjs";
import { json, spy } from "../support/spy.mjs";

const signed = ({ hubkey, hubUrl, token }, name) => new hubkey.Hub({ endpoint: hubUrl, ...(name && { token: token(name) }) });
const FAKE = "hf_exampleFakeTokenForTests000000000000";
const page = (hubUrl, query) => `${hubUrl}/settings/tokens/new?tokenType=fineGrained&${query}`;

/** A client whose whoami says this. */
const being = ({ hubkey }, whoami, token = FAKE) =>
  new hubkey.Hub({ endpoint: "https://hub.example", token, fetch: spy(() => json({ type: "user", id: "a1", name: "ada", orgs: [], auth: {}, ...whoami })) });

export default {
  "each kind of token, asked what it may do": async (at) => {
    const rows = {
      testread: [["repo.content.read", { repo: "ada/private-notes" }, true], ["repo.write", { repo: "ada/tiny" }, false], ["repo.write", { org: "acme" }, false],
        ["inference.serverless.write", undefined, true], ["repo.content.read", { repo: "grace/own" }, "unknown"]],
      testwrite: [["repo.write", { repo: "ada/tiny" }, true], ["repo.write", { user: "ada" }, true], ["repo.write", { repo: "grace/gated-pending" }, false], ["discussion.write", { repo: "grace/gated-pending" }, true]],
      testgod: [["org.write", { org: "acme" }, true], ["repo.write", { repo: "acme/m1" }, true]],
      testfine: [["repo.write", { repo: "ada/tiny" }, true], ["repo.write", { repo: "ada/data-000", type: "dataset" }, true], ["job.write", undefined, false], ["repo.timetravel.write", { repo: "ada/tiny" }, true],
        ["repo.write", { repo: "acme/other" }, false], ["post.write", undefined, true]],
      testfinebare: [["repo.write", { repo: "ada/tiny" }, "unknown"]],
      testoauth: [["repo.content.read", { repo: "ada/tiny" }, true], ["repo.write", { repo: "ada/tiny" }, "unknown"], ["job.write", {}, false], ["inference.serverless.write", null, true]],
      testjwt: [["repo.write", { repo: "acme/m1" }, "unknown"]],
      testapp: [["repo.content.read", { repo: "legacy/name" }, true], ["repo.write", { repo: "legacy/name" }, false]],
      testunknown: [["repo.write", { repo: "curator-bot/x" }, "unknown"]],
    };
    for (const [name, asked] of Object.entries(rows)) {
      const hub = signed(at, name);
      for (const [permission, where, allowed] of asked) {
        const it = await hub.can(permission, where);
        same(it.allowed, allowed, `${name} ${permission} ${JSON.stringify(where)}: ${it.reason}`);
        yes(it.reason.length > 10 && !/[$\n]/.test(it.reason), it.reason);
        same("hint" in it, allowed !== true, name);
      }
    }
  },

  "a no says which token, and links to the page that mends it": async (at) => {
    const it = await signed(at, "testread").can("repo.write", { repo: "ada/tiny" });
    same(it, { allowed: false, reason: "the token `reader` has the role read and may not write", hint: "make a token with repo.write on the page", fix: page(at.hubUrl, "ownUserPermissions=repo.write") });
    const job = await signed(at, "testfine").can("job.write");
    same([job.reason, job.fix], ["the token `ci` lacks job.write on the own account", page(at.hubUrl, "ownUserPermissions=job.write")]);
    const scope = await signed(at, "testoauth").can("job.write");
    same([scope.reason, scope.hint, "fix" in scope], ["the token lacks the scope jobs, which gives job.write", "sign in again and ask for jobs", false]);
  },

  "an organisation that shuts the token out is named with what it asks for": async (at) => {
    for (const [name, restriction, way] of [["testsso", "sso", "single sign-on"], ["testmfa", "mfa", "two-factor"], ["testip", "ip", "network"], ["testpolicypending", "token-policy", "approved"], ["testorgrevoked", "token-revoked", "revoked"]]) {
      const hub = signed(at, name), it = await hub.can("repo.write", { repo: "acme/m1" });
      same([it.allowed, it.restriction, it.fix], [false, restriction, `${at.hubUrl}/acme`], name);
      has(it.hint, way);
      const error = await fails(hub.require("repo.write", { org: "acme" }), "org_restricted");
      same([error.restriction, error.fix], [restriction, `${at.hubUrl}/acme`]);
      has(error.message, "acme", restriction);
    }
  },

  "what is required and missing fails before the work starts": async (at) => {
    await at.control.forget();
    for (const [name, permission, where] of [["testread", "repo.write", { repo: "ada/tiny" }], ["testfineungated", "repo.write", { repo: "ada/tiny" }], ["testfine", "job.write", { user: "ada" }]]) {
      const error = await fails(signed(at, name).require(permission, where), "insufficient_scope", name);
      same(error.fix, page(at.hubUrl, `ownUserPermissions=${permission}`));
      has(error.message, `\`${permission}\` is refused: the token`);
      hides(error, at.token(name));
    }
    yes((await at.control.lines()).every((it) => it === "GET /api/whoami-v2"), "nothing but whoami was asked");
    const passed = await signed(at, "testwrite").require("repo.write", { repo: "ada/tiny" });
    same([passed.allowed, passed.reason], [true, "the token `laptop` has repo.write on ada/tiny"]);
    same((await signed(at, "testfinebare").require("repo.write", { repo: "ada/tiny" })).allowed, "unknown", "what is not known passes");
  },

  "it costs one whoami in a minute": async (at) => {
    const hub = signed(at, "testgrace");
    await hub.whoami({ cache: false });
    await at.control.forget();
    same([(await hub.can("repo.write", { user: "grace" })).allowed, (await hub.require("repo.write", { repo: "grace/own" })).allowed], [true, true]);
    same((await signed(at, "testwrite").can("repo.write", { user: "grace", token: at.token("testgrace") })).allowed, true, "a call may bring a token of its own");
    same(await at.control.lines(), []);
  },

  "many asked at the same time are one question": async (at) => {
    const hub = signed(at, "testfineorg");
    await at.control.forget();
    const all = await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? hub.can("repo.write", { org: "acme" }) : hub.require("repo.write", { org: "acme" }))));
    same(all.every((it) => it.allowed === true), true);
    same((await at.control.lines()).length, 1);
  },

  "somebody signed out may read what is public, and nothing else": async (at) => {
    const hub = signed(at);
    same((await hub.can("repo.content.read", { repo: "ada/tiny" })).allowed, "unknown");
    same(await hub.can("repo.write", { repo: "ada/tiny" }), { allowed: false, reason: "nobody is signed in", hint: "sign in first" });
    await fails(hub.require("repo.write", { repo: "ada/tiny" }), "no_token");
    await fails(signed(at, "testrevoked").can("repo.write", { repo: "ada/tiny" }), "invalid_token");
    await fails(new at.hubkey.Hub({ token: FAKE, offline: true }).can("repo.write"), "offline");
  },

  "a question without sense is refused before anything is sent": async (at) => {
    const hub = signed(at, "testwrite");
    await at.control.forget();
    for (const word of ["", "write", "repo", "repo.admin", "repo..write", ".write", "repo.write ", 5, null, undefined, {}, ["repo.write"], FAKE]) {
      const error = await fails(hub.can(word, { repo: "ada/tiny" }), "invalid_argument", String(word));
      hides(error, FAKE);
    }
    for (const where of [{ repo: undefined }, { org: undefined, user: null }, { user: null }]) has((await fails(hub.require("repo.write", where), "invalid_argument", "a forgotten variable is not the own account")).message, "is nothing");
    for (const where of [{ repo: "a/b", org: "acme" }, { org: "acme", user: "ada" }, { repo: 5 }, { org: {} }, { user: "" }, "ada/tiny", { repo: "ada/tiny", type: "modle" }]) await fails(hub.require("repo.write", where), "invalid_argument", JSON.stringify(where));
    await fails(hub.can("repo.write", { repo: "a/../b" }), "invalid_repo");
    same(await at.control.lines(), []);
    await fails(hub.can("org.read"), "invalid_argument");
    await fails(hub.can("user.webhooks.read", { org: "acme" }), "invalid_argument");
  },

  "a token where a name belongs is in no verdict": async (at) => {
    const hub = signed(at, "testwrite"), token = at.token("testwrite");
    for (const where of [{ org: token }, { user: token }, { repo: token }, { repo: `${token}/x` }]) {
      const it = await hub.can("repo.write", where);
      same(it.allowed, false);
      hides(it, token);
      hides(await fails(hub.require("repo.write", where), "insufficient_scope"), token);
    }
    hides(await being(at, { name: FAKE }).can("repo.write", { org: "acme" }), FAKE);
  },

  "whoami without sense allows nothing": async (at) => {
    for (const whoami of [{ orgs: null }, { orgs: "acme" }, { orgs: [null, 5, "acme", { name: 5 }] }, { auth: null }, { auth: { accessToken: 5 } }, { auth: { accessToken: { role: {} } } },
      { auth: { accessToken: { role: "fineGrained", fineGrained: [] } } }, { auth: { accessToken: { role: "fineGrained", fineGrained: { global: "repo.write", scoped: { permissions: ["repo.write"] } } } } },
      { auth: { accessToken: { role: "fineGrained", fineGrained: { scoped: [null, 5, {}, { entity: null, permissions: ["repo.write"] }, { entity: { type: "user", name: "ada" }, permissions: "repo.write" }, { entity: { type: "user", name: "ada" }, permissions: [5, null] }] } } } }]) {
      const it = await being(at, whoami).can("repo.write", { repo: "ada/tiny" });
      yes(it.allowed !== true, `${JSON.stringify(whoami)}: ${it.reason}`);
    }
    for (const claims of ["", "e30", "bm90IEpTT04", "!!", btoa('{"scope":5}'), btoa('{"scope":{"0":"manage-repos"}}')]) {
      const it = await being(at, {}, `hf_oauth_e30.${claims}.notASignature`).can("repo.write", { repo: "ada/tiny" });
      same(it.allowed, "unknown", claims);
    }
    const oauth = (scope) => being(at, {}, `hf_oauth_e30.${btoa(JSON.stringify({ scope })).replaceAll("=", "")}.notASignature`);
    same((await oauth("openid manage-repos").can("repo.write", { repo: "ada/tiny" })).allowed, true, "a row of words");
    same((await oauth(["openid", 5, "manage-repos"]).whoami()).token.oauthScopes, ["openid", "manage-repos"]);
  },

  "the page for a new token has exactly what was wished for, in one order": async (at) => {
    const hub = signed(at), url = (wish) => hub.newTokenUrl(wish);
    same(url({ permissions: ["repo.write", "inference.serverless.write", "repo.write"] }), page(at.hubUrl, "ownUserPermissions=inference.serverless.write&ownUserPermissions=repo.write"));
    same(url({ orgs: ["zoo", "acme"], permissions: ["repo.write", "post.write", "user.webhooks.read"] }), page(at.hubUrl, "ownUserPermissions=user.webhooks.read&globalPermissions=post.write&orgs=acme&orgs=zoo&orgPermissions=repo.write"));
    same(url({ canReadGatedRepos: true, globalPermissions: ["discussion.write"], ownUserPermissions: ["job.write"] }), page(at.hubUrl, "ownUserPermissions=job.write&globalPermissions=discussion.write&canReadGatedRepos=true"));
    same(new at.hubkey.Hub().newTokenUrl({ permissions: ["job.write"] }), "https://huggingface.co/settings/tokens/new?tokenType=fineGrained&ownUserPermissions=job.write");
    for (const wish of [{ permissions: "repo.write" }, { permissions: [5] }, { permissions: ["repo"] }, { permissions: ["org.read"] }, { orgs: ["acme/m1"] }, { orgs: [{}] }, { canReadGatedRepos: "yes" }, { canReadGatedRepos: ["yes"] }, { ownUserPermissions: ["a&b=c.read"] }]) await fails(() => url(wish), "invalid_argument", JSON.stringify(wish));
    await fails(() => url({ orgs: ["a&b"] }), "invalid_repo");
  },

  "authCheck gives what the Hub says": async (at) => {
    const hub = signed(at, "testwrite");
    await at.control.forget();
    same(await hub.authCheck({ repo: "ada/tiny" }), true);
    same(await hub.authCheck({ repo: "ada/tiny", write: true }), true);
    same(await hub.authCheck({ repo: "ada/data-000", type: "dataset", write: false }), true);
    same(await at.control.lines(), ["GET /api/models/ada/tiny/auth-check", "GET /api/models/ada/tiny/auth-check/write", "GET /api/datasets/ada/data-000/auth-check"]);
    same(await signed(at).authCheck({ repo: "ada/tiny" }), true, "what is public asks for nobody");
    await fails(signed(at).authCheck({ repo: "ada/private-notes" }), "unauthorized");
    await fails(signed(at, "testread").authCheck({ repo: "ada/tiny", write: true }), "insufficient_scope");
    await fails(signed(at, "testgrace").authCheck({ repo: "ada/private-notes" }), "repo_not_found");
    for (const [repo, state] of [["grace/gated-not-asked", "not_asked"], ["grace/gated-pending", "pending"], ["grace/gated-rejected", "rejected"]]) same((await fails(hub.authCheck({ repo }), "gated_repo")).state, state);
    for (const odd of ["yes", 1, {}]) await fails(hub.authCheck({ repo: "ada/tiny", write: odd }), "invalid_argument");
    for (const body of ["<html>Sign in</html>", "", "{}", "NOT OK"]) {
      await at.control.answer("/api/models/ada/tiny/auth-check", 200, body, { "content-type": "text/html" });
      await fails(hub.authCheck({ repo: "ada/tiny" }), "invalid_response", body);
    }
  },

  "a token that leaked is revoked without a sign-in, by its own value alone": async (at) => {
    const hub = signed(at, "testgrace"), leaked = at.token("testnomail");
    await at.control.forget();
    same(await hub.revokeToken({ token: leaked }), undefined);
    const [sent] = await at.control.requests();
    same([sent.method, sent.path, sent.query, "authorization" in sent.headers], ["POST", "/api/credentials/revoke", "", false]);
    same((await hub.validateToken(leaked)).valid, false);
    same((await hub.whoami()).name, "grace", "the token in use stays");
    same(await hub.revokeToken({ token: FAKE }), undefined, "the Hub does not say that there was none");
  },

  "the token in use is never revoked by a slip": async (at) => {
    const hub = signed(at, "testgrace");
    await at.control.forget();
    for (const slip of [undefined, {}, { token: undefined }, { token: null }, { token: false }, { token: "" }, { token: 5 }, { tokens: ["x"] }]) await fails(hub.revokeToken(slip), "invalid_token_format", JSON.stringify(slip));
    same(await at.control.lines(), []);
  },

  "what the Hub cannot revoke is said, with the way out": async (at) => {
    await at.control.forget();
    const error = await fails(signed(at).revokeToken({ token: at.token("testoauth") }), "invalid_argument");
    same(error.fix, `${at.hubUrl}/settings/connected-applications`);
    has(error.message, "200 characters");
    hides(error, at.token("testoauth"));
    same(await at.control.lines(), []);
  },

  "a revocation that failed is told as such, once, without the token": async (at) => {
    const asked = [];
    const hub = (answer) => new at.hubkey.Hub({ endpoint: "https://hub.example", fetch: spy((call, count) => (asked.push(count), answer(call))) });
    for (const [answer, code] of [[() => json({ ok: true }), "invalid_response"], [() => new Response("<html>", { status: 200 }), "invalid_response"], [({ init }) => json({ error: `no: ${init.body}` }, 400), "invalid_request"],
      [({ init }) => json({ error: init.body }, 503), "server_error"], [({ init }) => json({ error: init.body }, 401), "unauthorized"], [({ init }) => { throw new TypeError(`failed: ${init.body}`); }, "network"]]) {
      asked.length = 0;
      const error = await fails(hub(answer).revokeToken({ token: FAKE, timeoutMs: 5000 }), code);
      same(asked.length, 1, "not repeated, and nobody else asked");
      hides(error, FAKE);
      hides(await fails(new at.hubkey.Hub({ endpoint: "https://hub.example", fetch: spy(answer) }).revokeToken({ token: "not-of-the-shape-of-hf-0123456789" }), code), "not-of-the-shape-of-hf-0123456789");
    }
  },
};
