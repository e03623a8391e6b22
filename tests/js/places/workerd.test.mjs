// The cases in workerd, bundled as wrangler does it, in one isolate; each is a request of its own, as a Worker's calls are.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { build } from "esbuild";
import { Miniflare, supportedCompatibilityDate } from "miniflare";
import { ENTRY } from "../support/entry.mjs";
import { localhub } from "../support/localhub.mjs";
import { judge } from "./judge.mjs";
import { tables } from "./tables.mjs";

const hub = await localhub();
const outdir = join(import.meta.dirname, "dist");
await build({
  stdin: {
    contents: `
      import * as hubkey from "${ENTRY}";
      import { player } from "./player.mjs";
      ${Object.keys(tables).map((it, at) => `import t${at} from "../cases/${it}.mjs";`).join("\n")}
      let play;
      export default {
        async fetch(request, env) {
          play ??= player(hubkey, { ${Object.keys(tables).map((it, at) => `"${it}": t${at}`).join(", ")} }, env);
          return Response.json(await play(...(await request.json())));
        },
      };`,
    resolveDir: import.meta.dirname,
  },
  outfile: join(outdir, "worker.mjs"), bundle: true, format: "esm", target: "es2022", conditions: ["workerd", "worker", "browser"], loader: { ".wasm": "copy" }, logLevel: "error",
});
after(() => rmSync(outdir, { recursive: true, force: true }));

const said = [];
const worker = new Miniflare({
  rootPath: outdir, modules: true, modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }], scriptPath: "worker.mjs",
  compatibilityDate: supportedCompatibilityDate, bindings: { hubUrl: hub.url, cdnUrl: hub.cdnUrl },
  handleRuntimeStdio: (...streams) => streams.forEach((it) => it.setEncoding("utf8").on("data", (text) => said.push(text))),
});
after(() => worker.dispose());

await judge("workerd", hub, async (file, name) => {
  const response = await worker.dispatchFetch("http://worker.test/", { method: "POST", body: JSON.stringify([file, name]) });
  const text = await response.text();
  return response.ok ? JSON.parse(text) : { failure: { message: text.split("\n")[0], stack: text }, heard: [] };
});

// It logs by itself, whatever anybody does about it, that an answer was no HTTP or had headers beyond its limit.
test("the runtime itself said nothing else", () => assert.deepEqual(said.join("").split("\n").filter((it) => it && !/Invalid response status line|header too large|^stack:/.test(it)), []));
