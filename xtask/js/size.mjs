// Bundles the installed package as a user would and prints, as JSON, how many bytes a page loads.
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";

const weigh = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length,
});
/** Files that travel apart are compressed apart. */
const sum = (...parts) =>
  parts.reduce((all, one) => ({ raw: all.raw + one.raw, gzip: all.gzip + one.gzip, brotli: all.brotli + one.brotli }));

/** Everything that an entry exports, in one minified module. */
async function withEsbuild(entry) {
  const result = await esbuild({
    stdin: { contents: `export * from "${entry}";`, resolveDir: process.cwd() },
    bundle: true, minify: true, format: "esm", target: "es2022", write: false, logLevel: "error",
  });
  return Buffer.from(result.outputFiles[0].contents);
}

async function withVite(entry) {
  const name = entry.replace("/", "-");
  await rm(`built/${name}`, { recursive: true, force: true });
  await mkdir("built/entries", { recursive: true });
  const page = `built/entries/${name}.html`;
  await writeFile(page, `<script type="module">import * as all from "${entry}"; globalThis.all = { ...all };</script>`);
  await vite({
    configFile: false, logLevel: "error", root: "built/entries",
    build: { outDir: `../${name}`, assetsDir: "", modulePreload: { polyfill: false }, rollupOptions: { input: page } },
  });
  const files = (await readdir(`built/${name}`)).filter((file) => !file.endsWith(".html"));
  return sum(...(await Promise.all(files.map(async (file) => weigh(await readFile(`built/${name}/${file}`))))));
}

const wasm = weigh(await readFile("node_modules/hubkey/hubkey_bg.wasm"));
const url = weigh(await withEsbuild("hubkey/url"));
console.log(JSON.stringify([
  { what: "hubkey_bg.wasm", ...wasm },
  { what: "JavaScript of hubkey/url, esbuild", ...url },
  { what: "core: both of them", ...sum(wasm, url), budget: "core" },
  { what: "hubkey (module inside), esbuild", ...weigh(await withEsbuild("hubkey")), budget: "inline" },
  { what: "hubkey/url, Vite", ...(await withVite("hubkey/url")) },
  { what: "hubkey (module inside), Vite", ...(await withVite("hubkey")) },
], null, 1));
