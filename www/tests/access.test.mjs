// For every hand and eye: keyboard alone, narrow screens, less motion, names for everything; and the page's own rules.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { calm, hub, launch, open, paste, seeded, signIn, site, spoil, text } from "./surroundings.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());
afterEach(calm);

/** What has the focus, and whether one can see that it has. */
const focused = (page) =>
  page.evaluate(() => {
    const it = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
    const name = it.getAttribute("aria-label") ?? it.labels?.[0]?.innerText ?? it.innerText;
    return { name: name.split("\n")[0].trim(), isVisible: parseFloat(getComputedStyle(it).outlineWidth) >= 2 };
  });

async function tab(page, ...names) {
  for (const name of names) {
    await page.keyboard.press("Tab");
    const it = await focused(page);
    assert.equal(it.name, name);
    assert.ok(it.isVisible, `${name} does not show its focus`);
  }
}

test("the whole of it without a mouse", async (t) => {
  const page = await open(t, browser);
  await page.getByRole("button", { name: /^testread / }).waitFor();
  await tab(page, "Skip to the content");
  await page.keyboard.press("Enter");
  await tab(page, "Sign in with Hugging Face", "Stay signed in after a restart", "Use a window of its own", "Access token");
  await page.keyboard.type("hf_wrong");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  // The focus is on the field, whose text the next word replaces.
  await page.keyboard.press("Control+A");
  await page.keyboard.type(seeded("testwrite"));
  await tab(page, "Show", "huggingface.co/settings/tokens", "the Hub’s documentation", "This page only");
  await page.keyboard.press("ArrowDown");
  assert.equal((await focused(page)).name, "This tab");
  await tab(page, "Sign in");
  await page.keyboard.press("Enter");
  await page.getByText("20 models shown.").first().waitFor();
  assert.equal((await focused(page)).name, "Ada L.");
  await tab(page, "ada", "Sign out", "Acme", "Research Lab");
  await tab(page, "Forget laptop", "Add another");
  await page.getByRole("table", { name: /Permissions/ }).waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.localName), "summary");
  await tab(page, "Repo", "Type", "Ask the Hub");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "owner");
  await page.keyboard.type("acme");
  await page.getByText("acme/m1").or(page.getByText(/^acme\//)).first().waitFor();
  await page.getByRole("button", { name: "More models" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("All 30 models shown.").first().waitFor();
  await page.getByRole("button", { name: "Sign out" }).focus();
  await page.keyboard.press("Space");
  await page.getByLabel("Access token").waitFor();
  assert.equal((await focused(page)).name, "Access token");
});

test("a principal is picked by keyboard", async (t) => {
  const page = await open(t, browser);
  await page.getByRole("button", { name: /^testfine / }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Ada L." }).waitFor();
});

describe("360 pixels are wide enough", () => {
  const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  const narrow = { viewport: { width: 360, height: 740 } };

  test("for the form, and for an error in it", async (t) => {
    const page = await open(t, browser, narrow);
    assert.ok(await fits(page));
    await paste(page, `hf_${"x".repeat(300)}`);
    await page.getByRole("alert").waitFor();
    assert.ok(await fits(page));
  });

  test("for every kind of credential", async (t) => {
    const page = await open(t, browser, narrow);
    for (const name of ["testwrite", "testfine", "testfinebare", "testrestricted", "testapp", "testoauth", "testjwt", "testorg"]) {
      await signIn(page, name, "This browser");
      await page.getByText(/models? shown|no models/).first().waitFor();
      await page.getByText("The Hub’s own answer").click();
      assert.ok(await fits(page), name);
      await page.getByRole("button", { name: "Sign out" }).click();
    }
  });

  test("for a model whose name has a hundred letters", async (t) => {
    const page = await open(t, browser, narrow);
    await signIn(page, "testwrite");
    for (const count of [40, 60]) {
      await page.getByRole("button", { name: "More models" }).click();
      await page.getByText(`${count} models shown.`).first().waitFor();
    }
    assert.ok((await page.locator(".model-name a").allInnerTexts()).some((name) => name.length > 90));
    assert.ok(await fits(page));
  });

  test("for a list that fails", async (t) => {
    await spoil("/api/models", { type: "status", status: 500 }, 0);
    const page = await open(t, browser, narrow);
    await signIn(page, "testread");
    await page.getByRole("alert").waitFor();
    assert.ok(await fits(page));
  });
});

test("everything that can be used has a name, and every region too", async (t) => {
  const page = await open(t, browser);
  await page.getByRole("button", { name: /^testread / }).waitFor();
  const nameless = () =>
    page.locator("a, button, input, select, summary, section, form, pre").evaluateAll((all) =>
      all.filter((it) => {
        const by = it.getAttribute("aria-labelledby");
        const label = by ? document.getElementById(by)?.innerText : it.getAttribute("aria-label") ?? it.labels?.[0]?.innerText ?? it.innerText;
        return !label?.trim();
      }).map((it) => it.outerHTML));
  assert.deepEqual(await nameless(), []);
  await signIn(page, "testfine");
  await page.getByText("20 models shown.").first().waitFor();
  assert.deepEqual(await nameless(), []);
  for (const role of ["banner", "main", "contentinfo"]) assert.equal(await page.getByRole(role).count(), 1);
  assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
  const ids = await page.locator("[id]").evaluateAll((all) => all.map((it) => it.id));
  assert.equal(new Set(ids).size, ids.length);
});

test("what happens is said aloud", async (t) => {
  const page = await open(t, browser);
  await signIn(page, "testread");
  await page.getByText("20 models shown.").first().waitFor();
  assert.equal(await text(page.locator("#status")), "20 models shown.");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Access token").waitFor();
  assert.equal(await text(page.locator("#status")), "Signed out. The token is forgotten here.");
});

test("nothing moves for those who asked for less motion", async (t) => {
  const page = await open(t, browser, { reducedMotion: "reduce" });
  await spoil("/api/models", { type: "delay", ms: 1500 });
  await signIn(page, "testread");
  await page.locator(".skeleton").waitFor();
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
});

test("the page may talk to the Hub alone, and runs no script but its own", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(site);
  await page.getByLabel("Access token").waitFor();
  const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  for (const rule of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", `connect-src ${hub};`, "form-action 'none'"])
    assert.ok(policy.includes(rule), policy);
  const tried = await page.evaluate(async (here) => {
    const fails = (work) => new Promise((done) => done(work())).then(() => false, () => true);
    const script = document.createElement("script");
    const inline = await fails(() => {
      script.text = "globalThis.ran = true";
      document.body.append(script);
      if (!globalThis.ran) throw new Error("blocked");
    });
    return { elsewhere: await fails(() => fetch(here)), inline, markup: await fails(() => (document.body.innerHTML += "<b>x</b>")) };
  }, site);
  assert.deepEqual(tried, { elsewhere: true, inline: true, markup: true });
  await context.close();
});
