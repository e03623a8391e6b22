// What localhub answers and what our calls send, against the Hub's own description of its API where there is a copy:
// HUBKEY_OPENAPI names it. The description leaves out lists, infos and deletions of repos; those are held against
// recorded answers and the official clients elsewhere.
import { test } from "node:test";
import { collect } from "./cases/models.mjs";
import { caught, same, yes } from "./support/check.mjs";
import { start } from "./support/node.mjs";
import { read, skip } from "./support/openapi.mjs";

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
