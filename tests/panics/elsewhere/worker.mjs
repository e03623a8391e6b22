import * as hubkey from "hubkey";
import { panics } from "../cases.mjs";

let waiting = 0;

const routes = {
  "/cases": () => panics(hubkey),
  async "/hang"() {
    let aborted = "no";
    const fetch = (url, { signal }) => {
      waiting++;
      signal.addEventListener("abort", () => { aborted = signal.reason?.code; });
      return new Promise(() => {});
    };
    const started = Date.now();
    const error = await new hubkey.Hub({ endpoint: "https://hub.example", fetch }).request("/api/x").catch((it) => it);
    return { code: error.code ?? `${error}`, aborted, ms: Date.now() - started };
  },
  "/waiting": () => waiting,
  "/panic"() {
    try { return hubkey.maskToken("panic:panic"); } catch (error) { return error.code ?? `${error}`; }
  },
  "/works": () => hubkey.maskToken("hf_x").length > 0,
};

export default {
  fetch: async (request) => Response.json(await routes[new URL(request.url).pathname]()),
};
