// What is sent, and by whom it was asked for: nothing in offline mode, on no road; and else nothing that nobody asked for.
import { diagnose } from "hubkey/diagnose";
import { caught, fails, has, same, yes } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { json, spy } from "../support/spy.mjs";

const OPTIONS = { repo: "ada/tiny", username: "ada", organization: "acme", path: "config.json" };
/** How a method is called that takes something else than options. */
const ARGUMENTS = {
  login: [{ token: NOBODYS }],
  setToken: [{ token: NOBODYS }],
  authSwitch: ["nobody"],
  subscribe: [() => {}],
  validateToken: [NOBODYS],
  request: ["/api/models"],
  fetch: ["https://huggingface.co/api/models"],
  can: ["repo.write", { repo: "ada/tiny" }],
  require: ["repo.write", { repo: "ada/tiny" }],
  newTokenUrl: [{ permissions: ["repo.write"] }],
  recordPermissions: [() => {}],
  revokeToken: [{ token: NOBODYS }],
};
/** Those that send nothing by themselves. */
const SILENT = ["setToken", "logout", "getToken", "authHeaders", "authSwitch", "authList", "gitCredentials", "subscribe", "newTokenUrl"];
/** Those that ask who it is, and go on where nobody says so. */
const FORGIVING = ["recordPermissions"];

/** A method's work, to its end; a list is read. */
async function work(hub, name) {
  const it = hub[name](...(ARGUMENTS[name] ?? [OPTIONS]));
  if (typeof it?.[Symbol.asyncIterator] === "function") for await (const _ of it) void _;
  return it;
}

/** Those of clients that sign in with OAuth, whose cases ask the same of them. */
const OAUTH = ["signIn", "handleRedirect", "deviceLogin"];

const methods = ({ Hub }) => Object.getOwnPropertyNames(Hub.prototype).filter((it) => !["constructor", "endpoint", "session", ...OAUTH].includes(it));

export default {
  "every method that sends refuses in offline mode, and sends nothing": async ({ hubkey }) => {
    const on = [
      (fetch) => new hubkey.Hub({ token: NOBODYS, offline: true, fetch }),
      (fetch) => hubkey.Hub.fromEnv({ HF_TOKEN: NOBODYS, HF_HUB_OFFLINE: "1" }, { fetch }),
      (fetch) => hubkey.Hub.fromEnv({ HF_TOKEN: NOBODYS }, { fetch, offline: true }),
    ];
    for (const name of methods(hubkey)) {
      const online = spy(() => json({ error: "no" }, 403));
      await work(new hubkey.Hub({ token: NOBODYS, fetch: online, maxRetries: 0 }), name).catch(() => {});
      same(online.calls.length === 0, SILENT.includes(name), `${name} sends: say above how it is called, or that it sends nothing`);
      for (const make of on) {
        const fetch = spy();
        const hub = make(fetch);
        if (SILENT.includes(name)) await work(hub, name).catch((error) => same(error.code, name === "authSwitch" ? "invalid_argument" : "storage_read_only"));
        else if (FORGIVING.includes(name)) await work(hub, name);
        else has((await fails(() => work(hub, name), "offline", name)).hint, "HF_HUB_OFFLINE");
        same(fetch.calls, [], name);
      }
    }
    yes(methods(hubkey).length > 20);
  },

  "pages, further origins and the router are the Hub's as well": async ({ hubkey }) => {
    const fetch = spy(() => json([]));
    const hub = new hubkey.Hub({ token: NOBODYS, offline: true, fetch, origins: ["https://ada-space.example"] });
    for (const url of ["https://router.huggingface.co/v1/models", "https://ada-space.example/x", "https://huggingface.co/"]) {
      for (const it of [url, new URL(url), new Request(url)]) same((await caught(hub.fetch(it))).code, "offline", url);
      await fails(hub.request(url), "offline");
    }
    await fails(hub.listModels().pages().next(), "offline");
    same(fetch.calls, []);
    await hub.fetch("https://elsewhere.example/");
    same(fetch.calls.map((it) => it.url), ["https://elsewhere.example/"], "what is not the Hub's is the caller's own affair");
  },

  "a sign-in in offline mode keeps nothing": async ({ hubkey }) => {
    const store = hubkey.memoryStore();
    const hub = new hubkey.Hub({ offline: true, store });
    await fails(hub.login({ token: NOBODYS }), "offline");
    same([await hub.getToken(), await new hubkey.Hub({ store }).getToken()], [null, null]);
  },

  "after a story the Hub has heard what was asked, and nothing else": async (at) => {
    const { Hub } = at.hubkey;
    const hub = new Hub({ endpoint: at.hubUrl });
    const gone = Hub.fromEnv({ HF_ENDPOINT: at.hubUrl, HF_HUB_DISABLE_TELEMETRY: "0" });
    same(await at.control.lines(), [], "a client that is made asks nothing");
    await hub.login({ token: at.token("testwrite") });
    await hub.getToken();
    await hub.authHeaders();
    for await (const _ of hub.listModels({ author: "ada", pageSize: 2, limit: 4 })) void _;
    await hub.modelInfo({ repo: "ada/tiny" });
    await fails(hub.modelInfo({ repo: "ada/no-such" }), "repo_not_found");
    await (await hub.fetch(`${at.hubUrl}/api/models/ada/tiny`)).json();
    await hub.createRepo({ repo: "ada/new-here" });
    same(await hub.deleteRepo({ repo: "ada/new-here" }), true);
    await fails(gone.whoami(), "no_token");
    await diagnose(gone);
    await hub.logout();
    await new Promise((done) => setTimeout(done, 50));
    const lines = (await at.control.lines()).filter((it) => !it.startsWith("OPTIONS"));
    const page = lines[2] ?? "";
    has(page, "GET /api/models?", "cursor=");
    same(lines, [
      "GET /api/whoami-v2",
      "GET /api/models?author=ada&limit=2",
      page,
      "GET /api/models/ada/tiny",
      "GET /api/models/ada/no-such",
      "GET /api/models/ada/tiny",
      "POST /api/repos/create",
      "DELETE /api/repos/delete",
      "GET /api/models?limit=1",
    ]);
  },
};
