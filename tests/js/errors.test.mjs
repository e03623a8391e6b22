import { inspect } from "node:util";
import cases from "./cases/errors.mjs";
import { fails, has, same, yes } from "./support/check.mjs";
import { play } from "./support/node.mjs";

await play({
  ...cases,

  "an error is an Error of one class, whole in JSON and in print": async ({ hubkey, hubUrl, token }) => {
    const { Hub, HubError, isHubError } = hubkey;
    const error = await fails(new Hub({ endpoint: hubUrl, token: token("testread") }).modelInfo({ repo: "ada/none" }), "repo_not_found");
    yes(error instanceof HubError && error instanceof Error && isHubError(error));
    same(JSON.parse(JSON.stringify(error)), {
      name: "HubError", message: error.message, code: "repo_not_found", hint: error.hint, docs: error.docs, retryable: false, status: 404, requestId: error.requestId, request: error.request,
    });
    same(Object.keys(error).sort(), ["code", "docs", "hint", "request", "requestId", "retryable", "status"], "what console.log shows");
    has(inspect(error), "HubError", "repo_not_found", error.hint);
    has(error.stack, "HubError");
    same(String(error), `HubError: ${error.message}`);
  },

  "an aborted call and a late one have the platform's names": async ({ hubkey, hubUrl }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const aborted = await fails(hub.modelInfo({ repo: "a/b", signal: AbortSignal.abort() }), "aborted");
    same([aborted.name, JSON.parse(JSON.stringify(aborted)).name, String(aborted).startsWith("AbortError: ")], ["AbortError", "AbortError", true]);
  },

  "isHubError knows its own from others": async ({ hubkey }) => {
    const { isHubError, HubError } = hubkey;
    for (const it of [undefined, null, 5, "x", {}, new Error("x"), { code: "no_token" }, Object.assign(new Error("x"), { code: "no_token", name: "HubError" }), () => {},
      Symbol("x")]) same(isHubError(it), false);
    yes(isHubError(new HubError({ code: "network", message: "m", hint: "h", docs: "d", retryable: true })));
  },
});
