// The rules of the matrix itself: a cell that goes wrong must be seen to, in whatever way it does.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { attempt } from "./support/attempt.mjs";
import { checked, chosen } from "./support/list.mjs";
import { sum, verdict } from "./support/verdict.mjs";

const env = { out: mkdtempSync(join(tmpdir(), "hubkey-matrix-")), tarball: "none.tgz", tools: {} };
after(() => rmSync(env.out, { recursive: true, force: true }));
const odd = (name, more) => ({ group: "odd", name, run: `../fixtures/odd#${name}`, ...more });
const outcome = (name, more) => attempt(odd(name, more), {}, env);

test("the right report works", async () => assert.equal((await outcome("right")).ended, "works"));

for (const [name, says] of [
  ["persists", /persisted: true/],
  ["repeats", /five different models/],
  ["silent", /no report came/],
  ["throws", /no wasm here/],
  ["ends", /the cell's process ended with 0/],
  ["stray", /the cell's process ended with 1/],
  ["noSuchFunction", /no such function/],
])
  test(`a cell that ${name} fails and says so`, async () => {
    const { ended, message } = await outcome(name);
    assert.equal(ended, "fails");
    assert.match(message, says);
  });

test("a tool that is not there is no failure", async () => {
  const { ended, message } = await outcome("absent");
  assert.deepEqual({ ended, message }, { ended: "not here", message: "no such tool" });
});

test("a cell that hangs is ended with its children", async () => {
  const { ended, message, lines } = await outcome("hangs", { seconds: 2 });
  assert.deepEqual({ ended, message }, { ended: "fails", message: "not done after 2 s" });
  const pid = Number(/child (\d+)/.exec(lines.join("\n"))[1]);
  for (let left = 100; left > 0 && isAlive(pid); left--) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(isAlive(pid), false);
});

test("each cell begins in an empty folder", async () => {
  assert.equal((await outcome("leavesFile")).ended, "works");
  assert.equal((await outcome("leavesFile")).ended, "works");
});

test("an expected failure has to be the one that is listed, and has to happen", () => {
  const listed = odd("throws", { expect: "fails", reason: "no wasm", says: ["no wasm"] });
  const kind = (cell, ended, message, short = false) => verdict(cell, { ended, message }, { short }).kind;
  assert.equal(kind(listed, "fails", "no wasm here"), "failsAsListed");
  assert.equal(kind(listed, "fails", "out of memory"), "fails");
  assert.equal(kind(listed, "works"), "stale");
  assert.equal(kind(odd("throws"), "fails", "no wasm here"), "fails");
  assert.equal(kind(odd("absent"), "not here", "no tool"), "notHere");
  assert.equal(kind(odd("absent"), "not here", "no tool", true), "fails");
});

test("the sum names what there is", () => {
  const kinds = (...all) => sum(all.map((kind) => ({ kind })));
  assert.equal(kinds("works", "works", "failsAsListed", "notHere"), "4 cells: 2 work, 1 fails as listed, 1 not on this machine");
  assert.equal(kinds("stale", "fails"), "2 cells: 1 FAILS, 1 works though listed as failing");
});

test("a slip in the list is found", () => {
  const refused = (what, ...cells) => assert.throws(() => checked(cells), what);
  refused(/"run" is missing/, { group: "odd", name: "x" });
  refused(/there is no "expects"/, odd("right", { expects: "fails" }));
  refused(/an expected failure has/, odd("throws", { expect: "fails", reason: "no wasm" }));
  refused(/an expected failure has/, odd("throws", { expect: "fails", reason: "no wasm", says: [] }));
  refused(/an expected failure has/, odd("throws", { reason: "no wasm" }));
  refused(/no file/, { ...odd("right"), run: "nowhere#right" });
  refused(/there twice/, odd("right"), odd("right"));
});

test("a word that fits no cell is refused", () => {
  const all = [odd("right", { short: true }), odd("throws")];
  assert.throws(() => chosen(all, { words: ["nowhere"] }), /no cell has "nowhere"/);
  assert.deepEqual(chosen(all, { words: ["ODD"] }), all);
  assert.deepEqual(chosen(all, { words: [], short: true }), [all[0]]);
});

function isAlive(pid) {
  try { return process.kill(pid, 0); } catch { return false; }
}
