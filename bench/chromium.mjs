// Speed in Chromium: each way is bundled by Vite and served from loopback, uncompressed and under its right type.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium as browsers } from "playwright-core";
import { build } from "vite";
import { LISTED, rounds as counts } from "./rounds.mjs";
import { measure, summaries, turns } from "./turns.mjs";

const NAMES = ["bare", "ours", "url", "peer"];
const SLOWER = 4;
const here = import.meta.dirname;
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".wasm": "application/wasm" };

const bundle = (way) => build({
  configFile: false, logLevel: "error", root: here, base: "./",
  build: {
    outDir: `dist/${way}`, assetsDir: "",
    rollupOptions: { input: `ways/${way}.mjs`, preserveEntrySignatures: "strict", output: { entryFileNames: "entry.js" } },
  },
});

async function serve() {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    const file = path === "/" ? "page/index.html" : join("dist", path);
    try {
      const body = await readFile(join(here, file));
      response.writeHead(200, {
        "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
        // An isolated page has a clock of 5 µs in place of 100.
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
      }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

export async function chromium(hub, rounds) {
  for (const way of NAMES) await bundle(way);
  const files = await serve();
  const browser = await browsers.launch({
    executablePath: process.env.HUBKEY_CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  try {
    // A fresh context has caches, connections and a process of its own.
    const inPage = async (slower, work) => {
      const context = await browser.newContext();
      try {
        const page = await context.newPage();
        const session = await context.newCDPSession(page);
        await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
        await page.goto(files.url);
        return await work(page);
      } finally {
        await context.close();
        // Its process ends a little later, on the same cores.
        await sleep(100);
      }
    };
    const once = (slower) => (way) => inPage(slower, (page) => page.evaluate((it) => cold(...it), [way, hub]));
    for (const way of NAMES) await once(1)(way);
    const cold = await measure(NAMES, rounds, once(1));
    const coldSlow = await measure(NAMES, rounds, once(SLOWER));

    const { warm, whoami, list } = counts(rounds);
    const [whoamiTimes, listTimes] = await inPage(1, (page) => page.evaluate((it) => calls(...it), [
      hub, NAMES, warm, turns(NAMES, whoami), turns(NAMES, list), LISTED,
    ]));
    return { version: browser.version(), results: { cold, coldSlow, whoami: summaries(whoamiTimes), list: summaries(listTimes) } };
  } finally {
    await browser.close();
    files.close();
  }
}
