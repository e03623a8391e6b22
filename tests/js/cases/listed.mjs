// What the cases of datasets and of Spaces have in common.
import { fails, has, same, yes } from "../support/check.mjs";
import { collect } from "./models.mjs";

export const ids = async (list) => (await collect(list)).map((it) => it.id);

/** Each row: options, and the query that they make. */
export const wire = (method, path, rows) => async ({ hubkey, hubUrl, control }) => {
  const hub = new hubkey.Hub({ endpoint: hubUrl });
  for (const [options, query] of rows) {
    await control.forget();
    await collect(hub[method](options), 1);
    const [it] = await control.requests();
    same([it.method, it.path, it.query], ["GET", path, query], JSON.stringify(options));
  }
  await control.forget();
  for (const options of [{ author: {} }, { search: [{}] }, { filter: () => {} }, { expand: Symbol("a") }, { limit: "5" }, { pageSize: 0 }])
    await fails(collect(hub[method](options)), "invalid_argument");
  same(await control.lines(), []);
};

/** The cases of an info call: its answer, its path, and how it fails. */
export const info = (method, plural, repo, expand, moved, hidden) => ({
  "info is the Hub's own answer": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const bare = async (query) => (await fetch(`${hubUrl}/api/${plural}/${repo}${query}`)).json();
    same(await hub[method]({ repo }), await bare(""));
    same(await hub[method]({ repo, expand }), await bare(`?${expand.map((it) => `expand=${it}`).join("&")}`));
    await control.forget();
    yes((await hub[method]({ repo, blobs: true, revision: "main" })).siblings[0].blobId);
    same(await control.lines(), [`GET /api/${plural}/${repo}/revision/main?blobs=true`]);
  },

  "a revision is one part of the path, whatever is in it": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const error = await fails(hub[method]({ repo, revision: "refs/convert/parquet" }), "revision_not_found");
    has(error.message, "Invalid rev id: refs/convert/parquet");
    same((await control.requests())[0].path, `/api/${plural}/${repo}/revision/refs%2Fconvert%2Fparquet`);
    for (const revision of ["", ".", ".."]) await fails(hub[method]({ repo, revision }), "invalid_path", revision);
  },

  "an old name is followed to the present one": async ({ hubkey, hubUrl }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    for (const [from, to] of Object.entries(moved)) same((await hub[method]({ repo: from })).id, to);
  },

  "hidden and absent are told apart only by who asks": async ({ hubkey, hubUrl, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    same((await hub[method]({ repo: hidden, token: token("testread") })).private, true);
    for (const it of [hidden, "ada/none"]) {
      same((await fails(hub[method]({ repo: it }), "unauthorized")).status, 401);
      same((await fails(hub[method]({ repo: it, token: token("testgrace") }), "repo_not_found")).status, 404);
      await fails(hub[method]({ repo: it, token: token("testrevoked") }), "invalid_token");
    }
    for (const it of ["a/b/c", "..", "", undefined]) await fails(hub[method]({ repo: it }), "invalid_repo");
  },
});
