// The list of models: pages, owners, and what can go wrong with either.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { calm, card, hub, launch, open, requests, signIn, spoil, text } from "./surroundings.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());
afterEach(calm);

const LIST = "/api/models";
const models = (page) => card(page, "Models");
const names = (page) => models(page).locator(".model-name a").allInnerTexts();
const told = (page, words) => models(page).getByText(words, { exact: true }).waitFor();
const more = (page) => models(page).getByRole("button", { name: "More models" });
const asked = async () => (await requests()).filter((it) => it.path === LIST && it.method === "GET");

async function listing(t, name = "testwrite") {
  const page = await open(t, browser);
  await signIn(page, name);
  return page;
}

test("pages follow each other to the end", async (t) => {
  await calm();
  const page = await listing(t);
  await told(page, "20 models shown.");
  await more(page).click();
  await told(page, "40 models shown.");
  // The button is gone and back; the keyboard goes on at the first new row.
  assert.equal(await page.evaluate(() => document.activeElement.textContent), (await names(page))[20]);
  await more(page).click();
  await told(page, "60 models shown.");
  await more(page).click();
  await told(page, "All 60 models shown.");
  assert.equal(await more(page).count(), 0);
  const all = await names(page);
  assert.equal(new Set(all).size, 60);
  for (const name of all) assert.match(name, /^ada\//);
  assert.equal((await asked()).length, 3);
});

test("each model shows what the Hub says of it", async (t) => {
  const page = await listing(t);
  await told(page, "20 models shown.");
  const first = models(page).locator(".model").first();
  assert.match(await text(first), /^ada\/[\w.-]+ .*\d[\d.]*[KM]? downloads [\d.]+[KM]? likes updated \d+ (day|week|month)s ago$/);
  assert.match(await first.locator("time").getAttribute("datetime"), /^2026-/);
  assert.match(await first.getByRole("link").getAttribute("href"), new RegExp(`^${hub}/ada/`));
  const all = await text(models(page));
  assert.match(all, / private /);
  assert.match(all, / gated: manual /);
  const dates = await models(page).locator("time").evaluateAll((list) => list.map((it) => it.dateTime));
  assert.deepEqual(dates, dates.toSorted().reverse());
});

test("a token that may read less is shown less", async (t) => {
  const page = await listing(t, "testapp");
  await told(page, "bot has no models that this token can see.");
  assert.equal(await more(page).count(), 0);
});

test("another owner", async (t) => {
  const page = await listing(t);
  await told(page, "20 models shown.");
  await page.getByLabel("Whose models").selectOption("acme");
  await models(page).getByText("acme/", { exact: false }).first().waitFor();
  await told(page, "20 models shown.");
  for (const name of await names(page)) assert.match(name, /^acme\//);
  await more(page).click();
  await told(page, "All 30 models shown.");
});

test("a slow answer for an owner who was left is dropped", async (t) => {
  const page = await listing(t);
  await told(page, "20 models shown.");
  await spoil(LIST, { type: "delay", ms: 800 });
  const owner = page.getByLabel("Whose models");
  await owner.selectOption("acme");
  await owner.selectOption("research-lab");
  await told(page, "All 10 models shown.");
  await page.waitForTimeout(1000);
  for (const name of await names(page)) assert.match(name, /^research-lab\//);
});

test("a list that fails can be tried again", async (t) => {
  await spoil(LIST, { type: "status", status: 500 }, 0);
  const page = await listing(t);
  const alert = models(page).getByRole("alert");
  await alert.waitFor();
  for (const word of ["server_error", "500", "Root=1-"]) assert.ok((await text(alert)).includes(word));
  await calm();
  await alert.getByRole("button", { name: "Try again" }).click();
  await told(page, "20 models shown.");
  assert.equal(await alert.count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), (await names(page))[0]);
});

for (const [name, fault, code] of [
  ["the network goes", { type: "reset" }, "network"],
  ["the Hub asks for a pause", { type: "status", status: 429 }, "rate_limited"],
  ["an answer is cut", { type: "cut", bytes: 100 }, ""],
]) {
  test(`when ${name} at the second page, the first stays and the second can be had later`, async (t) => {
    const page = await listing(t);
    await told(page, "20 models shown.");
    const before = await names(page);
    await spoil(LIST, fault, 0);
    await more(page).click();
    const alert = models(page).getByRole("alert");
    await alert.waitFor();
    assert.ok((await alert.getAttribute("data-code")).includes(code));
    assert.deepEqual(await names(page), before);
    await calm();
    await alert.getByRole("button", { name: "Try again" }).click();
    await told(page, "40 models shown.");
    assert.equal(new Set(await names(page)).size, 40);
  });
}

test("signing out ends what the list still awaits", async (t) => {
  const page = await listing(t);
  await told(page, "20 models shown.");
  await spoil(LIST, { type: "silence" }, 0);
  const failed = page.waitForEvent("requestfailed", (it) => it.url().includes(LIST));
  await more(page).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  assert.match((await failed).failure().errorText, /ABORTED/);
  await page.getByLabel("Access token").waitFor();
});
