// Chromium, by way of playwright-core and the browser of the system.
import { chromium } from "playwright-core";
import { needed } from "./unavailable.mjs";

/** The cell has a time limit, and a busy machine is no failure. */
const timeout = 0;

export const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export async function openChromium(ctx) {
  const browser = await chromium.launch({ executablePath: needed(ctx.tools.chromium, "Chromium"), args: FLAGS, timeout });
  ctx.after(() => browser.close());
  const page = await browser.newPage();
  page.on("console", (message) => ctx.log(`console: ${message.text()}`));
  return { open: async (url) => void (await page.goto(url, { timeout })) };
}

/** With an unpacked extension, which only a profile on disk takes. */
export async function openChromiumWith(ctx, extension, profile) {
  const context = await chromium.launchPersistentContext(profile, {
    timeout,
    executablePath: needed(ctx.tools.chromium, "Chromium"),
    // Playwright turns extensions off unless it is asked not to.
    ignoreDefaultArgs: ["--disable-extensions"],
    args: [...FLAGS, "--headless=new", `--disable-extensions-except=${extension}`, `--load-extension=${extension}`],
  });
  ctx.after(() => context.close());
  context.setDefaultTimeout(timeout);
  return context;
}
