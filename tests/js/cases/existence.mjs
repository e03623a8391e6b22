// repoExists against localhub: what is a no, and what is not.
import { fails, has, same } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";

const asking = ({ hubkey, hubUrl, token }, name) => new hubkey.Hub({ endpoint: hubUrl, ...(name && { token: token(name) }) });

export default {
  "what is there is there, under its type": async (at) => {
    const rows = [["ada/tiny", undefined, "/api/models/ada/tiny"], ["ada/data-000", "dataset", "/api/datasets/ada/data-000"], ["ada/app-000", "space", "/api/spaces/ada/app-000"],
      ["grace/gated-not-asked", "model", "/api/models/grace/gated-not-asked"]];
    for (const [repo, type, path] of rows) {
      await at.control.forget();
      same(await asking(at).repoExists({ repo, type }), true, repo);
      same(await at.control.lines(), [`GET ${path}?expand=likes`]);
    }
    for (const [repo, type] of [["ada/tiny", "dataset"], ["ada/data-000", "model"], ["ada/app-000", "dataset"], ["ada/none", "space"]]) same(await asking(at).repoExists({ repo, type }), false, `${repo} ${type}`);
  },

  "a name that it had before counts": async (at) => {
    for (const [repo, type] of [["gpt2", "model"], ["ada/old-name", "model"], ["ada/old-data", "dataset"], ["ada/old-app", "space"]]) same(await asking(at).repoExists({ repo, type }), true, repo);
  },

  "what is hidden is not there, with and without a token": async (at) => {
    for (const repo of ["ada/private-notes", "acme/secret", "ada/none"]) {
      same(await asking(at).repoExists({ repo }), false, repo);
      same(await asking(at, "testgrace").repoExists({ repo }), false, repo);
    }
    same(await asking(at, "testread").repoExists({ repo: "ada/private-notes" }), true);
    same(await asking(at, "testrestricted").repoExists({ repo: "ada/private-notes" }), true);
  },

  "a 401 is a no only when whoami has nothing against the token": async (at) => {
    for (const badTokenWords of ["Invalid username or password.", "Invalid credentials in Authorization header"]) {
      await at.control.settings({ badTokenWords });
      await at.control.forget();
      await fails(new at.hubkey.Hub({ endpoint: at.hubUrl, token: NOBODYS }).repoExists({ repo: "ada/none" }), "invalid_token");
      same(await at.control.lines(), ["GET /api/models/ada/none?expand=likes", "GET /api/whoami-v2"]);
    }
    await at.control.answer("/api/models/ada/x", 401, { error: "Invalid username or password." });
    same(await asking(at, "testread").repoExists({ repo: "ada/x" }), false);
    await at.control.answer("/api/models/ada/x", 401, { error: "Invalid username or password." });
    await at.control.fault("/api/whoami-v2", { type: "status", status: 503 }, 3);
    await fails(asking(at, "testread").repoExists({ repo: "ada/x" }), "unauthorized");
  },

  "what is behind a gate is there": async (at) => {
    for (const status of [401, 403]) {
      await at.control.answer("/api/models/ada/tiny", status, { error: "Access to model ada/tiny is restricted." }, { "x-error-code": "GatedRepo" });
      same(await asking(at).repoExists({ repo: "ada/tiny" }), true);
    }
  },

  "what cannot be told is an error": async (at) => {
    has((await fails(asking(at).repoExists({ repo: "globex/disabled" }), "forbidden")).message, "disabled");
    const rows = [[404, "<h1>no</h1>", "not_found"], [401, "<h1>hotel</h1>", "unauthorized"], [200, "<h1>hotel</h1>", "invalid_response"], [404, { error: "no such route" }, "not_found"],
      [429, { error: "slow" }, "rate_limited"], [500, { error: "oh" }, "server_error"], [403, { error: "no" }, "forbidden"]];
    for (const [status, body, code] of rows) {
      await at.control.answer("/api/models/ada/tiny", status, body);
      await fails(asking(at).repoExists({ repo: "ada/tiny", maxRetries: 0 }), code, `${status}`);
    }
    await at.control.fault("/api/models/ada/tiny", { type: "reset" });
    await fails(asking(at).repoExists({ repo: "ada/tiny", maxRetries: 0 }), "network");
  },

  "what is no name or no type is refused before anything is sent": async (at) => {
    for (const repo of ["", "a/b/c", "../x", undefined, 5]) await fails(asking(at).repoExists({ repo }), "invalid_repo");
    for (const type of ["models", "bucket", "", 5]) await fails(asking(at).repoExists({ repo: "a/b", type }), "invalid_argument");
    same(await at.control.lines(), []);
  },
};
