// The example's page in Chromium, on a desk and on a phone: signing in by the Hub's own page of consent, and out again.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { chromium } from "playwright-core";
import { hubUrl, oauth, reset, start } from "./worker.mjs";

const pictures = process.env.HUBKEY_SCREENSHOTS;
const browser = await chromium.launch({
  executablePath: process.env.HUBKEY_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
after(() => browser.close());
beforeEach(reset);

const SIZES = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const picture = (page, name) => pictures && page.screenshot({ path: join(pictures, `worker-${name}.png`), fullPage: true });

/** A page, and everything that it was sent or complained of. */
async function open(options) {
  const context = await browser.newContext(options), page = await context.newPage();
  const errors = [], texts = [];
  page.on("pageerror", (error) => errors.push(error.message));
  // The Hub's own page is not looked at, and its pictures are without https here, which the policy forbids.
  page.on("console", (it) => { if (!it.location().url.startsWith(hubUrl) && !it.text().startsWith(`Loading the image '${hubUrl}/`)) errors.push(it.text()); });
  page.on("response", async (it) => {
    if (!new URL(it.url()).origin.startsWith("http://127.0.0.1") || it.url().startsWith(hubUrl)) return;
    const headers = (await it.headersArray()).map(({ name, value }) => `${name}: ${value}`);
    texts.push([...headers, await it.text().catch(() => "")].join("\n"));
  });
  return { context, page, errors, texts };
}

for (const kind of ["cookie", "objects"])
  for (const [size, viewport] of Object.entries(SIZES))
    test(`${kind}, ${size}: sign in, look, sign out`, async () => {
      const { url } = await start(kind);
      await oauth.set({ autoApprove: false });
      const { context, page, errors, texts } = await open({ viewport, colorScheme: kind === "cookie" ? "light" : "dark", isMobile: size === "phone" });
      try {
        await page.goto(url);
        const link = page.getByRole("link", { name: "Sign in with Hugging Face" });
        await link.waitFor();
        await picture(page, `${size}-${kind}-out`);
        await link.click();
        assert.ok(page.url().startsWith(`${hubUrl}/oauth/authorize?`));
        await page.locator("button[value=allow]").click();
        await page.getByRole("heading", { name: "Ada L." }).waitFor();
        assert.equal(page.url(), `${url}/`, "no code is left in the address");
        await page.getByText("ada/private-notes").waitFor();
        assert.deepEqual(await page.locator("#scopes li").allTextContents(), ["openid", "profile", "read-repos"]);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, "nothing sticks out");
        await picture(page, `${size}-${kind}-in`);
        assert.equal(await page.evaluate(() => document.cookie), "", "the page sees no cookie");
        assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);

        await page.reload();
        await page.getByRole("heading", { name: "Ada L." }).waitFor();
        await page.getByRole("button", { name: "Sign out" }).click();
        await link.waitFor();
        assert.deepEqual(await context.cookies(), []);

        const all = (await (await fetch(`${hubUrl}/_localhub/principals`)).json()).map((it) => it.token), text = texts.join("\n");
        assert.ok(texts.length > 10 && text.includes("ada/private-notes"));
        for (const secret of all) assert.ok(!text.includes(secret), "a token reached the page");
        assert.deepEqual(errors, []);
      } finally { await context.close(); }
    });

for (const [size, viewport] of Object.entries(SIZES))
  test(`${size}: who refuses is told so on a page that can be read`, async () => {
    const { url } = await start("cookie");
    await oauth.set({ autoApprove: "deny" });
    const { context, page, errors } = await open({ viewport, isMobile: size === "phone" });
    try {
      await page.goto(`${url}/auth/login`);
      await page.getByRole("heading", { name: "The sign-in was refused" }).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
      await picture(page, `${size}-refused`);
      await page.getByRole("link", { name: "Back to the start" }).click();
      await page.getByRole("link", { name: "Sign in with Hugging Face" }).waitFor();
      // The platform's own word about an answer that is no 200.
      assert.deepEqual(errors.filter((it) => !/status of 403/.test(it)), []);
    } finally { await context.close(); }
  });
