// Sign-ins side by side, and tabs that follow each other.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { calm, card, holdsNoToken, launch, open, paste, seeded, signIn, site, text, watch } from "./surroundings.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());
afterEach(calm);

const rows = async (page) => {
  await card(page, "Sign-ins kept here").getByRole("listitem").first().waitFor();
  return Promise.all((await card(page, "Sign-ins kept here").getByRole("listitem").all()).map(text));
};

async function two(t) {
  const page = await open(t, browser);
  await signIn(page, "testread", "This browser");
  await page.getByRole("button", { name: "Add another" }).click();
  await paste(page, seeded("testgrace"), "This browser");
  await page.getByRole("heading", { level: 1, name: /Grace/ }).waitFor();
  return page;
}

describe("sign-ins kept side by side", () => {
  test("a second one is added, and the first stays", async (t) => {
    const page = await two(t);
    const [first, second] = await rows(page);
    assert.match(first, /^reader hf_\*\*\*\*\w{4} Use Forget$/);
    assert.match(second, /hf_\*\*\*\*\w{4} in use Forget$/);
    const seen = await page.locator("body").innerText();
    for (const name of ["testread", "testgrace"]) assert.ok(!seen.includes(seeded(name)));
  });

  test("the other one is used after a click", async (t) => {
    const page = await two(t);
    await page.getByRole("button", { name: "Use reader" }).click();
    await page.getByRole("heading", { level: 1, name: /Ada/ }).waitFor();
    assert.match((await rows(page))[0], /in use/);
    await page.reload();
    await page.getByRole("heading", { level: 1, name: /Ada/ }).waitFor();
  });

  test("forgetting the one in use leaves the others, and nobody signed in", async (t) => {
    const page = await two(t);
    const inUse = card(page, "Sign-ins kept here").getByRole("listitem").filter({ hasText: "in use" });
    await inUse.getByRole("button", { name: /^Forget/ }).click();
    await page.getByRole("heading", { name: "Whose key is this?" }).waitFor();
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    assert.ok(kept.includes(seeded("testread")) && !kept.includes(seeded("testgrace")));
  });

  test("signing out forgets them all", async (t) => {
    const page = await two(t);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Whose key is this?" }).waitFor();
    await holdsNoToken(page);
  });
});

describe("another tab", () => {
  test("follows a sign-out, a switch and a sign-in", async (t) => {
    const page = await two(t);
    const other = await page.context().newPage();
    watch(t, other);
    await other.goto(site);
    await other.getByRole("heading", { level: 1, name: /Grace/ }).waitFor();
    await page.getByRole("button", { name: "Use reader" }).click();
    await other.getByRole("heading", { level: 1, name: /Ada/ }).waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await other.getByRole("heading", { name: "Whose key is this?" }).waitFor();
    assert.equal(await other.locator("#status").innerText(), "Signed out in another tab.");
    await holdsNoToken(other);
  });
});
