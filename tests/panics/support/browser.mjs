// One browser, both entries. The drivers are those of the matrix.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { judge } from "./judge.mjs";
import { serve } from "./serve.mjs";

const tools = JSON.parse(process.env.HUBKEY_TOOLS ?? "{}");

export function inBrowser(name, open) {
  for (const entry of ["inline.js", "js.js"])
    test(`${name}, ${entry}`, async (t) => {
      const undo = [], lines = [];
      const dir = mkdtempSync(join(tmpdir(), "hubkey-panics-"));
      const files = await serve();
      try {
        const browser = await open({ tools, dir, after: (it) => undo.push(it), log: (line) => lines.push(line) });
        await browser.open(`${files.url}/page.html?entry=${entry}`);
        const { report, stray, failure } = await files.said;
        assert.equal(failure, undefined, `${failure}\n${lines.join("\n")}`);
        judge(t, report);
        assert.deepEqual(stray, []);
      } finally {
        for (const it of undo.reverse()) await it();
        files.close();
        rmSync(dir, { recursive: true, force: true });
      }
    });
}
