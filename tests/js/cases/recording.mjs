// recordPermissions: what an app's calls needed, told from the calls.
import { caught, fails, same } from "../support/check.mjs";
import { json, spy } from "../support/spy.mjs";

const signed = ({ hubkey, hubUrl, token }, name = "testwrite") => new hubkey.Hub({ endpoint: hubUrl, ...(name && { token: token(name) }) });
const page = (hubUrl, query) => `${hubUrl}/settings/tokens/new?tokenType=fineGrained${query}`;

export default {
  "what an app did is the least that it needs": async (at) => {
    const hub = signed(at);
    const it = await hub.recordPermissions(async () => {
      await hub.whoami();
      await hub.modelInfo({ repo: "ada/private-notes" });
      await hub.createRepo({ repo: "ada/recorded", type: "dataset" });
      return hub.createRepo({ repo: "acme/recorded" });
    });
    same(it.result.name, "acme/recorded");
    same([it.permissions, it.orgs, it.canReadGatedRepos, it.unknown], [["repo.write"], ["acme"], false, []], "writing covers reading");
    same(it.needs, [
      { permission: "repo.write" , owner: "ada" }, { permission: "repo.write", owner: "acme" }, { permission: "repo.content.read", owner: "ada", repo: "ada/private-notes", type: "model" },
    ]);
    same(it.url, page(at.hubUrl, "&ownUserPermissions=repo.write&orgs=acme&orgPermissions=repo.write"));
  },

  "a sign-out on the way loses nothing": async (at) => {
    const hub = signed(at);
    const it = await hub.recordPermissions(async () => {
      await hub.createRepo({ repo: "ada/recorded" });
      await hub.logout();
      return "done";
    });
    same([it.result, it.permissions, it.orgs], ["done", ["repo.write"], []]);
  },

  "a pull request and a provider's route are known": async (at) => {
    const fetch = spy(({ url }) => (url.includes("whoami") ? json({ type: "user", id: "1", name: "ada", orgs: [] }) : json({})));
    const hub = new at.hubkey.Hub({ fetch, token: at.token("testwrite") });
    const it = await hub.recordPermissions(async () => {
      await hub.request("/api/models/grace/shelf/commit/main?create_pr=1", { method: "POST", body: "{}" });
      await hub.fetch("https://router.huggingface.co/together/v1/chat/completions", { method: "POST", body: "{}" });
    });
    same([it.permissions, it.orgs, it.unknown], [["discussion.write", "inference.serverless.write"], [], []]);
    same(it.url, "https://huggingface.co/settings/tokens/new?tokenType=fineGrained&ownUserPermissions=inference.serverless.write&globalPermissions=discussion.write");
  },

  "what is public needs nothing": async (at) => {
    const hub = signed(at);
    const it = await hub.recordPermissions(async () => {
      await hub.modelInfo({ repo: "ada/tiny" });
      await (await hub.fetch(`${at.hubUrl}/ada/tiny/resolve/main/config.json`)).text();
      for await (const _ of hub.listDatasets({ author: "grace" }));
      await hub.userOverview({ username: "grace" });
      await hub.orgMembers({ organization: "acme" }).pages().next();
    });
    same([it.permissions, it.needs, it.orgs, it.unknown, it.url], [[], [], [], [], page(at.hubUrl, "")]);
  },

  "what is private or gated is found out": async (at) => {
    const hub = signed(at);
    const it = await hub.recordPermissions(async () => {
      await hub.authCheck({ repo: "ada/private-notes" });
      await hub.authCheck({ repo: "grace/gated-accepted" });
    });
    same([it.permissions, it.canReadGatedRepos, it.unknown], [["repo.content.read"], true, []]);
    same(it.url, page(at.hubUrl, "&ownUserPermissions=repo.content.read&canReadGatedRepos=true"));
    const listed = await hub.recordPermissions(async () => { for await (const _ of hub.listModels({ author: "ada" })); });
    same([listed.permissions, listed.needs.every((it) => it.owner === "ada" && it.repo)], [["repo.content.read"], true]);
  },

  "what is not known is said": async (at) => {
    const hub = signed(at);
    const it = await hub.recordPermissions(async () => {
      await caught(hub.request("/api/future", { method: "POST" }));
      await caught(hub.modelInfo({ repo: "ada/none" }));
      await caught(hub.request("/api/models/ada/tiny/discussions", { method: "POST", body: {} }));
    });
    same([it.permissions, it.unknown], [["discussion.write"], ["POST /api/future", "GET /api/models/ada/none"]]);
  },

  "calls without the token, and before and after, do not count": async (at) => {
    const hub = signed(at);
    await hub.createRepo({ repo: "ada/before" });
    const it = await hub.recordPermissions(() => hub.modelInfo({ repo: "ada/tiny", token: false }));
    same([it.needs, it.unknown, it.result.id], [[], [], "ada/tiny"]);
    const nobody = await signed(at, null).recordPermissions(async () => 5);
    same([nobody.result, nobody.needs, nobody.permissions], [5, [], []]);
  },

  "others' repos are for discussions, and each thing has its place": async ({ hubkey }) => {
    const fetch = spy(({ url }) => url.endsWith("whoami-v2") ? json({ type: "user", name: "ada", orgs: [{ id: "1", name: "acme" }], auth: {} }) : json({ ok: true }));
    const hub = new hubkey.Hub({ endpoint: "https://hub.example/base", token: "hf_exampleFakeTokenForTests000000000000", fetch });
    const post = (path, body) => hub.request(path, { method: "POST", body: body ?? {} });
    const it = await hub.recordPermissions(async () => {
      await post("/api/models/grace/x/discussions");
      await post("/api/models/acme/x/discussions");
      await post("/api/models/gpt2/discussions");
      await post("/api/posts");
      await post("/api/jobs/acme");
      await post("/api/collections", { namespace: "acme" });
      await post("/api/settings/webhooks");
      await post("/api/inference-endpoints/ada");
      await post("/api/datasets/zoo/x/commit/main");
    });
    same(it.url, "https://hub.example/base/settings/tokens/new?tokenType=fineGrained&ownUserPermissions=inference.endpoints.write&ownUserPermissions=user.webhooks.write"
      + "&globalPermissions=discussion.write&globalPermissions=post.write&orgs=acme&orgs=zoo&orgPermissions=collection.write&orgPermissions=discussion.write&orgPermissions=job.write&orgPermissions=repo.write");
    same([it.orgs, it.unknown], [["acme", "zoo"], []]);
  },

  "inference is for who pays": async ({ hubkey }) => {
    const fetch = spy(({ url }) => url.endsWith("whoami-v2") ? json({ type: "user", name: "ada", orgs: [], auth: {} }) : json({ ok: true }));
    const hub = new hubkey.Hub({ token: "hf_exampleFakeTokenForTests000000000000", fetch, origins: ["https://ada-app.hf.example"] });
    const ask = (headers) => hub.fetch("https://router.huggingface.co/v1/chat/completions", { method: "POST", headers, body: "{}" });
    same((await hub.recordPermissions(() => ask())).url, "https://huggingface.co/settings/tokens/new?tokenType=fineGrained&ownUserPermissions=inference.serverless.write");
    same((await hub.recordPermissions(() => ask({ "X-HF-Bill-To": "acme" }))).url, "https://huggingface.co/settings/tokens/new?tokenType=fineGrained&orgs=acme&orgPermissions=inference.serverless.write");
    same((await hub.recordPermissions(() => hub.fetch("https://ada-app.hf.example/v1/predict?code=secret", { method: "POST", body: "x" }))).unknown, ["POST https://ada-app.hf.example/v1/predict"]);
  },

  "an app that fails fails as it did, and recordings may overlap": async (at) => {
    const hub = signed(at), mine = new Error("mine");
    same(await caught(hub.recordPermissions(async () => { throw mine; })), mine);
    const [outer, inner] = await Promise.all([
      hub.recordPermissions(() => hub.createRepo({ repo: "ada/one" })),
      hub.recordPermissions(() => hub.createRepo({ repo: "acme/two" })),
    ]);
    same([outer.needs.length >= 1, inner.needs.some((it) => it.owner === "acme")], [true, true]);
    for (const odd of [undefined, null, 5, {}]) await fails(hub.recordPermissions(odd), "invalid_argument");
  },
};
