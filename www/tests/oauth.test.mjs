// Signing in at the Hub's own page: away and back, or in a window; what was granted, and how it ends.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { calm, card, fact, hub, launch, open, requests, site, spoil, text } from "./surroundings.mjs";

const { HUBKEY_SCREENSHOTS: pictures } = process.env;
let browser;
before(async () => {
  browser = await launch();
  if (pictures) await mkdir(pictures, { recursive: true });
});
after(() => browser?.close());
afterEach(calm);

const element = (page) => page.locator("hubkey-sign-in");
const start = (page) => page.getByRole("button", { name: "Sign in with Hugging Face" }).click();
const person = (page) => page.getByRole("heading", { level: 1, name: "Ada L." }).waitFor();
const decide = async (page, name) => {
  await page.waitForURL(`${hub}/oauth/authorize**`);
  await page.getByRole("button", { name }).click();
};
/** What the page shows; where a sign-in is kept, its token is. */
const showsNoToken = async (page) => assert.doesNotMatch(`${page.url()} ${await page.content()}`, /hf_oauth_\w/);

async function redirected(t, options) {
  const page = await open(t, browser, options);
  await start(page);
  await decide(page, "Allow");
  await person(page);
  return page;
}

describe("by leaving the page", () => {
  test("the code is gone from the address, and what was granted is shown", async (t) => {
    const page = await redirected(t);
    assert.equal(page.url(), site);
    assert.match(await text(card(page, "What was granted")), /read-repos read personal repos.*inference-api/);
    assert.match(await text(card(page, "The token")), /OAuth access token/);
    assert.match(await text(fact(card(page, "The token"), "Expires")), /\(in \d+ hours?\)/);
    assert.match(await text(fact(card(page, "The token"), "Renewed")), /^by itself/);
    assert.match(await text(fact(card(page, "The token"), "Kept")), /^in this tab/);
    await showsNoToken(page);
    if (pictures) await page.screenshot({ path: join(pictures, "page-granted-desktop.png"), fullPage: true });
  });

  test("a reload finds it, and signing out ends it", async (t) => {
    const page = await redirected(t);
    await page.reload();
    await person(page);
    assert.match(await text(card(page, "What was granted")), /read-repos/);
    await page.getByRole("button", { name: "Sign out" }).click();
    await element(page).waitFor();
    assert.ok(!(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).includes("hf_oauth"));
    await page.reload();
    await page.getByLabel("Access token").waitFor();
  });

  test("kept after a restart, a second tab has it and follows its end", async (t) => {
    const page = await open(t, browser);
    await page.getByLabel("Stay signed in after a restart").check();
    await start(page);
    await decide(page, "Allow");
    await person(page);
    assert.match(await text(fact(card(page, "The token"), "Kept")), /^in this browser, encrypted/);
    assert.ok(!(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).includes("hf_oauth"));
    const tab = await page.context().newPage();
    await tab.goto(site);
    await person(tab);
    await tab.getByRole("button", { name: "Sign out" }).click();
    await element(page).waitFor();
    assert.equal(await text(page.locator("#status")), "Signed out in another tab.");
  });

  test("where the browser refuses a database it says that it is kept for the tab", async (t) => {
    const page = await open(t, browser);
    await page.addInitScript(() => { IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); }; });
    await page.reload();
    await page.getByLabel("Stay signed in after a restart").check();
    await start(page);
    await decide(page, "Allow");
    await person(page);
    assert.match(await text(fact(card(page, "The token"), "Kept")), /^in this tab/);
  });

  test("who refuses is told so, and may try again", async (t) => {
    const page = await open(t, browser);
    await start(page);
    await decide(page, "Deny");
    await page.getByRole("button", { name: "Try again" }).waitFor();
    assert.equal(await element(page).getAttribute("state"), "error");
    assert.equal(page.url(), site);
    await page.getByRole("button", { name: "Try again" }).click();
    await decide(page, "Allow");
    await person(page);
  });

  test("a Hub that gives no token is told, and the code is not used twice", async (t) => {
    const page = await open(t, browser);
    await spoil("/oauth/token", { type: "status", status: 503 }, 0);
    await start(page);
    await decide(page, "Allow");
    await page.getByRole("button", { name: "Try again" }).waitFor();
    assert.equal((await requests()).filter((it) => it.path === "/oauth/token" && it.method === "POST").length, 1);
    assert.equal(page.url(), site);
  });
});

describe("in a window of its own", () => {
  async function opened(page) {
    await page.getByLabel("Use a window of its own").check();
    const [window] = await Promise.all([page.waitForEvent("popup"), start(page)]);
    return window;
  }

  test("the page stays, and the window closes", async (t) => {
    const page = await open(t, browser);
    const window = await opened(page);
    const closed = window.waitForEvent("close");
    await decide(window, "Allow");
    await person(page);
    await closed;
    await showsNoToken(page);
  });

  test("it can be given up, which closes the window", async (t) => {
    const page = await open(t, browser);
    const window = await opened(page);
    await window.waitForURL(`${hub}/oauth/authorize**`);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Sign in with Hugging Face" }).waitFor();
    assert.equal(await element(page).getAttribute("state"), "signed-out");
  });
});

test("a sign-in that the Hub renews no more ends, and says so", async (t) => {
  const page = await redirected(t);
  // It forgets all sign-ins.
  await calm();
  await page.getByLabel("Repo", { exact: true }).fill("ada/tiny");
  await page.getByRole("button", { name: "Ask the Hub" }).click();
  await page.getByText("The sign-in has ended: sign in again to go on.").first().waitFor();
  await page.getByRole("button", { name: "Sign in with Hugging Face" }).waitFor();
});

test("the form fits a phone", async (t) => {
  const page = await open(t, browser, { viewport: { width: 360, height: 740 } });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  if (pictures) await page.screenshot({ path: join(pictures, "page-form-phone.png") });
  await start(page);
  await decide(page, "Allow");
  await person(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  if (pictures) await page.screenshot({ path: join(pictures, "page-granted-phone.png"), fullPage: true });
});

for (const colorScheme of ["light", "dark"])
  test(`the form in the ${colorScheme}`, async (t) => {
    const page = await open(t, browser, { colorScheme });
    await page.getByRole("button", { name: "Sign in with Hugging Face" }).waitFor();
    assert.equal(await element(page).getAttribute("state"), "signed-out");
    if (pictures) await page.screenshot({ path: join(pictures, `page-form-${colorScheme}.png`) });
  });
