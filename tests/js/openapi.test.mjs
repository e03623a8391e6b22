// What localhub answers and what our calls send, against the Hub's own description of its API where there is a copy:
// HUBKEY_OPENAPI names it. The description leaves out lists, infos and deletions of repos; those are held against
// recorded answers and the official clients elsewhere.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { collect } from "./cases/models.mjs";
import { caught, same, yes } from "./support/check.mjs";
import { start } from "./support/node.mjs";

const root = process.env.HUBKEY_ROOT ?? process.cwd();
const file = process.env.HUBKEY_OPENAPI ?? join(root, "..", "shared", "reference", "hub-openapi.json");
const skip = existsSync(file) ? false : "there is no copy of the description: HUBKEY_OPENAPI names one";

/** The parts of the description, each as a check that gives what is wrong. */
function read() {
  const api = JSON.parse(readFileSync(file, "utf8"));
  // The description is not ours: what its schemas say beyond the standard is let pass.
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats(ajv);
  const check = (schema) => {
    const { $schema, ...plain } = schema;
    const run = ajv.compile({ ...plain, components: api.components });
    return (value) => (run(value) ? [] : run.errors.map((it) => `${it.instancePath} ${it.message} ${JSON.stringify(it.params)}`));
  };
  const operation = (method, path) => {
    const it = api.paths[path]?.[method];
    if (!it) throw new Error(`the description has no ${method} ${path}`);
    return { ...it, parameters: [...(api.paths[path].parameters ?? []), ...(it.parameters ?? [])] };
  };
  return {
    answer: (method, path) => check(operation(method, path).responses["200"].content["application/json"].schema),
    body: (method, path) => check(operation(method, path).requestBody.content["application/json"].schema),
    /** Of the query: names that it does not know, and values that do not fit. */
    query: (method, path) => {
      const known = new Map(operation(method, path).parameters.filter((it) => it.in === "query").map((it) => [it.name, it.schema]));
      return (query) => [...new URLSearchParams(query)].flatMap(([name, text]) => {
        const schema = known.get(name);
        return schema ? check(schema)(schema.type === "integer" ? Number(text) : text) : [`${name} is not in the description`];
      });
    },
  };
}

const at = skip ? undefined : await start();
const api = skip ? undefined : read();
if (at) test.after(at.stop);

const MEMBERS = "/api/organizations/{name}/members", USER = "/api/users/{username}/overview";
const hub = (name) => new at.hubkey.Hub({ endpoint: at.hubUrl, token: name ? at.token(name) : undefined });
const asked = (name, run) => run(name ? hub(name) : new at.hubkey.Hub({ endpoint: at.hubUrl }));

test("the check notices what does not fit", { skip }, () => {
  yes(api.answer("get", USER)({ user: "ada" }).length >= 6, "a user without a name, an avatar and so on");
  yes(api.answer("get", MEMBERS)([{ user: "ada", age: 36 }]).length > 1);
  same(api.query("get", MEMBERS)("limit=5&sort=x").length, 2);
});

test("overviews of users", { skip }, async () => {
  const check = api.answer("get", USER);
  for (const name of [undefined, "testread", "testgod"]) {
    for (const username of ["ada", "grace", "many", "umbrella-0001"]) same(check(await asked(name, (it) => it.userOverview({ username }))), [], `${username} for ${name}`);
  }
});

test("members, as a stranger, a member and an admin see them", { skip }, async () => {
  const check = api.answer("get", MEMBERS);
  for (const name of [undefined, "testread", "testrestricted", "testgod"]) {
    const all = await asked(name, (it) => collect(it.orgMembers({ organization: "acme", pageSize: 10 })));
    same([all.length, check(all)], [25, []], `for ${name}`);
  }
});

test("what orgMembers asks is in the description", { skip }, async () => {
  const check = api.query("get", MEMBERS);
  await at.control.forget();
  for (const options of [{}, { search: "a", email: "ada@example.org" }, { limit: 1 }, { limit: 99_999, pageSize: 5000 }, { pageSize: 1 }])
    await collect(hub("testgod").orgMembers({ organization: "acme", ...options }));
  const sent = await at.control.requests();
  yes(sent.length >= 5);
  for (const { query } of sent) same(check(query), [], query);
});

test("whoami", { skip }, async () => {
  const check = api.answer("get", "/api/whoami-v2");
  // The other principals are what the description does not know yet, on purpose; so is a role in research-lab.
  for (const name of ["testread", "testwrite", "testgrace", "testgod", "testrestricted"]) {
    const { raw } = await hub(name).whoami();
    same(check({ ...raw, orgs: raw.orgs.filter((it) => it.name !== "research-lab") }), [], name);
  }
});

test("what createRepo sends, and what it is told", { skip }, async () => {
  const [body, answer] = [api.body("post", "/api/repos/create"), api.answer("post", "/api/repos/create")];
  const rows = [{ repo: "ada/described" }, { repo: "acme/described", type: "dataset", private: true, license: "mit" },
    { repo: "ada/described", type: "space", sdk: "static", region: "eu", resourceGroupId: "64b0c0ffee0123456789abcf" }];
  for (const options of rows) {
    await at.control.forget();
    same(answer(await hub("testwrite").createRepo(options)), [], JSON.stringify(options));
    const [it] = await at.control.requests();
    same(body(JSON.parse(it.body)), [], it.body);
  }
  same((await caught(hub("testwrite").createRepo(rows[0]))).code, "conflict");
});
