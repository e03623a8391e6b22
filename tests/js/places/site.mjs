// A page at an origin that is not the Hub's, with the tables of cases in it.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after } from "node:test";
import { ENTRY } from "../support/entry.mjs";

const root = join(import.meta.dirname, "..");
const modules = "/node_modules/hubkey";

/** Each import path of the package's, as a page without a bundler finds it. */
export const imports = {
  hubkey: `${modules}/inline.js`,
  ...Object.fromEntries(["js", "diagnose", "oauth", "vault", "exchange", "server", "elements"].map((it) => [`hubkey/${it}`, `${modules}/${it}.js`])),
};

const page = (files, hub) => `<!doctype html>
<link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
  import * as hubkey from "${ENTRY}";
  import { player } from "/places/player.mjs";
  ${files.map((it, at) => `import t${at} from "/cases/${it}.mjs";`).join("\n  ")}
  globalThis.play = player(hubkey, { ${files.map((it, at) => `"${it}": t${at}`).join(", ")} }, ${JSON.stringify({ hubUrl: hub.url, cdnUrl: hub.cdnUrl })});
</script>`;

/** Serves `pages` by their paths, at `/` the tables of the files that are named; gives the address. */
export async function site(files, hub, pages = {}) {
  const served = { "/": page(files, hub), ...pages };
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, "http://own");
    const body = served[pathname] ?? await readFile(join(root, pathname)).catch(() => undefined);
    response.writeHead(body === undefined ? 404 : 200, { "content-type": served[pathname] ? "text/html" : "text/javascript" }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  after(() => { server.closeAllConnections(); server.close(); });
  return `http://127.0.0.1:${server.address().port}`;
}
