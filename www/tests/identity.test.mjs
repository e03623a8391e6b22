// What is shown of each kind of credential.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { calm, card, fact, holdsNoToken, hub, launch, open, seeded, signIn, spoil, text } from "./surroundings.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());
afterEach(calm);

async function signedIn(t, name) {
  const page = await open(t, browser);
  await signIn(page, name);
  return {
    page,
    who: () => text(page.locator(".profile")),
    token: (row) => text(fact(card(page, "The token"), row)),
    role: () => text(card(page, "The token").locator(".mask .chip")),
    scopes: () => text(card(page, "What its scopes say")),
    scope: (row) => text(fact(card(page, "What its scopes say"), row)),
    orgs: () => text(card(page, "Organisations")),
  };
}

/** A table's rows, each as the text of its cells. */
const rows = (page) =>
  card(page, "What its scopes say").getByRole("table").getByRole("row").evaluateAll((all) =>
    all.map((row) => [...row.children].map((cell) => cell.innerText.replace(/\s+/g, " ").trim())));

test("a write token", async (t) => {
  const it = await signedIn(t, "testwrite");
  for (const word of ["Ada L.", "ada", "person", "ada@example.org · confirmed"]) assert.ok((await it.who()).includes(word));
  assert.ok(!(await it.who()).includes("PRO"));
  assert.equal(await text(card(it.page, "The token").locator(".mask code")), "hf_****0000");
  assert.equal(await it.role(), "write");
  assert.equal(await it.token("Name"), "laptop");
  assert.equal(await it.token("Kind"), "user access token");
  assert.match(await it.token("Made"), /Jan 5, 2026.*ago\)$/);
  assert.match(await it.token("Expires"), /^no date/);
  assert.match(await it.token("Kept"), /memory/);
  assert.match(await it.scopes(), /no scopes of its own/);
  assert.match(await it.orgs(), /Acme acme Role write Plan enterprise Groups research \(read\) .*Research Lab .*annotators \(label-reviewer\)/);
});

test("pictures are shown where they load, initials where they do not", async (t) => {
  const { page } = await signedIn(t, "testwrite");
  const acme = page.locator("[data-org=acme] .avatar");
  await page.locator("[data-org=acme] .avatar.loaded").waitFor();
  assert.equal(await acme.locator("img").count(), 1);
  const lab = page.locator("[data-org=research-lab] .avatar");
  await lab.locator("img").waitFor({ state: "detached" });
  assert.equal(await text(lab), "RL");
});

test("a fine-grained token, scope by scope", async (t) => {
  const it = await signedIn(t, "testfine");
  assert.equal(await it.role(), "fine-grained");
  assert.equal(await it.scope("Public gated repos"), "yes, may read");
  assert.match(await it.scope("Everywhere"), /^discussion\.write .* post\.write /);
  const [, ada, research, model] = await rows(it.page);
  assert.equal(ada[0], "ada user");
  for (const word of ["repo.content.read", "repo.write", "inference.serverless.write", "repo.timetravel.write not known to this page"])
    assert.ok(ada[1].includes(word), ada[1]);
  assert.equal(research[0], "research resource group of acme");
  assert.equal(model[0], "acme/m1 model");
  assert.match(model[1], /^repo\.content\.read read the contents of private repos repo\.write /);
  await holdsNoToken(it.page);
});

test("name patterns of a scope are shown", async (t) => {
  const { page } = await signedIn(t, "testfine");
  const [heads, ada, , model] = await rows(page);
  assert.equal(heads[2], "Only names like");
  assert.match(ada[2], /gpt2-\*/);
  assert.equal(model[2], "any");
});

test("a fine-grained token whose scopes are not told", async (t) => {
  const it = await signedIn(t, "testfinebare");
  assert.match(await it.scopes(), /The Hub did not say\..* unknown, not none/);
  assert.equal(await card(it.page, "What its scopes say").getByRole("table").count(), 0);
});

test("a fine-grained token that reads no gated repos", async (t) => {
  const it = await signedIn(t, "testfineungated");
  assert.equal(await it.scope("Public gated repos"), "no");
  assert.equal(await it.scope("Everywhere"), "nothing");
});

test("an organisation that shuts the token out says why", async (t) => {
  const { page } = await signedIn(t, "testrestricted");
  const acme = await text(page.locator("[data-org=acme]"));
  assert.match(acme, /Closed to this token at the moment sso It asks for a single sign-on.* ip This network address/);
  assert.match(await text(page.getByLabel("Whose models")), /acme \(organisation, restricted\)/);
});

describe("other principals", () => {
  test("an app", async (t) => {
    const it = await signedIn(t, "testapp");
    assert.match(await it.who(), /^B bot bot app Sign out$/);
    assert.equal(await it.token("Kind"), "app token");
    assert.equal(await it.scope("Role"), "read");
    assert.match(await it.scopes(), /legacy\/name kind not told acme\/b bucket/);
    assert.match(await it.orgs(), /None/);
  });

  test("an OAuth sign-in", async (t) => {
    const it = await signedIn(t, "testoauth");
    assert.equal(await it.token("Kind"), "OAuth access token");
    assert.match(await it.token("Expires"), /Jan 1, 2100.*\(in \d+ years\)/);
    assert.match(await it.scopes(), /agreed to at sign-in/);
    await holdsNoToken(it.page);
  });

  test("a trusted publisher", async (t) => {
    const it = await signedIn(t, "testjwt");
    assert.equal(await it.token("Bound to"), "acme/m1");
    assert.match(await it.scopes(), /neither a role nor scopes/);
  });

  test("an organisation", async (t) => {
    const it = await signedIn(t, "testorg");
    assert.match(await it.who(), /Acme acme organisation/);
  });

  test("a type and a role that nobody has heard of", async (t) => {
    const it = await signedIn(t, "testunknown");
    assert.match(await it.who(), /type: service/);
    assert.equal(await it.role(), "curator");
    assert.match(await it.scopes(), /“curator”, and this page does not know it/);
  });

  test("a paying person without organisations", async (t) => {
    const it = await signedIn(t, "testgrace");
    assert.match(await it.who(), /Grace H\. grace person PRO/);
    assert.match(await it.orgs(), /None, or none that this token may see/);
  });

  test("a token that is not told the e-mail", async (t) => {
    const it = await signedIn(t, "testnomail");
    assert.match(await it.who(), /E-mail: not told to this token/);
  });
});

test("the Hub's own answer is there to read", async (t) => {
  const { page } = await signedIn(t, "testwrite");
  await page.getByText("The Hub’s own answer").click();
  const raw = JSON.parse(await page.getByRole("region", { name: /as JSON/ }).innerText());
  assert.equal(raw.auth.accessToken.displayName, "laptop");
  assert.ok(!JSON.stringify(raw).includes(seeded("testwrite")));
});

test("what strangers wrote stays text", async (t) => {
  const page = await open(t, browser);
  const markup = "<img src=x onerror=document.title='broken'>";
  const org = { id: "1", name: "../../evil?#", fullname: markup, avatarUrl: "javascript:alert(1)", securityRestrictions: [markup], resourceGroups: [{ id: "2", name: markup }] };
  const scoped = [{ entity: { _id: "3", type: markup, name: markup }, permissions: [markup, "__proto__", "constructor"] }];
  const accessToken = { displayName: markup, role: "fineGrained", createdAt: markup, fineGrained: { global: ["toString"], scoped } };
  const body = { type: "user", id: "4", name: `"'>${markup}`, fullname: markup, email: markup, avatarUrl: "data:text/html,x", orgs: [org], auth: { accessToken, expiresAt: "soon" } };
  await spoil("/api/whoami-v2", { type: "body", body: JSON.stringify(body) });
  await signIn(page, "testread");
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), markup);
  assert.equal(await page.locator("main img").count(), 0);
  assert.equal(await page.locator("[data-org] a").getAttribute("href"), `${hub}/..%2F..%2Fevil%3F%23`);
  assert.equal(await text(fact(card(page, "The token"), "Made")), markup);
  assert.equal(await text(fact(card(page, "The token"), "Expires")), "soon");
  assert.match(await text(card(page, "What its scopes say")), /__proto__ not known to this page constructor not known to this page/);
});
