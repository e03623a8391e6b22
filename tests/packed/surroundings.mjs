// What the tests find around them: the localhub of this run, Chromium, a file server.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

export const endpoint = process.env.HUBKEY_TEST_HUB;

/** The token of one of localhub's seeded principals. */
export async function seeded(name) {
  const principals = await (await fetch(`${endpoint}/_localhub/principals`)).json();
  return principals.find((one) => one.name === name).token;
}

const options = {
  executablePath: process.env.HUBKEY_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};

export const launch = () => chromium.launch(options);

/** One that keeps its profile in this folder. */
export const launchIn = (folder) => chromium.launchPersistentContext(folder, options);

const TYPES = { ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

/** Serves a folder as it is. */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    try {
      const body = await readFile(join(folder, path.endsWith("/") ? `${path}index.html` : path));
      response.setHeader("Content-Type", TYPES[extname(path)] ?? "text/html");
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
