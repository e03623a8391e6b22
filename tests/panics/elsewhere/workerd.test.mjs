// In workerd, at a date when a promise settles only from its own request, and at the newest that this one knows.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { Miniflare, supportedCompatibilityDate } from "miniflare";
import { judge, packageDir } from "../support/judge.mjs";

for (const compatibilityDate of ["2024-09-01", supportedCompatibilityDate])
  test(`workerd, ${compatibilityDate}`, async (t) => {
    // Below the folder that this runs in: workerd refuses paths that lead out of it.
    const dir = mkdtempSync(join(process.env.HUBKEY_PANICKING, "worker-"));
    await build({
      entryPoints: [join(import.meta.dirname, "worker.mjs")], outdir: dir, outExtension: { ".js": ".mjs" },
      alias: { hubkey: join(packageDir, "workerd.js") },
      bundle: true, format: "esm", target: "es2022", loader: { ".wasm": "copy" }, logLevel: "error",
    });
    const worker = new Miniflare({
      rootPath: dir, modules: true, modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
      scriptPath: "worker.mjs", compatibilityDate, log: undefined,
    });
    const ask = async (path) => {
      const response = await worker.dispatchFetch(`http://worker.test${path}`);
      assert.equal(response.status, 200, await response.clone().text());
      return response.json();
    };
    try {
      judge(t, await ask("/cases"));

      // Another request's call: its promise belongs to that request alone.
      const other = ask("/hang");
      while (!(await ask("/waiting"))) await sleep(10);
      // From before the panic until the answer is here: more than the call itself took to be told.
      const asked = performance.now();
      assert.equal(await ask("/panic"), "internal_panic");
      const { code, aborted, ms } = await other;
      const told = performance.now() - asked;
      assert.deepEqual([code, aborted], ["internal_panic", "internal_panic"]);
      assert.ok(told < 1000, `told ${told.toFixed(0)} ms after the panic was asked for`);
      t.diagnostic(`workerd, ${compatibilityDate}: a call of another request rejected, ${ms} ms after it began, ${told.toFixed(0)} ms after the panic was asked for`);
      assert.equal(await ask("/works"), true);
    } finally {
      await worker.dispose();
      rmSync(dir, { recursive: true, force: true });
    }
  });
