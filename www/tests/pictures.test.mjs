// Screenshots of every state, for people to look at; and nothing may stick out to the side.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, afterEach, before, describe, test } from "node:test";
import { calm, launch, open, paste, seeded, signIn, spoil } from "./surroundings.mjs";

const folder = process.env.HUBKEY_SCREENSHOTS ?? "target/screenshots";
const SIZES = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};

const STATES = {
  "signed-out": async () => {},
  "signed-in": (page) => signIn(page, "testwrite", "This browser"),
  "fine-grained": (page) => signIn(page, "testfine", "This tab"),
  "not-told": (page) => signIn(page, "testfinebare"),
  restricted: (page) => signIn(page, "testrestricted"),
  app: (page) => signIn(page, "testapp"),
  "two-sign-ins": async (page) => {
    await signIn(page, "testread", "This browser");
    await page.getByRole("button", { name: "Add another" }).click();
    await paste(page, seeded("testgrace"), "This browser");
    await page.getByRole("heading", { level: 1, name: /Grace/ }).waitFor();
  },
  gaps: async (page) => {
    await signIn(page, "testread");
    await page.locator(".gaps summary").click();
  },
  checks: async (page) => {
    await signIn(page, "testfine");
    await page.getByRole("button", { name: "Run the checks" }).click();
    await page.locator("[data-check=clock]").waitFor();
  },
  "bad-token": (page) => paste(page, "hf_wrong"),
  "no-network": async (page) => {
    await spoil("/api/whoami-v2", { type: "reset" }, 0);
    await paste(page, seeded("testread"));
  },
  "list-error": async (page) => {
    await spoil("/api/models", { type: "status", status: 500 }, 0);
    await signIn(page, "testread");
  },
};

let browser;
before(async () => {
  browser = await launch();
  await mkdir(folder, { recursive: true });
});
after(() => browser?.close());
afterEach(calm);

const isSettled = (page) => page.locator("[aria-busy=true]").waitFor({ state: "detached" });

for (const [size, options] of Object.entries(SIZES)) {
  describe(size, () => {
    for (const [state, reach] of Object.entries(STATES)) {
      test(state, async (t) => {
        const page = await open(t, browser, options);
        await reach(page);
        if (state.match(/bad|no-|error/)) await page.getByRole("alert").waitFor();
        else if (state === "signed-out") await page.getByRole("button", { name: "testread" }).waitFor();
        else await page.getByText(/models? shown|no models/).first().waitFor();
        await isSettled(page);
        await page.evaluate(() => scrollTo(0, 0));
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await page.screenshot({ path: `${folder}/${state}-${size}-${colorScheme}.png`, fullPage: true });
        }
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      });
    }
  });
}
