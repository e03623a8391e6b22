// The cases in a page of Chromium, at an origin that is not the Hub's.
import { after } from "node:test";
import { chromium } from "playwright-core";
import { localhub } from "../support/localhub.mjs";
import { judge } from "./judge.mjs";
import { site } from "./site.mjs";
import { tables } from "./tables.mjs";

const hub = await localhub();
const url = await site(Object.keys(tables), hub);

const browser = await chromium.launch({
  executablePath: process.env.HUBKEY_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
after(() => browser.close());

let tab, devtools;
async function open() {
  tab = await browser.newPage();
  devtools = await tab.context().newCDPSession(tab);
  const errors = [];
  tab.on("pageerror", (error) => errors.push(error.message));
  await tab.goto(url);
  await tab.waitForFunction(() => globalThis.play, undefined, { timeout: 30_000 }).catch((error) => {
    throw new Error(`the page did not start: ${errors.join("; ")}`, { cause: error });
  });
}

await judge("chromium", hub, async (file, name) => {
  if (!tab) await open();
  // A redirect that was permanent in the case before.
  await devtools.send("Network.clearBrowserCache");
  const report = await tab.evaluate(([file, name]) => globalThis.play(file, name), [file, name]);
  // Who knows what a case that failed left behind.
  if (report.failure) await tab.close().then(() => { tab = undefined; });
  return report;
});
