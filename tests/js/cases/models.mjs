// listModels and modelInfo against localhub: filters reach the wire exactly, answers come through whole.
import { fails, same, yes } from "../support/check.mjs";

export async function collect(list, most = Infinity) {
  const all = [];
  for await (const it of list) if (all.push(it) >= most) break;
  return all;
}

const ids = async (list) => (await collect(list)).map((it) => it.id);

export default {
  "every filter reaches the wire under the Hub's own name": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const rows = [
      [{}, ""],
      [{ author: "ada" }, "author=ada"],
      [{ search: "model" }, "search=model"],
      [{ search: ["a b", "c&d=e"] }, "search=a+b&search=c%26d%3De"],
      [{ filter: ["license:mit", "safetensors"] }, "filter=license%3Amit&filter=safetensors"],
      [{ filter: [] }, ""],
      [{ pipelineTag: "fill-mask" }, "pipeline_tag=fill-mask"],
      [{ gated: true }, "gated=true"],
      [{ gated: false }, "gated=false"],
      [{ apps: ["ollama", "vllm"] }, "apps=ollama&apps=vllm"],
      [{ inference: "warm" }, "inference=warm"],
      [{ inferenceProvider: ["all"] }, "inference_provider=all"],
      [{ numParameters: "min:6B,max:128B" }, "num_parameters=min%3A6B%2Cmax%3A128B"],
      [{ inferenceProvider: ["together", "groq"] }, "inference_provider=together&inference_provider=groq"],
      [{ trainedDataset: ["squad", "dataset:rajpurkar/squad"] }, "filter=dataset%3Asquad&filter=dataset%3Arajpurkar%2Fsquad"],
      [{ filter: "license:mit", trainedDataset: "squad" }, "filter=license%3Amit&filter=dataset%3Asquad"],
      [{ sort: "downloads" }, "sort=downloads"],
      [{ full: true, cardData: true, config: true }, "full=true&cardData=true&config=true"],
      [{ full: false }, "full=false"],
      [{ expand: ["downloads", "likes"] }, "expand=downloads&expand=likes"],
      [{ author: "ünï+ç" }, "author=%C3%BCn%C3%AF%2B%C3%A7"],
      [{ author: undefined, search: null }, ""],
      [{ nothingKnown: 1, path: "/x", token: undefined === 0 }, ""],
      [{ pageSize: 10, author: "umbrella", search: "model-00" }, "search=model-00&author=umbrella&limit=10"],
    ];
    for (const [options, query] of rows) {
      await control.forget();
      await collect(hub.listModels(options), 1);
      const [it] = await control.requests();
      same([it.method, it.path, it.query], ["GET", "/api/models", query], JSON.stringify(options));
    }
  },

  "a filter of the wrong type is refused before anything is sent": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    for (const options of [{ author: {} }, { search: [{}] }, { author: () => {} }, { author: Symbol("a") }, { filter: [["a"]] }])
      await fails(collect(hub.listModels(options)), "invalid_argument");
    same(await control.lines(), []);
  },

  "the filters do what they say": async ({ hubkey, hubUrl }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const bare = async (query) => (await (await fetch(`${hubUrl}/api/models?${query}`)).json()).map((it) => it.id);
    same(await ids(hub.listModels({ author: "ada", sort: "downloads" })), await bare("author=ada&sort=downloads"));
    same(await ids(hub.listModels({ filter: ["license:mit"], pipelineTag: "fill-mask" })), await bare("filter=license:mit&pipeline_tag=fill-mask"));
    same(await ids(hub.listModels({ trainedDataset: "rajpurkar/squad" })), await bare("filter=dataset:rajpurkar/squad"));
    same(await ids(hub.listModels({ inferenceProvider: "together", apps: "ollama" })), await bare("inference_provider=together&apps=ollama"));
    for (const it of await collect(hub.listModels({ numParameters: "min:6B,max:20B", expand: "safetensors" }))) yes(it.safetensors.total >= 6e9 && it.safetensors.total <= 20e9, it.id);
    same(await ids(hub.listModels({ author: "nobody" })), []);
  },

  "items are the Hub's own, with every field it gave": async ({ hubkey, hubUrl }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const query = "author=ada&sort=id&limit=3&full=true&cardData=true";
    const [theirs, ours] = [await (await fetch(`${hubUrl}/api/models?${query}`)).json(), await collect(hub.listModels({ author: "ada", sort: "id", limit: 3, full: true, cardData: true }))];
    same(ours, theirs);
    yes(ours[0].siblings.length && ours[0].cardData.license, "expected the whole item");
  },

  "private models are listed to those who may see them": async ({ hubkey, hubUrl, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const all = (given) => ids(hub.listModels({ author: "ada", sort: "id", token: given }));
    const [seen, hidden] = [await all(token("testread")), await all(false)];
    yes(seen.includes("ada/private-notes") && !hidden.includes("ada/private-notes"));
    same(seen.length, 60);
  },

  "an unknown sort order is the Hub's to refuse": async ({ hubkey, hubUrl }) => {
    const error = await fails(collect(new hubkey.Hub({ endpoint: hubUrl }).listModels({ sort: "beauty" })), "invalid_request");
    same(error.status, 400);
    yes(error.message.includes("Invalid option"), error.message);
  },

  "info is the Hub's own answer": async ({ hubkey, hubUrl }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    same(await hub.modelInfo({ repo: "ada/tiny" }), await (await fetch(`${hubUrl}/api/models/ada/tiny`)).json());
    const expand = ["downloads", "tags"];
    same(await hub.modelInfo({ repo: "ada/tiny", expand }), await (await fetch(`${hubUrl}/api/models/ada/tiny?expand=downloads&expand=tags`)).json());
  },

  "a revision is one part of the path, whatever is in it": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    for (const [revision, path] of [["dev", "dev"], ["feature/slash", "feature%2Fslash"], ["refs/pr/1", "refs%2Fpr%2F1"]]) {
      const { sha } = await hub.modelInfo({ repo: "ada/tiny", revision });
      yes(/^[0-9a-f]{40}$/.test(sha));
      same((await control.lines()).at(-1), `GET /api/models/ada/tiny/revision/${path}`);
    }
    for (const revision of ["a?b#c", "ä 漢", "..%2f..", "a\\b", "50%"]) {
      await fails(hub.modelInfo({ repo: "ada/tiny", revision }), "revision_not_found", revision);
      const { path } = (await control.requests()).at(-1);
      same(decodeURIComponent(path.split("/revision/")[1]), revision);
      same(path.split("/").length, 7, path);
    }
    await control.forget();
    for (const revision of ["", ".", ".."]) await fails(hub.modelInfo({ repo: "ada/tiny", revision }), "invalid_path", revision);
    same(await control.lines(), []);
  },

  "blobs and the scanners' findings come when asked for": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const it = await hub.modelInfo({ repo: "ada/tiny", blobs: true, securityStatus: true });
    yes(it.siblings.some((file) => file.lfs?.size === 5000) && it.securityRepoStatus);
    same((await control.requests())[0].query, "blobs=true&securityStatus=true");
  },

  "a canonical name and an old name are followed to the present one": async ({ hubkey, hubUrl, control, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testread") });
    same((await hub.modelInfo({ repo: "gpt2" })).id, "openai-community/gpt2");
    same((await hub.modelInfo({ repo: "ada/old-name", revision: "main" })).id, "ada/new-name");
    for (const it of await control.requests()) same(it.headers.authorization, `Bearer ${token("testread")}`, "same origin: the token stays");
  },

  "a name that is no repo's is refused before anything is sent": async ({ hubkey, hubUrl, control, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testwrite") });
    const names = [
      "", "/", "a/", "/b", "a/b/c", "..", "a/..", "../a", "./a", "a/b?c", "a/b#c", "a b/c", "a/b%2f", "%2e%2e/a", "a\\b", "a/b\n", "\ta/b", "ä/b", "a--b/c",
      "a..b/c", "-a/b", "a/b-", "a/b.git", `a/${"b".repeat(97)}`, "https://huggingface.co/a/b", "//evil.example/a", "a@b/c", "a:b", "a/b\0",
    ];
    for (const repo of names) {
      await fails(hub.modelInfo({ repo }), "invalid_repo", repo);
      await fails(hub.createRepo({ repo }), "invalid_repo", repo);
    }
    for (const repo of [undefined, null, 5, {}, [], true, ["a/b"], { toString: () => "a/b" }]) await fails(hub.modelInfo({ repo }), "invalid_repo");
    await fails(hub.modelInfo(), "invalid_repo");
    same(await control.lines(), []);
  },

  "odd names that are a repo's are found": async ({ hubkey, hubUrl }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    for (const repo of ["ada/a", "ada/0", "ada/_edge_", "ada/UPPER.Case_v1.0", `ada/${"long-name.".repeat(9)}ending`]) same((await hub.modelInfo({ repo })).id, repo);
  },
};
