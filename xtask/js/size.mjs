// Bundles the installed package as a user would and prints, as JSON, how many bytes a page loads.
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import { jobs } from "./jobs.mjs";

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

const PEER_IN_BROWSERS = "./node_modules/@huggingface/hub/dist/browser/index.mjs";

/** A program, in one minified module. */
async function withEsbuild(contents) {
  const result = await esbuild({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true, minify: true, format: "esm", target: "es2022", write: false, logLevel: "error",
    // Its `exports` lead to the build for Node, whatever the platform.
    alias: { "@huggingface/hub": PEER_IN_BROWSERS },
  });
  return weigh(Buffer.from(result.outputFiles[0].contents));
}

/** What each page has that has a client; other files in common are those of the entries beside it. */
const shared = [...(await readFile("node_modules/hubkey/url.js", "utf8")).matchAll(/"(\.\/core-\w+\.js)"/g)].map(([, file]) => file);

/** A file of the package, with what a page that has a client must load for it. */
/** `later`: what it loads when it is needed, and is counted by itself. */
async function alone(file, later = []) {
  const result = await esbuild({ entryPoints: [file], bundle: true, external: [...shared, ...later], minify: true, format: "esm", target: "es2022", write: false, logLevel: "error" });
  return weigh(Buffer.from(result.outputFiles[0].contents));
}

async function withVite(name, contents) {
  await rm(`built/${name}`, { recursive: true, force: true });
  await mkdir("built/entries", { recursive: true });
  const entry = `built/entries/${name}.mjs`;
  await writeFile(entry, contents);
  await vite({
    configFile: false, logLevel: "error", root: "built/entries", base: "./",
    build: {
      outDir: `../${name}`, assetsDir: "", modulePreload: { polyfill: false },
      rollupOptions: { input: entry, preserveEntrySignatures: "strict" },
    },
  });
  const files = await readdir(`built/${name}`);
  return sum(...(await Promise.all(files.map(async (file) => weigh(await readFile(`built/${name}/${file}`))))));
}

const of = (entry, job) => jobs[job].ours.replace("ENTRY", entry);
const wasm = weigh(await readFile("node_modules/hubkey/hubkey_bg.wasm"));
const url = await withEsbuild(of("hubkey/url", "all"));
const core = sum(wasm, url);
const parts = [
  { what: "hubkey_bg.wasm", ...wasm },
  { what: "JavaScript of hubkey/url, esbuild", ...url },
  { what: "core: both of them", ...core, budget: "core" },
  { what: "hubkey (module inside), esbuild", ...(await withEsbuild(of("hubkey", "all"))), budget: "inline" },
  { what: "hubkey/js (no WebAssembly), esbuild", ...(await withEsbuild(of("hubkey/js", "all"))) },
  // What it has in common with the others is there already.
  { what: "hubkey/diagnose, beside any of them", ...(await alone("node_modules/hubkey/diagnose.js")) },
  { what: "hubkey/oauth, beside any of them", ...(await alone("node_modules/hubkey/oauth.js")) },
  { what: "hubkey/elements, beside any of them", ...(await alone("node_modules/hubkey/elements.js", ["./inline.js", "./oauth.js", "./vault.js"])) },
  { what: "hubkey/vault, beside any of them", ...(await alone("node_modules/hubkey/vault.js")) },
  { what: "hubkey/server, beside any of them", ...(await alone("node_modules/hubkey/server.js")) },
  { what: "hubkey/exchange, beside any of them", ...(await alone("node_modules/hubkey/exchange.js")) },
];

const perJob = [];
// The builds of a changed module are asked for their parts alone.
if (!process.argv.includes("--parts"))
  for (const [name, { what, peer }] of Object.entries(jobs))
    perJob.push({
      job: what,
      esbuild: { ours: await withEsbuild(of("hubkey", name)), url: sum(wasm, await withEsbuild(of("hubkey/url", name))), peer: await withEsbuild(peer) },
      vite: { ours: await withVite(`${name}-ours`, of("hubkey", name)), url: await withVite(`${name}-url`, of("hubkey/url", name)), peer: await withVite(`${name}-peer`, peer) },
    });
console.log(JSON.stringify({ parts, jobs: perJob }, null, 1));
