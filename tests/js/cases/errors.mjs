// Every failure of the Hub has its own code, and says what to do. auth.md 4.5.
import { caught, fails, has, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { json, spy } from "../support/spy.mjs";
import { collect } from "./models.mjs";

const signed = ({ hubkey, hubUrl, token }, name = "testread") => new hubkey.Hub({ endpoint: hubUrl, token: token(name) });
const anonymous = ({ hubkey, hubUrl }) => new hubkey.Hub({ endpoint: hubUrl });

/** What a hub makes of an answer given by a fetch. */
const answered = ({ hubkey }, status, body, headers, endpoint = "https://hub.example") =>
  caught(new hubkey.Hub({ endpoint, fetch: spy(() => json(body, status, headers)), maxRetries: 0 }).request("/api/x"));

const cases = {
  "a missing or hidden repo, asked by nobody, stays open": async (at) => {
    for (const repo of ["ada/none", "ada/private-notes", "acme/old-secret"]) {
      const error = await fails(anonymous(at).modelInfo({ repo }), "unauthorized", repo);
      same(error.status, 401);
      has(error.hint, "sign in");
    }
  },

  "a missing or hidden repo, asked with a token, is not found": async (at) => {
    for (const repo of ["ada/none", "acme/secret", "grace/none"]) {
      const error = await fails(signed(at, "testgrace").modelInfo({ repo }), "repo_not_found", repo);
      same([error.status, error.message.includes("Repository not found")], [404, true]);
    }
  },

  "a bad token on a repo is told from a hidden repo, whatever the Hub's words": async (at) => {
    for (const badTokenWords of ["Invalid username or password.", "Invalid credentials in Authorization header"]) {
      await at.control.settings({ badTokenWords });
      await at.control.forget();
      const error = await fails(new at.hubkey.Hub({ endpoint: at.hubUrl, token: NOBODYS }).modelInfo({ repo: "ada/private-notes" }), "invalid_token");
      same(error.status, 401);
      same(await at.control.lines(), ["GET /api/models/ada/private-notes", "GET /api/whoami-v2"]);
    }
  },

  "a 401 that hides a repo from a good token is a repo not found": async (at) => {
    await at.control.answer("/api/models/ada/x", 401, { error: "Invalid username or password." });
    await fails(signed(at).modelInfo({ repo: "ada/x" }), "repo_not_found");
  },

  "a 401 whose cause stays open is told as such": async (at) => {
    await at.control.answer("/api/any", 401, { error: "Invalid username or password." });
    await fails(signed(at).request("/api/any"), "unauthorized");
    await at.control.answer("/api/models/ada/x", 401, "<h1>Sign in to the hotel</h1>", { "content-type": "text/html" });
    await fails(signed(at).modelInfo({ repo: "ada/x" }), "unauthorized");
    await at.control.answer("/api/any", 401, { error: "Invalid credentials in Authorization header" });
    await at.control.fault("/api/whoami-v2", { type: "status", status: 503 }, 3);
    await fails(new at.hubkey.Hub({ endpoint: at.hubUrl, token: NOBODYS }).request("/api/any"), "unauthorized");
  },

  "a missing revision, a missing file": async (at) => {
    has((await fails(signed(at).modelInfo({ repo: "ada/tiny", revision: "none" }), "revision_not_found")).message, "Invalid rev id: none");
    has((await fails(signed(at).request("/ada/tiny/resolve/main/none.txt"), "entry_not_found")).message, "Entry not found");
    await fails(signed(at).request("/api/none"), "not_found");
    await fails(signed(at).request("/none"), "not_found");
  },

  "gated content says how far the access request has come": async (at) => {
    const states = { "gated-not-asked": "not_asked", "gated-pending": "pending", "gated-rejected": "rejected", "gated-reset": "reset" };
    for (const [name, state] of Object.entries(states)) {
      const error = await fails(signed(at).request(`/grace/${name}/resolve/main/config.json`), "gated_repo", name);
      same([error.status, error.state, error.fix], [403, state, `${at.hubUrl}/grace/${name}`], name);
      has(error.hint, { pending: "wait", rejected: "refused" }[state] ?? "ask for access");
      same(error.docs, "https://huggingface.co/docs/hub/models-gated");
    }
    const out = await fails(anonymous(at).request("/grace/gated-pending/resolve/main/config.json"), "gated_repo");
    same([out.status, out.state, out.fix], [401, "signed_out", `${at.hubUrl}/grace/gated-pending`]);
    has(out.hint, "sign in first");
    same((await fails(signed(at).downloadFile({ repo: "grace/gated-data", type: "dataset", path: "data/train.csv" }), "gated_repo")).fix, `${at.hubUrl}/datasets/grace/gated-data`);
    has(JSON.stringify(await signed(at).request("/grace/gated-accepted/raw/main/config.json")), "LocalForCausalLM");
    same((await signed(at).modelInfo({ repo: "grace/gated-pending" })).id, "grace/gated-pending");
  },

  "a fine-grained token without the gated permission lacks a scope": async (at) => {
    const error = await fails(signed(at, "testfineungated").request("/grace/gated-accepted/resolve/main/config.json"), "insufficient_scope");
    has(error.message, "fine-grained token settings");
  },

  "a repo that one may read but not write lacks a scope": async (at) => {
    const error = await fails(signed(at).request("/api/models/ada/tiny/auth-check/write"), "insufficient_scope");
    same([error.status, error.docs], [403, "https://huggingface.co/docs/hub/security-tokens"]);
  },

  "an organisation's rule is told from a missing right": async (at) => {
    const rows = [
      ["Due to the organization token policy, your token needs to be approved by the organization before you can access this resource.", "org_restricted", "token-policy"],
      ["Your token has been revoked by the organization administrator, you can no longer access organization resources. Please contact them for more information.", "org_restricted", "token-revoked"],
      ["You have read access but not the required permissions for this operation", "insufficient_scope"],
      ["You don't have the rights to create a model under this namespace", "insufficient_scope"],
      ["This authentication method does not have sufficient permissions to call Inference Providers on behalf of user ada", "insufficient_scope"],
      ["Access to this resource is disabled.", "forbidden"],
      ["", "forbidden"],
    ];
    for (const [words, code, restriction] of rows) {
      const error = await answered(at, 403, { error: words });
      same([error.code, error.status, error.restriction], [code, 403, restriction], words);
      has(error.message, words);
    }
  },

  "a disabled repo is forbidden": async (at) => {
    has((await fails(signed(at).modelInfo({ repo: "globex/disabled" }), "forbidden")).message, "disabled");
  },

  "a member shut out by the organisation's rules is told which": async (at) => {
    const ways = { sso: "single sign-on", mfa: "two-factor", ip: "network", restricted: "single sign-on" };
    for (const [name, way] of Object.entries(ways)) {
      const hub = signed(at, `test${name}`);
      // Whoami is asked for the first, and remembered for the second.
      for (const run of [() => hub.modelInfo({ repo: "acme/secret" }), () => hub.deleteRepo({ repo: "acme/m1" })]) {
        const error = await fails(run(), "org_restricted", name);
        same([error.status, error.restriction, error.fix], [403, name === "restricted" ? "sso" : name, `${at.hubUrl}/acme`]);
        has(error.hint, way);
      }
    }
    same((await fails(signed(at, "testsso").modelInfo({ repo: "globex/disabled" }), "forbidden")).restriction, undefined, "another's");
  },

  "a 403 that stays unexplained is as it was": async ({ hubkey }) => {
    const asked = [];
    const hub = (whoami) => new hubkey.Hub({ endpoint: "https://hub.example", token: NOBODYS, maxRetries: 0, fetch: spy(({ url }) => (asked.push(url), url.endsWith("whoami-v2") ? whoami() : json({ error: "no" }, 403))) });
    for (const whoami of [() => json({ error: "no" }, 403), () => json({}, 500), () => new Response("<html>"), () => { throw new Error("gone"); }, () => json({ type: "user", id: "1", name: "ada", orgs: [{ name: "acme", securityRestrictions: [] }, { name: "zoo", securityRestrictions: ["sso"] }], auth: {} })]) {
      asked.length = 0;
      const error = await fails(hub(whoami).request("/api/models/acme/x"), "forbidden");
      same([error.status, error.restriction, error.fix, asked.length], [403, undefined, undefined, 2]);
    }
    asked.length = 0;
    await fails(hub(() => json({ error: "no" }, 403)).whoami({ cache: false }), "forbidden");
    same(asked.length, 1, "whoami is not asked about whoami");
  },

  "every status has its code": async (at) => {
    const rows = {
      400: "invalid_request", 402: "payment_required", 403: "forbidden", 404: "not_found", 405: "invalid_request", 406: "invalid_request", 408: "timeout", 410: "not_found", 411: "invalid_request",
      413: "invalid_request", 415: "invalid_request", 416: "range_mismatch", 418: "invalid_request", 422: "invalid_request", 429: "rate_limited", 451: "invalid_request", 499: "invalid_request",
      500: "server_error", 501: "server_error", 502: "server_error", 503: "server_error", 504: "server_error", 520: "server_error", 599: "server_error",
    };
    for (const [status, code] of Object.entries(rows)) same([(await answered(at, Number(status), { error: "said" })).code, status], [code, status]);
  },

  "the Hub's own code wins over the status": async (at) => {
    for (const [code, ours] of [["RepoNotFound", "repo_not_found"], ["RevisionNotFound", "revision_not_found"], ["EntryNotFound", "entry_not_found"], ["GatedRepo", "gated_repo"]])
      for (const status of [401, 403, 404]) same((await answered(at, status, { error: "x" }, { "x-error-code": code })).code, ours);
    same((await answered(at, 403, { error: "x" }, { "x-error-code": "SomethingNew" })).code, "forbidden");
  },

  "the Hub's sentence is found wherever it stands": async (at) => {
    const words = "the Hub says no";
    for (const body of [{ error: words }, { error: { message: words, type: "t" } }, { errors: [{ message: words }] }, { message: words }, { error: [words] },
      words]) has((await answered(at, 400, body)).message, words);
    has((await answered(at, 400, { error: "other" }, { "x-error-message": words })).message, words);
    has((await answered(at, 400, { error: "invalid_grant", error_description: words })).message, `invalid_grant: ${words}`);
    lacks((await answered(at, 400, "<html>the Hub says no</html>")).message, words, "not from a page");
    has((await answered(at, 500, "")).message, "no reason given");
  },

  "an error's message names the request and the status, on one line": async (at) => {
    const error = await answered(at, 400, { error: "* one\n  * two\r\n\tthree\0" });
    has(error.message, "GET https://hub.example/api/x: ", "(400)");
    yes(!/[\r\n\t\0]/.test(error.message), "one line");
    yes((await answered(at, 400, { error: "word ".repeat(5000) })).message.length < 900, "cut to a length that one reads");
  },

  "a 429 says how long to wait, where it can be read": async (at) => {
    const rows = [
      [{ ratelimit: '"api";r=0;t=55' }, 55_000], [{ ratelimit: '"api";r=0;t=1', "retry-after": "9" }, 1000], [{ "retry-after": "3" }, 3000],
      [{ ratelimit: '"api";r=7;t=55', "retry-after": "3" }, 3000],
      [{ ratelimit: '"api";r=7;t=55' }, undefined], [{}, undefined], [{ "retry-after": "soon" }, undefined], [{ "retry-after": "-1" }, undefined], [{ ratelimit: "garbage;;;=" }, undefined],
      [{ ratelimit: "x".repeat(20_000) }, undefined], [{ "retry-after": "99999" }, 99_999_000], [{ "retry-after": "1e9" }, undefined],
    ];
    // Each at a Hub of its own: the pause that one asks for is kept for all who ask there.
    for (const [row, [headers, ms]] of rows.entries()) same((await answered(at, 429, { error: "slow" }, headers, `https://hub-${row}.example`)).retryAfterMs, ms, JSON.stringify(headers).slice(0, 80));
    await at.control.limits({ api: 1 });
    // A token that no other case here uses, for the pause outlasts this one.
    await signed(at, "testgod").request("/api/models/ada/tiny");
    const error = await fails(signed(at, "testgod").request("/api/models/ada/tiny"), "rate_limited");
    yes(error.retryAfterMs > 200_000 && error.retryAfterMs <= 300_000, `${error.retryAfterMs}`);
    same(error.docs, "https://huggingface.co/docs/hub/rate-limits");
    has(error.message, "quota");
  },

  "the request id is told, in whatever header it stands": async (at) => {
    for (const name of ["x-request-id", "x-amzn-trace-id", "x-amz-cf-id"]) same((await answered(at, 500, {}, { [name]: "Root=1-abc" })).requestId, "Root=1-abc");
    same((await answered(at, 500, {}, { "x-request-id": "first", "x-amz-cf-id": "third" })).requestId, "first");
    same("requestId" in (await answered(at, 500, {})), false);
  },

  "no answer says so, with the cause beneath": async ({ hubkey }) => {
    const error = await fails(new hubkey.Hub({ endpoint: "http://127.0.0.1:1" }).modelInfo({ repo: "a/b" }), "network");
    same([error.status, error.request], [undefined, "GET http://127.0.0.1:1/api/models/a/b"]);
    yes(error.cause instanceof Error, "a cause");
    yes(typeof error.cause.message === "string" && error.cause.message.length > 3);
  },

  "a write is never sent twice, and what the Hub refuses is not asked again": async (at) => {
    for (const status of [429, 500, 503]) {
      const fetch = spy(() => json({}, status));
      const hub = new at.hubkey.Hub({ endpoint: "https://hub.example", fetch, token: NOBODYS });
      for (const work of [() => hub.createRepo({ repo: "a/b" }), () => hub.request("/api/any", { method: "PUT", body: {} }), () => hub.deleteRepo({ repo: "a/b" })]) {
        fetch.calls.length = 0;
        await caught(work);
        same(fetch.calls.length, 1, String(status));
      }
    }
    await caught(collect(signed(at).listModels({ sort: "beauty" })));
    same((await at.control.lines()).length, 1);
  },
};

export default cases;
