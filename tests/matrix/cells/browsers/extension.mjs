// A Manifest V3 extension: in its background and in a page of its own.
import { join } from "node:path";
import { openChromiumWith } from "../../support/chromium.mjs";
import { extension } from "../../support/extension.mjs";
import { openFirefox } from "../../support/firefox.mjs";

const chromium = (where, entry) => async (ctx) => {
  const { dir, said } = await extension(ctx, where, entry);
  const context = await openChromiumWith(ctx, dir, join(ctx.dir, "profile"));
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  if (where === "page") await (await context.newPage()).goto(new URL("/page.html", worker.url()).href);
  return said;
};

const firefox = (where) => async (ctx) => {
  const { dir, said } = await extension(ctx, where);
  const { browser } = await openFirefox(ctx);
  await browser.installExtension(dir);
  return said;
};

export const chromiumBackground = chromium("background");
export const chromiumPage = chromium("page");
export const chromiumPlainJs = chromium("background", "js");
export const firefoxBackground = firefox("background");
