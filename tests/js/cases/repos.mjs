// createRepo against localhub.
import { caught, fails, has, lacks, same, yes } from "../support/check.mjs";

const signed = ({ hubkey, hubUrl, token }, name = "testwrite") => new hubkey.Hub({ endpoint: hubUrl, token: token(name) });

/** What the last create sent. */
const sent = async ({ control }) => JSON.parse((await control.requests()).filter((it) => it.path === "/api/repos/create").at(-1).body);

export default {
  "a repo is made in one's own name": async (at) => {
    const made = await signed(at).createRepo({ repo: "ada/first" });
    same([made.url, made.name, /^[0-9a-f]{24}$/.test(made.id)], [`${at.hubUrl}/ada/first`, "ada/first", true]);
    same(await sent(at), { name: "first", organization: "ada" });
    const [it] = await at.control.requests();
    same([it.method, it.headers["content-type"]], ["POST", "application/json"]);
    same((await signed(at).modelInfo({ repo: "ada/first" })).private, false);
  },

  "a bare name goes to the token's own user": async (at) => {
    same((await signed(at).createRepo({ repo: "bare" })).name, "ada/bare");
    same(await sent(at), { name: "bare" });
  },

  "a repo is made in an organisation": async (at) => {
    same((await signed(at).createRepo({ repo: "acme/ours" })).name, "acme/ours");
    same(await sent(at), { name: "ours", organization: "acme" });
  },

  "a private repo is hidden from others": async (at) => {
    await signed(at).createRepo({ repo: "ada/mine", private: true });
    same((await sent(at)).private, true);
    same((await signed(at).modelInfo({ repo: "ada/mine" })).private, true);
    await fails(signed(at, "testgrace").modelInfo({ repo: "ada/mine" }), "repo_not_found");
  },

  "every option reaches the body under the Hub's own name": async (at) => {
    const options = { repo: "acme/whole", type: "space", private: false, sdk: "static", region: "eu", license: "mit", resourceGroupId: "64b0c0ffee0123456789abcf" };
    const { url } = await signed(at).createRepo({ ...options, existOk: true, signal: new AbortController().signal, timeoutMs: 9000 });
    same(url, `${at.hubUrl}/spaces/acme/whole`);
    const { repo, ...rest } = options;
    same(await sent(at), { name: "whole", organization: "acme", ...rest });
  },

  "each type is made as what it is": async (at) => {
    for (const [type, page] of [["model", "/ada/t"], ["dataset", "/datasets/ada/t"]]) same((await signed(at).createRepo({ repo: "ada/t", type })).url, at.hubUrl + page);
    for (const type of ["models", "Model", "", 5, {}, [], "toString", "__proto__"]) await fails(signed(at).createRepo({ repo: "ada/u", type }), "invalid_argument", String(type));
  },

  "what exists is a conflict that says where": async (at) => {
    const error = await fails(signed(at).createRepo({ repo: "ada/tiny" }), "conflict");
    same([error.status, error.url], [409, `${at.hubUrl}/ada/tiny`]);
    has(error.hint, "existOk");
    has(error.message, "already");
  },

  "with existOk what exists is a success": async (at) => {
    same((await signed(at).createRepo({ repo: "ada/tiny", existOk: true })).url, `${at.hubUrl}/ada/tiny`);
    same((await sent(at)).existOk, undefined);
    await fails(signed(at).createRepo({ repo: "ada/tiny", existOk: false }), "conflict");
  },

  "existOk excuses nothing else": async (at) => {
    await fails(signed(at, "testread").createRepo({ repo: "ada/x", existOk: true }), "insufficient_scope");
    await at.control.answer("/api/repos/create", 409, "<h1>no</h1>");
    same((await caught(signed(at).createRepo({ repo: "ada/x", existOk: true }))).code, "conflict");
  },

  "two changes at once are a conflict that may pass": async (at) => {
    for (const existOk of [true, false]) {
      await at.control.answer("/api/repos/create", 409, { error: "Cannot create repo: another conflicting operation is in progress" });
      const error = await caught(signed(at).createRepo({ repo: "ada/x", existOk }));
      same([error.code, error.status, error.url, error.retryable], ["conflict", 409, undefined, true], `existOk ${existOk}`);
      yes(error.requestId, "a request id");
      lacks(error.hint, "existOk");
    }
  },

  "a token that may not write says which permission is missing": async (at) => {
    const rows = [["testread", "ada/x"], ["testwrite", "grace/x"], ["testfine", "acme/x"], ["testwrite", "nobody/x"], ["testjwt", "ada/x"]];
    for (const [name, repo] of rows) {
      const error = await fails(signed(at, name).createRepo({ repo }), "insufficient_scope", `${name} ${repo}`);
      same(error.status, 403);
      has(error.message, "rights");
    }
    // Its scopes say write-repos, not contribute-repos.
    await fails(signed(at, "testoauth").createRepo({ repo: "ada/y" }), "insufficient_scope");
    same((await signed(at, "testfine").createRepo({ repo: "ada/x" })).name, "ada/x");
  },

  "the Hub's own refusals are told in its words": async (at) => {
    const error = await fails(signed(at).createRepo({ repo: "ada/app", type: "space" }), "invalid_request");
    same(error.status, 400);
    has(error.message, "sdk", "gradio");
  },

  "it is never sent without a token, nor twice": async (at) => {
    await fails(new at.hubkey.Hub({ endpoint: at.hubUrl }).createRepo({ repo: "ada/x" }), "no_token");
    await fails(signed(at).createRepo({ repo: "ada/x", token: false }), "no_token");
    same(await at.control.lines(), []);
    for (const fault of [{ type: "status", status: 503 }, { type: "reset" }, { type: "cut", bytes: 3 }]) {
      await at.control.forget();
      await at.control.fault("/api/repos/create", fault);
      yes((await signed(at).createRepo({ repo: "ada/once" }).catch((it) => it)).code, "a failure");
      same((await at.control.lines()).length, 1, fault.type);
    }
  },
};
