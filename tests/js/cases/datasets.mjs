// listDatasets and datasetInfo against localhub.
import { fails, same, yes } from "../support/check.mjs";
import { collect } from "./models.mjs";
import { ids, info, wire } from "./listed.mjs";

export default {
  "every filter reaches the wire under the Hub's own name": wire("listDatasets", "/api/datasets", [
    [{}, ""],
    [{ search: ["a b", "c"], author: "ada" }, "search=a+b&search=c&author=ada"],
    [{ filter: ["license:mit", "modality:text"] }, "filter=license%3Amit&filter=modality%3Atext"],
    [{ benchmark: "official" }, "filter=benchmark%3Aofficial"],
    [{ language: ["en", "fr"] }, "filter=language%3Aen&filter=language%3Afr"],
    // Whoever writes the whole tag means the same.
    [{ language: "language:en" }, "filter=language%3Aen"],
    [{ languageCreators: "found" }, "filter=language_creators%3Afound"],
    [{ multilinguality: "monolingual" }, "filter=multilinguality%3Amonolingual"],
    [{ sizeCategories: "n<1K" }, "filter=size_categories%3An%3C1K"],
    [{ taskCategories: "fill-mask" }, "filter=task_categories%3Afill-mask"],
    [{ taskIds: ["extractive-qa"] }, "filter=task_ids%3Aextractive-qa"],
    [{ filter: "license:mit", language: "en" }, "filter=license%3Amit&filter=language%3Aen"],
    [{ language: [] }, ""],
    [{ gated: false }, "gated=false"],
    [{ sort: "datasetsServerInfo.numRows" }, "sort=datasetsServerInfo.numRows"],
    [{ full: true }, "full=true"],
    [{ expand: ["downloads", "mainSize"] }, "expand=downloads&expand=mainSize"],
    [{ author: "ada", limit: 5 }, "author=ada&limit=5"],
    [{ author: "ada", limit: 50, pageSize: 10 }, "author=ada&limit=10"],
  ]),

  "the filters do what they say": async ({ hubkey, hubUrl }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const all = await collect(hub.listDatasets());
    for (const [options, tag] of [[{ language: "en" }, "language:en"], [{ taskCategories: "fill-mask" }, "task_categories:fill-mask"],
      [{ sizeCategories: "n<1K" }, "size_categories:n<1K"], [{ benchmark: "official" }, "benchmark:official"]]) {
      const found = await ids(hub.listDatasets(options));
      yes(found.length && found.length < all.length, tag);
      same(found, all.filter((it) => it.tags.includes(tag)).map((it) => it.id), tag);
    }
    const both = await ids(hub.listDatasets({ language: "en", filter: "license:mit" }));
    same(both, all.filter((it) => it.tags.includes("language:en") && it.tags.includes("license:mit")).map((it) => it.id));
  },

  "pages are read to the end": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const [paged, whole] = [await ids(hub.listDatasets({ sort: "id", pageSize: 9, language: "en" })), await ids(hub.listDatasets({ sort: "id", language: "en" }))];
    same(paged, whole);
    yes((await control.requests()).length > 2, "several pages");
  },

  "private datasets are listed to those who may see them": async ({ hubkey, hubUrl, token }) => {
    const all = (given) => ids(new hubkey.Hub({ endpoint: hubUrl }).listDatasets({ author: "ada", token: given }));
    yes((await all(token("testread"))).includes("ada/private-data"));
    yes(!(await all(false)).includes("ada/private-data") && !(await all(token("testgrace"))).includes("ada/private-data"));
  },

  "what the Hub does not know is its own to refuse": async ({ hubkey, hubUrl }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    for (const options of [{ sort: "num_parameters" }, { expand: "beauty" }]) same((await fails(collect(hub.listDatasets(options)), "invalid_request")).status, 400);
    await fails(hub.datasetInfo({ repo: "ada/data-000", expand: ["beauty"] }), "invalid_request");
  },

  ...info("datasetInfo", "datasets", "ada/data-000", ["downloads", "mainSize"], { "ada/old-data": "ada/new-data", squad: "rajpurkar/squad" }, "ada/private-data"),

  "a gated dataset's facts are public": async ({ hubkey, hubUrl }) => {
    same((await new hubkey.Hub({ endpoint: hubUrl }).datasetInfo({ repo: "grace/gated-data" })).gated, "manual");
  },
};
