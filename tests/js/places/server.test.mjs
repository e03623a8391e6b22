// Sessions of visitors in workerd, in one isolate; each case is a request of its own, and what it does at once is in that one.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { build } from "esbuild";
import { Miniflare, supportedCompatibilityDate } from "miniflare";
import { tables } from "../server/tables.mjs";
import { localhub } from "../support/localhub.mjs";
import { judge } from "./judge.mjs";

const hub = await localhub();
const outdir = join(import.meta.dirname, "dist-server");
await build({
  stdin: {
    contents: `
      import * as hubkey from "hubkey";
      import { player } from "./player.mjs";
      import { tables } from "../server/tables.mjs";
      let play;
      export default {
        async fetch(request, env) {
          play ??= player(hubkey, tables, env);
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

await judge("server", hub, async (file, name) => {
  const response = await worker.dispatchFetch("http://worker.test/", { method: "POST", body: JSON.stringify([file, name]) });
  const text = await response.text();
  return response.ok ? JSON.parse(text) : { failure: { message: text.split("\n")[0], stack: text }, heard: [] };
}, tables);

test("the runtime itself said nothing", () => assert.equal(said.join(""), ""));
