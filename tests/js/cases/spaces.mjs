// listSpaces and spaceInfo against localhub.
import { fails, same, yes } from "../support/check.mjs";
import { collect } from "./models.mjs";
import { ids, info, wire } from "./listed.mjs";

export default {
  "every filter reaches the wire under the Hub's own name": wire("listSpaces", "/api/spaces", [
    [{}, ""],
    [{ search: "app", author: "ada" }, "search=app&author=ada"],
    [{ filter: ["static", "mcp-server"] }, "filter=static&filter=mcp-server"],
    [{ datasets: ["rajpurkar/squad", "a/b"] }, "datasets=rajpurkar%2Fsquad&datasets=a%2Fb"],
    [{ models: "ada/tiny" }, "models=ada%2Ftiny"],
    [{ linked: true }, "linked=true"],
    [{ sort: "likes" }, "sort=likes"],
    [{ full: true }, "full=true"],
    [{ expand: ["runtime", "subdomain"] }, "expand=runtime&expand=subdomain"],
    [{ author: "ada", limit: 2 }, "author=ada&limit=2"],
  ]),

  "the filters do what they say": async ({ hubkey, hubUrl }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const all = await collect(hub.listSpaces({ expand: ["models", "datasets"] }));
    const meant = (is) => all.filter(is).map((it) => it.id);
    same(await ids(hub.listSpaces({ models: "ada/tiny" })), meant((it) => it.models.includes("ada/tiny")));
    same(await ids(hub.listSpaces({ datasets: "rajpurkar/squad" })), meant((it) => it.datasets.includes("rajpurkar/squad")));
    const linked = await ids(hub.listSpaces({ linked: true }));
    same(linked, meant((it) => it.models.length || it.datasets.length));
    yes(linked.length && linked.length < all.length);
  },

  "pages are read to the end": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    same(await ids(hub.listSpaces({ sort: "id", pageSize: 4 })), await ids(hub.listSpaces({ sort: "id" })));
    yes((await control.requests()).length > 3, "several pages");
  },

  "private Spaces are listed to those who may see them": async ({ hubkey, hubUrl, token }) => {
    const all = (given) => ids(new hubkey.Hub({ endpoint: hubUrl }).listSpaces({ author: "ada", token: given }));
    yes((await all(token("testread"))).includes("ada/private-app"));
    yes(!(await all(false)).includes("ada/private-app"));
  },

  "an unknown sort order is the Hub's to refuse": async ({ hubkey, hubUrl }) => {
    same((await fails(collect(new hubkey.Hub({ endpoint: hubUrl }).listSpaces({ sort: "num_parameters" })), "invalid_request")).status, 400);
  },

  ...info("spaceInfo", "spaces", "ada/app-000", ["runtime", "sdk"], { "ada/old-app": "ada/new-app" }, "ada/private-app"),

  "it says whether it runs": async ({ hubkey, hubUrl }) => {
    same((await new hubkey.Hub({ endpoint: hubUrl }).spaceInfo({ repo: "ada/app-000" })).runtime.stage, "RUNNING");
  },
};
