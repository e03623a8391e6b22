// The element in a browser: signing in by leaving the page, its keys, signing out, signing in by a window of its own.
import assert from "node:assert/strict";
import { serve } from "./serve.mjs";

const CALM = { timeout: 0 };

/** @param {(ctx: object) => Promise<{ page: object }>} launch gives a page as puppeteer has it */
export const elementCell = (launch) => async (ctx) => {
  const { page } = await launch(ctx);
  await ctx.install();
  const csp = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src ${ctx.hubUrl}; connect-src 'self' ${ctx.hubUrl}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const server = await serve(ctx, { csp });
  const url = `${server.url}/element.html`;
  const app = { clientId: "hubkey-test-element", name: "The element", redirectUris: [url] };
  // Asked each time, whatever was allowed before.
  for (const [path, it] of [["/clients", app], ["", { remember: false }]]) {
    const answer = await fetch(`${ctx.hubUrl}/_localhub/oauth${path}`, { method: "POST", body: JSON.stringify(it) });
    assert.equal(answer.status, 200, await answer.text());
  }

  const sees = async (wanted) => {
    await page.waitForFunction((wanted) => globalThis.seen?.() === wanted, { timeout: 60_000 }, wanted).catch(async () => assert.equal(await page.evaluate(() => globalThis.seen?.()), wanted));
  };
  const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
  /** Looked for again and again: on its way to the Hub a window changes its process, and what waits in it is lost. */
  const allow = async (there) => {
    for (let allows; !allows; await new Promise((done) => setTimeout(done, 100))) {
      allows = await there.$("button[value=allow]").catch(() => {});
      await allows?.click();
    }
  };

  await page.goto(url, CALM);
  await sees("signed-out | button | on  | ");
  assert.equal(await page.evaluate(() => globalThis.looks()), "rgb(255, 210, 30)");
  await press("Tab", "Tab");
  await sees("signed-out | button | on button | ");
  await press("Enter");
  await allow(page);
  await sees("signed-in | account | on  | Signed in as Ada L.");
  assert.equal(await page.evaluate(() => location.search), "");
  await press("Tab", "Tab", "ArrowDown");
  await sees("signed-in | account+panel | on profile | Signed in as Ada L.");
  await press("End");
  await sees("signed-in | account+panel | on sign-out | Signed in as Ada L.");
  await press("Escape");
  await sees("signed-in | account | on account | Signed in as Ada L.");
  await press("Enter", "Tab", "Tab", "Enter");
  await sees("signed-out | button | on button | Signed out");

  await page.evaluate(() => document.querySelector("hubkey-sign-in").setAttribute("popup", ""));
  const [window] = await Promise.all([new Promise((opened) => page.once("popup", opened)), press("Enter")]);
  await allow(window);
  await sees("signed-in | account | on account | Signed in as Ada L.");
  assert.deepEqual(await page.evaluate(() => globalThis.refused), []);
  await page.evaluate(() => void globalThis.tell());
  return server.said;
};
