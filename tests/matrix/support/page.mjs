// A page in headless Chromium that offers the story as `run`.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";
import { FLAGS } from "./chromium.mjs";
import { needed } from "./unavailable.mjs";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

/** Opens it and runs its story. */
export async function inPage(ctx, url) {
  const browser = await chromium.launch({ executablePath: needed(ctx.tools.chromium, "Chromium"), args: FLAGS });
  ctx.after(() => browser.close());
  const page = await browser.newPage();
  const wrong = [];
  let fell;
  const falls = new Promise((resolve) => (fell = resolve));
  page.on("pageerror", (error) => {
    wrong.push(error.stack ?? error.message);
    fell();
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && new URL(response.url()).origin === new URL(url).origin && !response.url().endsWith("/favicon.ico")) wrong.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(url);
  const starts = page.waitForFunction(() => globalThis.run, undefined, { timeout: 30_000 }).catch((error) => wrong.push(error.message));
  await Promise.race([starts, falls]);
  if (wrong.length > 0) throw new Error(`${url} did not start: ${wrong.join("; ")}`);
  const { hubUrl, token, badToken } = ctx;
  const report = await page.evaluate((settings) => globalThis.run(settings), { hubUrl, token, badToken });
  if (wrong.length > 0) throw new Error(`the page met ${wrong.join("; ")}`);
  return report;
}

/** Serves a folder as it is; the address ends without a slash. */
export async function files(ctx, folder = ctx.dir) {
  const server = createServer(async (request, response) => {
    const asked = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    const path = asked.endsWith("/") ? `${asked}index.html` : asked;
    try {
      const body = await readFile(join(folder, path));
      response.setHeader("Content-Type", TYPES[extname(path)] ?? "application/octet-stream");
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  ctx.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}
