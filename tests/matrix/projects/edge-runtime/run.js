// What a host of edge functions does: bundle for the sandbox, start it, send it a request.
import { readFile } from "node:fs/promises";
import { EdgeRuntime } from "edge-runtime";
import { build } from "esbuild";

const conditions = process.argv.slice(2);
const files = [];

/** `.wasm?module` is a WebAssembly.Module that the host compiles, so one of another realm. */
const modules = {
  name: "wasm-module",
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /\.wasm\?module$/ }, async ({ path, ...rest }) => {
      if (rest.pluginData === "once") return;
      const found = await resolve(path.replace("?module", ""), { ...rest, pluginData: "once" });
      return { path: found.path, namespace: "wasm-module" };
    });
    onLoad({ filter: /.*/, namespace: "wasm-module" }, ({ path }) => ({ contents: `export default module${files.push(path) - 1};` }));
  },
};
const { outputFiles } = await build({ entryPoints: ["main.js"], bundle: true, write: false, format: "iife", conditions, plugins: [modules] });
const compiled = await Promise.all(files.map(async (path, at) => [`module${at}`, new WebAssembly.Module(await readFile(path))]));
if (compiled.length !== conditions.length) throw new Error(`${compiled.length} modules in a file of their own`);

const runtime = new EdgeRuntime({ initialCode: outputFiles[0].text, extend: (context) => Object.assign(context, Object.fromEntries(compiled)) });
const response = await runtime.dispatchFetch("http://edge.test/", { method: "POST", body: process.env.STORY });
console.log(await response.text());
