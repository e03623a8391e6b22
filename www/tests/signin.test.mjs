// Signing in: by paste, by pick, and everything that can go wrong on the way.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { calm, holdsNoToken, launch, open, paste, requests, seeded, signIn, spoil, text } from "./surroundings.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());
afterEach(calm);

const WHOAMI = "/api/whoami-v2";
const alert = (page) => page.getByRole("alert");
const asked = async () => (await requests()).filter((it) => it.path === WHOAMI && it.method === "GET").length;

async function shows(page, code, ...words) {
  await alert(page).waitFor();
  assert.equal(await alert(page).getAttribute("data-code"), code);
  const told = await text(alert(page));
  for (const word of [code, "What to do:", ...words]) assert.ok(told.includes(word), `${told} lacks ${word}`);
  assert.match(await alert(page).getByRole("link", { name: "the Hub’s documentation" }).getAttribute("href"), /^https:\/\/huggingface\.co\/docs\//);
}

async function isAda(page) {
  await page.getByRole("heading", { level: 1, name: "Ada L." }).waitFor();
  assert.equal(await page.title(), "ada · Token inspector · hubkey");
}

test("a pasted token", async (t) => {
  const page = await open(t, browser);
  const field = page.getByLabel("Access token");
  assert.equal(await field.getAttribute("type"), "password");
  assert.equal(await field.getAttribute("autocomplete"), "off");
  await paste(page, `  ${seeded("testread")} `);
  await isAda(page);
  await holdsNoToken(page);
});

test("Enter in the field is enough", async (t) => {
  const page = await open(t, browser);
  await page.getByLabel("Access token").fill(seeded("testread"));
  await page.keyboard.press("Enter");
  await isAda(page);
});

test("a picked principal", async (t) => {
  const page = await open(t, browser);
  await holdsNoToken(page);
  await page.getByRole("button", { name: /^testgrace / }).click();
  await page.getByRole("heading", { level: 1, name: "Grace H." }).waitFor();
  await holdsNoToken(page);
});

test("the token can be looked at, and is hidden again afterwards", async (t) => {
  const page = await open(t, browser);
  const field = page.getByLabel("Access token");
  await field.fill("hf_x");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  assert.equal(await field.getAttribute("type"), "text");
  await page.getByRole("button", { name: "Hide", pressed: true }).click();
  assert.equal(await field.getAttribute("type"), "password");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await signIn(page, "testread");
  await page.getByRole("button", { name: "Sign out" }).click();
  assert.deepEqual([await field.getAttribute("type"), await field.inputValue()], ["password", ""]);
});

describe("nothing is sent for what cannot be a token", () => {
  for (const [name, pasted, words] of [
    ["nothing", "", "The token is empty."],
    ["blanks", "   ", "The token is empty."],
    ["a space inside", "hf_test read", "a space"],
    ["a header", `Bearer ${"hf_"}x`, "the word Bearer"],
    ["letters beyond ASCII", "hf_tökén", "a character that no token has"],
  ]) {
    test(name, async (t) => {
      await calm();
      const page = await open(t, browser);
      await paste(page, pasted);
      await shows(page, "invalid_token_format", words, "Copy the token again from huggingface.co/settings/tokens");
      const field = page.getByLabel("Access token");
      assert.equal(await field.getAttribute("aria-invalid"), "true");
      assert.ok(await field.evaluate((it) => it === document.activeElement));
      assert.equal(await asked(), 0);
    });
  }
});

test("a bad token is told with hint, status and request id, and a good one can follow", async (t) => {
  const page = await open(t, browser);
  await paste(page, "hf_wrong");
  await shows(page, "invalid_token", "401", "Root=1-", "The token is shorter than the Hub's 37 characters: copy all of it.");
  assert.ok(!(await page.content()).includes("hf_wrong"));
  await signIn(page, "testread");
  await isAda(page);
  assert.equal(await alert(page).count(), 0);
});

for (const name of ["testexpired", "testrevoked"]) {
  test(`${name} is refused`, async (t) => {
    const page = await open(t, browser);
    await page.getByRole("button", { name }).click();
    await shows(page, "invalid_token", "wrong, expired or revoked");
    await holdsNoToken(page);
  });
}

describe("what may pass can be tried again", () => {
  for (const [name, fault, code, ...words] of [
    ["no network", { type: "reset" }, "network", "could not be reached"],
    ["garbage instead of HTTP", { type: "garbage" }, "network"],
    ["an error of the Hub", { type: "status", status: 500 }, "server_error", "500", "Root=1-"],
    ["a gateway's page", { type: "body", status: 502, body: "<h1>Bad gateway</h1>", headers: { "content-type": "text/html" } }, "server_error", "502"],
    ["too many requests", { type: "status", status: 429, headers: { "retry-after": "7" } }, "rate_limited", "429"],
  ]) {
    test(name, async (t) => {
      const page = await open(t, browser);
      await spoil(WHOAMI, fault, 0);
      await page.getByRole("button", { name: /^testread / }).click();
      await shows(page, code, ...words);
      await calm();
      await alert(page).getByRole("button", { name: "Try again" }).click();
      await isAda(page);
      await holdsNoToken(page);
    });
  }
});

test("a portal's page is not taken for the Hub's answer", async (t) => {
  const page = await open(t, browser);
  await spoil(WHOAMI, { type: "body", body: "<h1>Log in to the Wi-Fi</h1>", headers: { "content-type": "text/html" } }, 0);
  await paste(page, seeded("testread"));
  await shows(page, "invalid_response", "portal");
  assert.equal(await alert(page).getByRole("button", { name: "Try again" }).count(), 0);
});

test("waiting can be stopped", async (t) => {
  const page = await open(t, browser);
  await spoil(WHOAMI, { type: "silence" }, 0);
  await paste(page, seeded("testread"));
  await page.getByRole("button", { name: "Asking the Hub…" }).waitFor();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
  assert.equal(await text(page.locator("#status")), "Stopped.");
  assert.equal(await alert(page).count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.innerText), "Sign in");
  await calm();
  await signIn(page, "testread");
});

test("impatience sends nothing twice", async (t) => {
  const page = await open(t, browser);
  await calm();
  await spoil(WHOAMI, { type: "delay", ms: 500 }, 0);
  await page.getByLabel("Access token").fill(seeded("testread"));
  for (let i = 0; i < 4; i++) await page.keyboard.press("Enter");
  await isAda(page);
  assert.equal(await asked(), 1);
});
