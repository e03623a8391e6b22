// deleteRepo against localhub.
import { caught, fails, has, same, yes } from "../support/check.mjs";

const signed = ({ hubkey, hubUrl, token }, name = "testwrite") => new hubkey.Hub({ endpoint: hubUrl, token: token(name) });

const sent = async ({ control }) => (await control.requests()).filter((it) => it.path === "/api/repos/delete").map((it) => [it.method, JSON.parse(it.body)]);

export default {
  "each type is deleted as what it is": async (at) => {
    const rows = [["ada/a", undefined, { name: "a", organization: "ada" }], ["ada/data-001", "dataset", { name: "data-001", organization: "ada", type: "dataset" }],
      ["ada/app-001", "space", { name: "app-001", organization: "ada", type: "space" }], ["acme/m1", "model", { name: "m1", organization: "acme", type: "model" }]];
    for (const [repo, type, body] of rows) {
      await at.control.forget();
      same(await signed(at).deleteRepo({ repo, type }), true);
      same(await sent(at), [["DELETE", body]]);
      same(await signed(at).repoExists({ repo, type }), false);
    }
    const [it] = (await at.control.requests()).filter((it) => it.path === "/api/repos/delete");
    same(it.headers["content-type"], "application/json");
  },

  "a bare name is one of the token's own user": async (at) => {
    same(await signed(at).deleteRepo({ repo: "a" }), true);
    same(await sent(at), [["DELETE", { name: "a" }]]);
    same(await signed(at).repoExists({ repo: "ada/a" }), false);
  },

  "what was made can be deleted, and made again": async (at) => {
    const hub = signed(at);
    for (let round = 0; round < 2; round++) {
      await hub.createRepo({ repo: "ada/brief", private: true });
      same(await hub.deleteRepo({ repo: "ada/brief" }), true);
    }
  },

  "what is not there is an error, or a no with missingOk": async (at) => {
    for (const [name, repo] of [["testwrite", "ada/none"], ["testgrace", "ada/private-notes"], ["testwrite", "ada/old-name"]]) {
      const error = await fails(signed(at, name).deleteRepo({ repo }), "repo_not_found", repo);
      same(error.status, 404);
      await fails(signed(at, name).deleteRepo({ repo, missingOk: false }), "repo_not_found", repo);
      same(await signed(at, name).deleteRepo({ repo, missingOk: true }), false, repo);
    }
    same(await signed(at, "testread").repoExists({ repo: "ada/private-notes" }), true);
    same(await signed(at).repoExists({ repo: "ada/new-name" }), true, "an old name is not followed");
    yes(!(await sent(at)).some(([, body]) => "missingOk" in body), "it is ours and not the Hub's");
  },

  "another type of the same name is left alone": async (at) => {
    await fails(signed(at).deleteRepo({ repo: "ada/tiny", type: "dataset" }), "repo_not_found");
    same(await signed(at).repoExists({ repo: "ada/tiny" }), true);
  },

  "a token that may not delete says so, also with missingOk": async (at) => {
    const rows = [["testread", "ada/tiny", "make a token with repo.write"], ["testgrace", "ada/tiny", "ask its owner"], ["testfine", "acme/after", "add it to the token"], ["testoauth", "acme/m1", "write access"],
      ["testjwt", "ada/tiny", "write access"], ["testnomail", "acme/m1", "an admin may give more"]];
    for (const [name, repo, way] of rows)
      for (const missingOk of [false, true]) {
        const error = await fails(signed(at, name).deleteRepo({ repo, missingOk }), "insufficient_scope", `${name} ${repo}`);
        same(error.status, 403);
        has(error.message, "required permissions");
        has(error.hint, way);
      }
    same((await fails(signed(at, "testrestricted").deleteRepo({ repo: "acme/m1" }), "org_restricted")).status, 403);
    same(await signed(at, "testgod").repoExists({ repo: "acme/m1" }), true);
  },

  "missingOk excuses nothing else": async (at) => {
    const gone = () => signed(at).deleteRepo({ repo: "ada/tiny", missingOk: true });
    await at.control.answer("/api/repos/delete", 404, "<h1>no</h1>");
    await fails(gone(), "not_found");
    await at.control.answer("/api/repos/delete", 403, { error: "restricted" }, { "x-error-code": "GatedRepo" });
    await fails(gone(), "gated_repo");
    await at.control.answer("/api/repos/delete", 401, { error: "Invalid username or password." });
    await fails(gone(), "unauthorized");
    await fails(signed(at, "testrevoked").deleteRepo({ repo: "ada/tiny", missingOk: true }), "invalid_token");
  },

  "it is never sent without a token or a name, nor twice": async (at) => {
    await fails(new at.hubkey.Hub({ endpoint: at.hubUrl }).deleteRepo({ repo: "ada/a" }), "no_token");
    await fails(signed(at).deleteRepo({ repo: "ada/a", token: false }), "no_token");
    for (const repo of ["", "..", "a/b/c", undefined, null]) await fails(signed(at).deleteRepo({ repo }), "invalid_repo");
    for (const type of ["models", "", {}]) await fails(signed(at).deleteRepo({ repo: "ada/a", type }), "invalid_argument");
    same(await at.control.lines(), []);
    for (const fault of [{ type: "status", status: 503 }, { type: "reset" }]) {
      await at.control.forget();
      await at.control.fault("/api/repos/delete", fault);
      yes((await caught(signed(at).deleteRepo({ repo: "ada/a" }))).code, "a failure");
      same((await at.control.lines()).length, 1, fault.type);
    }
  },
};
