// What the tests find around them: the built page, the localhub that it talks to, Chromium.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const { HUBKEY_PAGE: site, HUBKEY_TEST_HUB: hub, HUBKEY_CHROMIUM: executablePath = "/usr/bin/chromium" } = process.env;
if (!site || !hub) throw new Error("HUBKEY_PAGE and HUBKEY_TEST_HUB should say where the built page and its localhub are: `cargo xtask test page` sets them");

export { hub, site };

const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
export const launch = () => chromium.launch({ executablePath, args: ARGS });

const control = async (method, path, body) => {
  const answer = await fetch(`${hub}/_localhub/${path}`, { method, body: body && JSON.stringify(body) });
  assert.equal(answer.status, 200, `${method} ${path}: ${await answer.clone().text()}`);
  return answer.json();
};

/** Asks localhub to misbehave: at these paths, so many times (0: for ever). */
export const spoil = (path, fault, times = 1) => control("POST", "faults", { match: { path }, times, fault });
export const calm = () => control("POST", "reset");
export const requests = () => control("GET", "requests");

const principals = await control("GET", "principals");
/** The token of one of localhub's seeded principals. */
export const seeded = (name) => principals.find((one) => one.name === name).token;
export const everyToken = principals.map((one) => one.token);

/** What a browser writes by itself about an answer that is not a success; the page has no say in it. */
const isBrowsers = (text) => text.startsWith("Failed to load resource");
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#3b6ea5" d="M0 0h8v8H0z"/></svg>';

/** A page of its own context. When the test ends, it must have been silent and the token must have gone to the Hub alone. */
export async function open(t, browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB", ...options });
  await context.route("https://cdn-avatars.example/**", (route) => route.fulfill({ contentType: "image/svg+xml", body: PICTURE }));
  const page = await context.newPage();
  watch(t, page);
  t.after(() => context.close());
  await page.goto(site);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

/** Notes what the page says and sends, and judges it when the test ends. */
export function watch(t, page) {
  const said = [];
  const strays = [];
  page.on("console", (message) => isBrowsers(message.text()) || said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.stack ?? error.message));
  page.on("request", (request) => {
    const url = decodeURIComponent(request.url());
    if (everyToken.some((token) => url.includes(token))) strays.push(`token in ${request.url()}`);
    if (request.headers()["authorization"] && !url.startsWith(`${hub}/`)) strays.push(`authorization to ${request.url()}`);
    const host = new URL(url).origin;
    if (![new URL(site).origin, hub, "https://cdn-avatars.example"].includes(host) && !url.startsWith("data:")) strays.push(url);
  });
  t.after(() => assert.deepEqual({ said, strays }, { said: [], strays: [] }));
}

/** Signs in by hand. */
export async function paste(page, token, place = "This page only") {
  await page.getByLabel("Access token").fill(token);
  await page.getByLabel(place).check();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

export async function signIn(page, name, place) {
  await paste(page, seeded(name), place);
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}

/** Everything a page can be read from: markup, fields, address, title, storages, cookies. */
export const remains = (page) =>
  page.evaluate(() => JSON.stringify([
    document.documentElement.outerHTML,
    [...document.querySelectorAll("input, textarea, select")].map((it) => it.value),
    [...document.querySelectorAll("*")].flatMap((it) => [...it.attributes].map((one) => one.value)),
    location.href, document.title, document.cookie, document.referrer, history.state,
    { ...localStorage }, { ...sessionStorage }, name,
  ]));

export async function holdsNoToken(page) {
  const text = await remains(page);
  for (const token of everyToken) assert.ok(!text.includes(token), "the page holds a token");
}

/** The part of the page under a heading. */
export const card = (page, name) => page.getByRole("region", { name, exact: true });

/** The value of a row in a list of names and values. */
export const fact = (within, name) => within.locator("dt", { hasText: new RegExp(`^${name}$`) }).locator("xpath=following-sibling::dd");

export const text = async (locator) => (await locator.innerText()).replace(/\s+/g, " ").trim();
