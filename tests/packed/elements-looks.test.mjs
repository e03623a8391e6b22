// <hubkey-sign-in> for every eye and hand: what axe finds, sizes, narrow pages, right to left, colours, motion.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { ACCOUNT, SIGN_IN, button, element, openPage, signedIn, state } from "./elements/open.mjs";
import { launch, serve } from "./surroundings.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { HUBKEY_SCREENSHOTS: pictures } = process.env;

let browser, files;
before(async () => {
  browser = await launch();
  files = await serve(import.meta.dirname);
  if (pictures) await mkdir(pictures, { recursive: true });
});
after(async () => {
  await browser?.close();
  files?.close();
});

const LONG = "Wolfeschlegelsteinhausenbergerdorff Maximilian von und zu Unterhausen";
const open = (t, options) => openPage(t, browser, files, { viewport: { width: 480, height: 420 }, reducedMotion: "reduce", ...options });
const longNamed = (page) => page.evaluate((fullname) => globalThis.hub.signedIn("loaded", false, { ...globalThis.ADA, fullname, avatarUrl: undefined }), LONG);

/** From a page as it opens to each of the states. */
const STATES = {
  "signed-out": async () => {},
  busy: async (page) => {
    await page.evaluate(() => globalThis.element.setAttribute("popup", ""));
    await button(page, SIGN_IN).click();
    await button(page, "Cancel").waitFor();
  },
  error: async (page) => {
    await STATES.busy(page);
    await page.evaluate(() => globalThis.fail("timeout", "no answer within 10 seconds from https://hub.test", "try again; see whether the Hub answers"));
    await button(page, "Try again").waitFor();
  },
  ended: (page) => page.evaluate(() => globalThis.hub.become({ status: "expired" }, "expired")),
  "signed-in": async (page) => {
    await signedIn(page);
    await page.waitForFunction(() => globalThis.element.shadowRoot.querySelector(".loaded"));
  },
  account: async (page) => {
    await longNamed(page);
    await button(page, `Signed in as ${LONG}`).click();
  },
};

/** What is wider than the page, or smaller than a finger. */
const misfits = (page) => page.evaluate(() => {
  const wide = document.documentElement.scrollWidth > innerWidth ? ["the page"] : [];
  const shown = [...globalThis.element.shadowRoot.querySelectorAll("button,a,[part=panel],[role=status].problem")].filter((it) => it.getClientRects().length);
  for (const it of shown) {
    const { left, right, width, height } = it.getBoundingClientRect();
    if (left < 0 || right > innerWidth) wide.push(it.part.value);
    if (it.matches("button,a") && (width < 44 || height < 44)) wide.push(`${it.part.value} ${width} × ${height}`);
  }
  return wide;
});

for (const colorScheme of ["light", "dark"])
  describe(`in the ${colorScheme}`, () => {
    for (const [name, reach] of Object.entries(STATES))
      test(`axe finds nothing: ${name}`, async (t) => {
        const page = await open(t, { colorScheme });
        await reach(page);
        if (pictures) await page.screenshot({ path: join(pictures, `element-${name}-${colorScheme}.png`) });
        await page.evaluate(axe);
        const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
        assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map((it) => it.html)]), []);
        assert.ok(passes.find((it) => it.id === "color-contrast")?.nodes.some((it) => it.target.flat().length > 1), "axe looked into the shadow");
      });
  });

for (const dir of ["ltr", "rtl"])
  describe(`320 pixels are wide enough, ${dir}`, () => {
    for (const [name, reach] of Object.entries(STATES))
      test(name, async (t) => {
        const page = await open(t, { viewport: { width: 320, height: 480 } });
        await page.evaluate((dir) => { document.documentElement.dir = dir; }, dir);
        await reach(page);
        if (pictures) await page.screenshot({ path: join(pictures, `element-${name}-narrow-${dir}.png`) });
        assert.deepEqual(await misfits(page), []);
      });
  });

test("at the end of a row and at the foot of a page the panel stays inside", async (t) => {
  const page = await open(t);
  await page.evaluate(() => {
    const { style } = globalThis.element;
    // By the engine's own hand, which a policy lets through.
    Object.assign(style, { position: "fixed", bottom: "0", right: "0" });
  });
  await signedIn(page);
  await button(page, ACCOUNT).click();
  assert.deepEqual(await misfits(page), []);
  const { y, height } = await element(page).locator("[part=panel]").boundingBox(), own = await button(page, ACCOUNT).boundingBox();
  assert.ok(y >= 0 && y + height <= own.y, "above the button");
});

test("a long name is cut, and whole in the panel", async (t) => {
  const page = await open(t, { viewport: { width: 320, height: 480 } });
  await longNamed(page);
  const cut = () => page.evaluate(() => { const it = globalThis.element.shadowRoot.querySelector("[part=name]"); return it.scrollWidth > it.clientWidth; });
  assert.ok(await cut());
  await button(page, `Signed in as ${LONG}`).click();
  assert.ok(await element(page).locator("[part=panel]").getByText(LONG).isVisible());
});

const colours = (page, part) => page.evaluate((part) => {
  const { backgroundColor, color, borderRadius } = getComputedStyle(globalThis.element.shadowRoot.querySelector(`[part=${part}]`));
  return [backgroundColor, color, borderRadius];
}, part);

test("dark and light follow the page, and `theme` goes before it", async (t) => {
  const page = await open(t, { colorScheme: "dark" });
  await signedIn(page);
  const ground = async () => (await colours(page, "account"))[0];
  const dark = await ground();
  await page.evaluate(() => globalThis.element.setAttribute("theme", "light"));
  const light = await ground();
  assert.deepEqual([dark, light], ["rgb(27, 26, 23)", "rgb(255, 255, 255)"]);
  // A page that knows no dark stays light whatever the device is.
  await page.evaluate(() => {
    globalThis.element.removeAttribute("theme");
    document.querySelector("meta[name=color-scheme]").remove();
  });
  assert.equal(await ground(), light);
});

test("a page's style sheet changes colours and parts", async (t) => {
  const page = await open(t);
  assert.deepEqual(await colours(page, "button"), ["rgb(255, 210, 30)", "rgb(29, 26, 20)", "10px"]);
  await page.evaluate(() => { globalThis.element.className = "own"; });
  assert.deepEqual(await colours(page, "button"), ["rgb(0, 80, 160)", "rgb(255, 255, 255)", "0px"]);
});

test("the focus can be seen", async (t) => {
  const page = await open(t);
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => parseFloat(getComputedStyle(globalThis.element.shadowRoot.activeElement).outlineWidth)) >= 2);
});

test("in forced colours edges are there", async (t) => {
  const page = await open(t, { forcedColors: "active" });
  for (const part of ["button", "account"]) {
    if (part === "account") await signedIn(page);
    const [width, edge, ground] = await page.evaluate((part) => {
      const { borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(globalThis.element.shadowRoot.querySelector(`[part=${part}]`));
      return [borderTopWidth, borderTopColor, backgroundColor];
    }, part);
    assert.equal(width, "1px");
    assert.notEqual(edge, ground);
  }
});

test("it turns while it is busy, and not for those who asked for less motion", async (t) => {
  for (const [reducedMotion, count] of [["no-preference", 1], ["reduce", 0]]) {
    const page = await open(t, { reducedMotion });
    await button(page, SIGN_IN).click();
    await state(page, "busy");
    assert.equal(await page.evaluate(() => globalThis.element.shadowRoot.getAnimations().length), count, reducedMotion);
  }
});
