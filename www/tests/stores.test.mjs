// Where the token is kept, what a reload finds, and that nothing is left after signing out.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { calm, card, fact, holdsNoToken, hub, launch, open, remains, seeded, signIn, site, spoil, text, watch } from "./surroundings.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());
afterEach(calm);

const form = (page) => page.getByLabel("Access token").waitFor();
const person = (page) => page.getByRole("heading", { level: 1, name: "Ada L." }).waitFor();
const kept = (page) => text(fact(card(page, "The token"), "Kept"));
const signOut = (page) => page.getByRole("button", { name: "Sign out" }).click();

async function another(t, page) {
  const tab = await page.context().newPage();
  watch(t, tab);
  await tab.goto(site);
  return tab;
}

test("this page only: a reload forgets it", async (t) => {
  const page = await open(t, browser);
  await signIn(page, "testread", "This page only");
  assert.match(await kept(page), /^in this page’s memory/);
  await holdsNoToken(page);
  await page.reload();
  await form(page);
});

test("this tab: a reload finds it, another tab does not", async (t) => {
  const page = await open(t, browser);
  await signIn(page, "testread", "This tab");
  assert.match(await kept(page), /^in this tab/);
  await page.reload();
  await person(page);
  assert.match(await kept(page), /^in this tab/);
  await form(await another(t, page));
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

test("this browser: a reload and another tab find it, and signing out there ends it here", async (t) => {
  const page = await open(t, browser);
  await signIn(page, "testread", "This browser");
  assert.match(await kept(page), /^in this browser/);
  await page.reload();
  await person(page);
  const tab = await another(t, page);
  await person(tab);
  await signOut(tab);
  await form(tab);
  await form(page);
  assert.equal(await text(page.locator("#status")), "Signed out in another tab.");
});

test("another token in this browser is noticed", async (t) => {
  const page = await open(t, browser);
  const tab = await another(t, page);
  await form(tab);
  await signIn(page, "testread", "This browser");
  await signIn(tab, "testgrace", "This browser");
  await page.getByRole("heading", { level: 1, name: "Grace H." }).waitFor();
});

for (const place of ["This page only", "This tab", "This browser"]) {
  test(`${place.toLowerCase()}: signing out leaves no token anywhere`, async (t) => {
    const page = await open(t, browser);
    await signIn(page, "testwrite", place);
    await signOut(page);
    await form(page);
    assert.equal(await page.evaluate(() => document.activeElement.id), "token");
    await holdsNoToken(page);
    assert.ok(!(await remains(page)).includes("testwrite0"));
    await page.reload();
    await form(page);
  });
}

test("signing out of one place clears the others", async (t) => {
  const page = await open(t, browser);
  await signIn(page, "testread", "This tab");
  const tab = await another(t, page);
  await signIn(tab, "testread", "This browser");
  await signOut(page);
  await form(page);
  assert.deepEqual(await page.evaluate(() => [sessionStorage.length, localStorage.length]), [0, 0]);
});

test("a token that may write draws a warning in this browser and none in this tab", async (t) => {
  const page = await open(t, browser);
  await signIn(page, "testwrite", "This browser");
  assert.match(await text(page.locator("[data-code=write_token_in_web_storage]")), /^Mind: A token that may write is in localStorage/);
  await signOut(page);
  await signIn(page, "testwrite", "This tab");
  assert.equal(await page.locator(".warning").count(), 0);
});

test("storage that is blocked leaves one signed in, and is told", async (t) => {
  const page = await open(t, browser);
  await page.addInitScript(() => {
    const deny = { get: () => { throw new DOMException("denied", "SecurityError"); } };
    Object.defineProperty(window, "localStorage", deny);
    Object.defineProperty(window, "sessionStorage", deny);
  });
  await page.reload();
  await form(page);
  await signIn(page, "testread", "This browser");
  assert.match(await kept(page), /^not stored/);
  assert.match(await text(page.locator(".warning[data-code=storage_unavailable]")), /only until this page/);
  await signOut(page);
  await form(page);
  const alert = page.getByRole("alert");
  assert.equal(await alert.getAttribute("data-code"), "storage_unavailable");
});

test("a kept token that was revoked meanwhile is told, and can be forgotten", async (t) => {
  const page = await open(t, browser);
  await signIn(page, "testread", "This browser");
  await fetch(`${hub}/_localhub/tokens/testread`, { method: "POST", body: JSON.stringify({ revoked: true }) });
  await page.reload();
  const alert = page.getByRole("alert");
  await alert.waitFor();
  assert.equal(await alert.getAttribute("data-code"), "invalid_token");
  await alert.getByRole("button", { name: "Forget the token" }).click();
  await form(page);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

test("a kept token survives a Hub that is away", async (t) => {
  const page = await open(t, browser);
  await signIn(page, "testread", "This tab");
  await spoil("/api/whoami-v2", { type: "reset" }, 0);
  await page.reload();
  const alert = page.getByRole("alert");
  await alert.waitFor();
  assert.equal(await alert.getAttribute("data-code"), "network");
  await calm();
  await alert.getByRole("button", { name: "Try again" }).click();
  await person(page);
});

test("a record that is broken, or of another Hub, is not used", async (t) => {
  const page = await open(t, browser);
  await signIn(page, "testread", "This browser");
  const key = await page.evaluate(() => Object.keys(localStorage)[0]);
  const record = await page.evaluate((key) => localStorage.getItem(key), key);
  for (const bad of ["", "{", "null", '"x"', record.replaceAll(hub, "https://hub.example")]) {
    await page.evaluate(([key, bad]) => localStorage.setItem(key, bad), [key, bad]);
    await page.reload();
    await form(page);
  }
  assert.ok(record.includes(seeded("testread")));
});
