// The cases in a page of Chromium, at an origin that is not the Hub's.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after } from "node:test";
import { chromium } from "playwright-core";
import { ENTRY } from "../support/entry.mjs";
import { localhub } from "../support/localhub.mjs";
import { judge } from "./judge.mjs";
import { tables } from "./tables.mjs";

const root = join(import.meta.dirname, "..");
const hub = await localhub();
const imports = { hubkey: "/node_modules/hubkey/inline.js", "hubkey/js": "/node_modules/hubkey/js.js", "hubkey/diagnose": "/node_modules/hubkey/diagnose.js", "hubkey/oauth": "/node_modules/hubkey/oauth.js", "hubkey/vault": "/node_modules/hubkey/vault.js" };
const page = `<!doctype html>
<link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
  import * as hubkey from "${ENTRY}";
  import { player } from "/places/player.mjs";
  ${Object.keys(tables).map((it, at) => `import t${at} from "/cases/${it}.mjs";`).join("\n  ")}
  globalThis.play = player(hubkey, { ${Object.keys(tables).map((it, at) => `"${it}": t${at}`).join(", ")} }, ${JSON.stringify({ hubUrl: hub.url, cdnUrl: hub.cdnUrl })});
</script>`;

const server = createServer(async ({ url }, response) => {
  const body = url === "/" ? page : await readFile(join(root, url)).catch(() => undefined);
  response.writeHead(body === undefined ? 404 : 200, { "content-type": url === "/" ? "text/html" : "text/javascript" }).end(body);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
after(() => { server.closeAllConnections(); server.close(); });

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
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
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
