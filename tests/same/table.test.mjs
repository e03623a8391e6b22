// Each filter and order of the lists, and each form that the Hub's errors take: the official Python client and ours are told the
// same. Options have the same names, in camelCase.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { all, control, hubUrl, ours, tokens } from "./hub.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const table = JSON.parse(readFileSync(here("table.json"), "utf8"));
const { stdout } = await promisify(execFile)(process.env.HUBKEY_PYTHON, [here("table.py"), hubUrl, tokens.testread]);
const theirs = JSON.parse(stdout);

const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

test("each filter and order", async () => {
  for (const [at, [call, options]] of table.lists.entries()) {
    const own = Object.fromEntries(Object.entries(options).map(([name, value]) => [camel(name), name === "sort" ? camel(value) : value]));
    const what = `${call} ${JSON.stringify(options)}`;
    // A yes of theirs is the name of the benchmark's tag.
    if (own.benchmark === true) own.benchmark = "official";
    assert.deepEqual((await all(ours("testread")[camel(call)](own))).map((it) => it.id), theirs.lists[at], what);
    assert.notEqual(theirs.lists[at].length, 0, `nothing is found by ${what}`);
  }
});

test("each form of an error's body", async () => {
  for (const [at, [kind, body, words]] of table.bodies.entries()) {
    const [status, told] = theirs.bodies[at];
    const fault = { type: "body", status: 418, headers: { "content-type": kind }, body };
    await control("POST", "faults", { match: { path: "/api/models/ada/tiny" }, fault });
    await assert.rejects(ours("testread").modelInfo({ repo: "ada/tiny" }), (it) => it.status === status && words.every((word) => it.message.includes(word)), body);
    // `message` alone is nothing to the official client.
    if (body.startsWith('{"message"')) assert.equal(told, null);
    else for (const word of words) assert.ok(told.includes(word), `${body}: ${told}`);
  }
});
