// What a token may do, and what mends each gap; what the checks say.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { calm, card, launch, open, requests, seeded, signIn, spoil, text } from "./surroundings.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());
afterEach(calm);

const may = (page) => card(page, "What it may do");
const row = async (page, permission) => text(may(page).getByRole("row").filter({ has: page.getByText(permission, { exact: true }) }));

describe("the grid of permissions", () => {
  test("a write token may write at home", async (t) => {
    const page = await open(t, browser);
    await signIn(page, "testwrite");
    await may(page).getByRole("table").waitFor();
    assert.match(await row(page, "repo.write"), /repo\.write .*yes/);
  });

  test("a read token may not, and the gap has a link that mends it", async (t) => {
    const page = await open(t, browser);
    await signIn(page, "testread");
    await may(page).getByRole("table").waitFor();
    assert.match(await row(page, "repo.content.read"), /yes/);
    assert.match(await row(page, "repo.write"), /no/);
    await may(page).locator("summary").click();
    const href = await may(page).getByRole("link", { name: "Mend repo.write in ada" }).getAttribute("href");
    assert.match(href, /\/settings\/tokens\/new\?tokenType=fineGrained&.*repo\.write/);
    assert.ok(!href.includes(seeded("testread")));
  });

  test("it costs no request more", async (t) => {
    const page = await open(t, browser);
    await signIn(page, "testfine");
    await may(page).getByRole("table").waitFor();
    assert.equal((await requests()).filter((it) => it.path === "/api/whoami-v2" && it.method === "GET").length, 1);
  });

  test("the Hub is asked about one repo", async (t) => {
    const page = await open(t, browser);
    await signIn(page, "testread");
    await page.getByLabel("Repo", { exact: true }).fill("ada/tiny");
    await page.getByRole("button", { name: "Ask the Hub" }).click();
    await may(page).getByText("Write to it").waitFor();
    const [read, write] = await Promise.all((await may(page).locator(".verdict").all()).map(text));
    assert.equal(read, "Read its files yes");
    assert.match(write, /This token may not do that/);
  });
});

describe("the checks", () => {
  const checks = (page) => card(page, "Does something not work?");

  test("of a good token are fine", async (t) => {
    const page = await open(t, browser);
    await signIn(page, "testwrite", "This browser");
    await page.getByRole("button", { name: "Run the checks" }).click();
    await checks(page).getByText("Nothing is wrong that can be seen from here.").waitFor();
    assert.match(await text(checks(page).locator("[data-check=accepted]")), /ok/);
    assert.ok(!(await page.locator("body").innerText()).includes(seeded("testwrite")));
  });

  test("say what is wrong with a Hub that does not answer", async (t) => {
    const page = await open(t, browser);
    await signIn(page, "testread");
    await spoil("/api/whoami-v2", { type: "status", status: 503 }, 0);
    await page.getByRole("button", { name: "Run the checks" }).click();
    await checks(page).getByText(/Something is wrong/).waitFor();
    assert.equal(await checks(page).locator("[data-check=endpoint]").getAttribute("data-status"), "failed");
  });

  test("can be run before a sign-in", async (t) => {
    const page = await open(t, browser);
    await page.getByRole("button", { name: "Run the checks" }).click();
    assert.match(await text(checks(page).locator("[data-check=token]")), /token/i);
  });
});
