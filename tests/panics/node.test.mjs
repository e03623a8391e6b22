// In Node: over WebAssembly and without.
import { test } from "node:test";
import { judge, packageDir } from "./support/judge.mjs";
import { panics } from "./cases.mjs";

for (const entry of ["inline.js", "js.js"])
  test(`Node, ${entry}`, async (t) => {
    const stray = [];
    const note = (error) => void stray.push(error);
    process.on("unhandledRejection", note);
    judge(t, await panics(await import(`${packageDir}/${entry}`)));
    // Rejections that nobody handled are told at the end of the turn.
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.off("unhandledRejection", note);
    t.assert.deepEqual(stray, []);
  });
