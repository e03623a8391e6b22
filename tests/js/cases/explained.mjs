// A refusal says why, for this very token, and what to do. auth.md 4.5; row by row in the crate's own tests.
import { caught, fails, has, hides, same, yes } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { json, spy } from "../support/spy.mjs";

const signed = ({ hubkey, hubUrl, token }, name) => new hubkey.Hub({ endpoint: hubUrl, ...(name && { token: token(name) }) });
const page = (hubUrl, query) => `${hubUrl}/settings/tokens/new?tokenType=fineGrained&${query}`;
const file = (repo) => `/${repo}/resolve/main/config.json`;

export default {
  "a token that may not write is named, with the page for one that may": async (at) => {
    const rows = [
      ["testread", (hub) => hub.createRepo({ repo: "ada/x" }), "the token `reader` has the role read and may not write", "ownUserPermissions=repo.write"],
      ["testread", (hub) => hub.createRepo({ repo: "acme/x" }), "the token `reader` has the role read and may not write", "orgs=acme&orgPermissions=repo.write"],
      ["testread", (hub) => hub.deleteRepo({ repo: "ada/tiny" }), "the token `reader` has the role read and may not write", "ownUserPermissions=repo.write"],
      ["testfineungated", (hub) => hub.authCheck({ repo: "ada/tiny", write: true }), "the token `ungated` lacks repo.write on ada/tiny", "ownUserPermissions=repo.write"],
      ["testfineungated", (hub) => hub.createRepo({ repo: "ada/x", type: "dataset" }), "the token `ungated` lacks repo.write on ada", "ownUserPermissions=repo.write"],
      ["testfine", (hub) => hub.createRepo({ repo: "acme/x" }), "the token `ci` lacks repo.write on acme", "orgs=acme&orgPermissions=repo.write"],
      ["testfineungated", (hub) => hub.request("/v1/chat/completions", { method: "POST", body: { model: "x", messages: [] } }), "the token `ungated` lacks inference.serverless.write on the own account", "ownUserPermissions=inference.serverless.write"],
      ["testoauthbare", (hub) => hub.request("/v1/chat/completions", { method: "POST", body: {} }), "the token lacks the scope inference-api, which gives inference.serverless.write", undefined],
      ["testwrite", (hub) => hub.createRepo({ repo: "grace/x" }), "grace is neither ada's nor of an organisation that the token `laptop` sees", undefined],
    ];
    for (const [name, call, why, query] of rows) {
      const error = await fails(call(signed(at, name)), "insufficient_scope", `${name}: ${why}`);
      same([error.status, error.fix], [403, query && page(at.hubUrl, query)], error.message);
      has(error.message, `(403): ${why}`);
      hides(error, at.token(name), at.inspect);
    }
  },

  "an organisation that shuts a token out says by which rule": async (at) => {
    const rows = { testsso: ["sso", "single sign-on"], testmfa: ["mfa", "two-factor"], testip: ["ip", "network"], testrestricted: ["sso", "single sign-on"], testpolicypending: ["token-policy", "approved"], testpolicyclassic: ["token-policy", "fine-grained"], testorgrevoked: ["token-revoked", "ask them"] };
    for (const [name, [restriction, way]] of Object.entries(rows)) {
      const hub = signed(at, name);
      for (const call of [() => hub.modelInfo({ repo: "acme/secret" }), () => hub.deleteRepo({ repo: "acme/m1" }), () => hub.authCheck({ repo: "acme/m1", write: true })]) {
        const error = await fails(call(), "org_restricted", name);
        same([error.status, error.restriction, error.fix], [403, restriction, `${at.hubUrl}/acme`], name);
        has(error.hint, way);
        hides(error, at.token(name), at.inspect);
      }
    }
  },

  "each state of a gate has a way out of its own": async (at) => {
    const rows = { "gated-not-asked": ["not_asked", "ask for access"], "gated-pending": ["pending", "wait"], "gated-rejected": ["rejected", "refused"], "gated-reset": ["reset", "ask for access again"] };
    for (const [name, [state, way]] of Object.entries(rows)) for (const path of [file(`grace/${name}`), `/api/models/grace/${name}/auth-check`]) {
      const error = await fails(signed(at, "testread").request(path), "gated_repo", path);
      same([error.status, error.state, error.fix], [403, state, `${at.hubUrl}/grace/${name}`], name);
      has(error.hint, way);
    }
    const data = await fails(signed(at, "testread").authCheck({ repo: "grace/gated-data-pending", type: "dataset" }), "gated_repo");
    same([data.state, data.fix], ["pending", `${at.hubUrl}/datasets/grace/gated-data-pending`]);
    const out = await fails(signed(at).request(file("grace/gated-pending")), "gated_repo");
    same([out.status, out.state, out.fix], [401, "signed_out", `${at.hubUrl}/grace/gated-pending`]);
    has(out.hint, "sign in");
  },

  "a token without the tick for gated repos gets the page with it": async (at) => {
    for (const name of ["testfineungated", "testfineunsaid"]) {
      const error = await fails(signed(at, name).request(file("grace/gated-accepted")), "insufficient_scope", name);
      same(error.fix, page(at.hubUrl, "canReadGatedRepos=true"));
      has(error.hint, "gated repos");
    }
    const oauth = await fails(signed(at, "testoauthbare").request(file("grace/gated-accepted")), "insufficient_scope");
    has(oauth.hint, "gated-repos");
  },

  "a bad token at a gate is a bad token, and not somebody signed out": async (at) => {
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, token: NOBODYS });
    const error = await fails(hub.request(file("grace/gated-pending")), "invalid_token");
    same([error.status, error.state, error.fix], [401, undefined, undefined]);
    await fails(signed(at, "testrevoked").request(file("grace/gated-pending")), "invalid_token");
  },

  "what is hidden or absent says both, and whose scopes may not cover it": async (at) => {
    const both = "check the spelling and the type; a private repo is hidden from tokens that may not read it";
    const hub = signed(at, "testfineold");
    const before = await fails(hub.modelInfo({ repo: "acme/secret" }), "repo_not_found");
    same([before.hint, before.fix], [both, undefined]);
    await hub.whoami();
    const error = await fails(hub.modelInfo({ repo: "acme/secret" }), "repo_not_found");
    has(error.message, "(404): the token `old-style` lacks repo.content.read and reads acme/secret only where that is public");
    same([error.hint, error.fix], [`${both}; if it is private, add repo.content.read to the token, or make one with it on the page`, page(at.hubUrl, "orgs=acme&orgPermissions=repo.content.read")]);
    const absent = await fails(hub.modelInfo({ repo: "grace/none" }), "repo_not_found");
    same([absent.hint, absent.fix], [both, undefined]);
  },

  "the reason costs one question in a minute, and none where it tells nothing": async (at) => {
    const hub = signed(at, "testread");
    await at.control.forget();
    await caught(hub.createRepo({ repo: "ada/x" }));
    await caught(hub.createRepo({ repo: "ada/y" }));
    same(await at.control.lines(), ["POST /api/repos/create", "GET /api/whoami-v2", "POST /api/repos/create"]);
    const other = signed(at, "testspent");
    await at.control.forget();
    await caught(other.modelInfo({ repo: "ada/none" }));
    same(await other.repoExists({ repo: "ada/none" }), false);
    await caught(other.modelInfo({ repo: "globex/disabled" }));
    await caught(other.request(file("grace/gated-pending")));
    await caught(other.request("/ada/tiny/resolve/main/none"));
    same((await at.control.lines()).filter((it) => it.includes("whoami")), []);
  },

  "where whoami gives no answer the refusal stands as it is": async (at) => {
    for (const fault of [{ type: "status", status: 503 }, { type: "status", status: 429 }]) {
      await at.control.forget();
      await at.control.fault("/api/whoami-v2", fault);
      const error = await fails(signed(at, "testnomail").createRepo({ repo: "grace/x" }), "insufficient_scope", JSON.stringify(fault));
      same([error.fix, /\(403\)$/.test(error.message)], [undefined, true], error.message);
      same(await at.control.lines(), ["POST /api/repos/create", "GET /api/whoami-v2"], "asked once");
      await at.control.reset();
    }
  },

  "a caller who leaves meanwhile is let go": async ({ hubkey }) => {
    const leaver = new AbortController();
    const fetch = spy(({ url, init: { signal } }) => {
      if (!String(url).endsWith("whoami-v2")) return json({ error: "No" }, 403);
      leaver.abort();
      return new Promise((_, reject) => (signal.aborted ? reject(signal.reason) : signal.addEventListener("abort", () => reject(signal.reason))));
    });
    const hub = new hubkey.Hub({ endpoint: "https://hub.example", token: NOBODYS, fetch });
    await fails(hub.createRepo({ repo: "ada/x", signal: leaver.signal }), "aborted");
  },

  "nothing that whoami says puts the token into the reason": async ({ hubkey, inspect }) => {
    const secret = "hf_exampleFake".padEnd(37, "7");
    for (const me of [{ auth: { accessToken: { displayName: secret, role: "read" } } }, { orgs: [{ id: "o", name: "ada", securityRestrictions: [secret] }] }, { orgs: [{ id: "o", name: "acme", roleInOrg: secret }] },
      { orgs: [{ id: "o", name: "acme", securityRestrictions: [secret] }], auth: { accessToken: { displayName: `x ${secret}` } } }, { name: secret }]) {
      const whoami = { type: "user", id: "a1", name: "ada", orgs: [], auth: {}, ...me };
      const fetch = spy(({ url }) => (String(url).endsWith("whoami-v2") ? json(whoami) : json({ error: `no ${secret}` }, 403)));
      for (const repo of ["ada/x", "acme/x", "grace/x", `${secret}/x`]) {
        await new hubkey.Hub().logout();
        const error = await caught(new hubkey.Hub({ endpoint: "https://hub.example", token: secret, fetch }).createRepo({ repo }));
        yes(["insufficient_scope", "org_restricted", "forbidden"].includes(error.code), error.code);
        hides(error, secret, inspect);
      }
    }
  },
};
