// Opens the page with the element for a test, and says what can be found there.
import assert from "node:assert/strict";

export const SIGN_IN = "Sign in with Hugging Face", ACCOUNT = "Signed in as Ada Lovelace";

/** What a browser writes by itself about an answer that is not a success, as of a picture that is not there. */
const isBrowsers = (text) => text.startsWith("Failed to load resource");

/** It must be silent, and break no rule of the page's policy. */
export async function openPage(t, browser, files, { query = "", ...options } = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => isBrowsers(message.text()) || said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.stack));
  t.after(async () => {
    const refused = await page.evaluate(() => globalThis.refused).catch(() => {}) ?? [];
    await context.close();
    assert.deepEqual({ said, refused }, { said: [], refused: [] });
  });
  await page.goto(`${files.url}/elements/index.html${query}`);
  await page.waitForFunction(() => globalThis.element);
  return page;
}

export const element = (page) => page.locator("hubkey-sign-in").first();
export const button = (page, name) => element(page).getByRole("button", { name });
export const status = (page) => element(page).getByRole("status").innerText();
export const told = (page) => page.evaluate(() => globalThis.told);
export const asked = (page) => page.evaluate(() => globalThis.hub.asked);
export const signedIn = (page, ...args) => page.evaluate((args) => globalThis.hub.signedIn(...args), args);

export async function state(page, wanted) {
  await page.waitForFunction((wanted) => document.querySelector("hubkey-sign-in").getAttribute("state") === wanted, wanted).catch(() => {});
  assert.equal(await element(page).getAttribute("state"), wanted);
  assert.equal(await page.evaluate(() => globalThis.element.state), wanted);
}

/** What has the focus, across the shadow. */
export const focused = (page) => page.evaluate(() => {
  let it = document.activeElement;
  while (it.shadowRoot?.activeElement) it = it.shadowRoot.activeElement;
  return it.ariaLabel ?? it.innerText.trim();
});
