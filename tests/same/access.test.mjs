// Who may read and write what: every principal of localhub, by the official Python client, by ours, and as ours foretells it. What
// `can` says comes from whoami and its own table of permissions, what localhub says from its own reading of the reference.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { hubUrl, ours, plain, principals, tokens } from "./hub.mjs";

const REPOS = [
  ["model", "ada/tiny"], ["model", "ada/private-notes"], ["dataset", "ada/private-data"], ["space", "ada/private-app"], ["model", "acme/m1"], ["model", "acme/secret"],
  ["model", "acme/made-by-ada"], ["model", "acme/group-model"], ["model", "grace/gated-not-asked"], ["model", "grace/gated-accepted"], ["model", "grace/gated-rejected"],
  ["dataset", "grace/gated-data-pending"], ["model", "globex/disabled"], ["model", "ada/none"],
];
const ROWS = REPOS.flatMap((it) => [[...it, false], [...it, true]]);
const good = principals.filter((it) => it.standing === "good").map((it) => it.name);
const people = { nobody: null, ...Object.fromEntries([...good, "testrevoked"].map((name) => [name, tokens[name]])) };

const script = fileURLToPath(new URL("access.py", import.meta.url));
const { stdout } = await promisify(execFile)(process.env.HUBKEY_PYTHON, [script, hubUrl, JSON.stringify(people), JSON.stringify(ROWS)]);
const theirs = JSON.parse(stdout);
const hubOf = (who) => ours(who === "nobody" ? undefined : who);

test("each principal is told the same of each repo", async () => {
  for (const [who, answers] of Object.entries(theirs)) {
    const hub = hubOf(who);
    for (const [at, [type, repo, write]] of ROWS.entries()) {
      const told = answers[at], what = `${who}, ${type} ${repo}, ${write ? "write" : "read"}`;
      const own = await hub.authCheck({ repo, type, write }).then((it) => it, (it) => it);
      if (told === true) assert.equal(own, true, what);
      else assert.ok(own.status === told[0] && plain(own.message).includes(plain(told[1])), `${what}: ${told} / ${own.message ?? own}`);
    }
  }
});

test("what can says comes true", async () => {
  const said = { true: 0, false: 0, unknown: 0 };
  const wrong = [];
  for (const who of good) {
    const hub = hubOf(who);
    for (const [at, [type, repo, write]] of ROWS.entries()) {
      if (theirs[who][at][0] === 404 || theirs[who][at][1] === "Access to this resource is disabled.") continue;
      const { allowed, reason } = await hub.can(write ? "repo.write" : "repo.content.read", { repo, type });
      const may = theirs[who][at] === true;
      // An organisation that shuts a token out: can speaks of the permission, and what is public needs none.
      if (allowed === false && !write && theirs.nobody[at] === true && reason.includes("shuts")) continue;
      said[allowed] += 1;
      if (allowed !== "unknown" && allowed !== may) wrong.push(`${who}, ${type} ${repo}, ${write ? "write" : "read"}: ${allowed}, ${reason}, but ${theirs[who][at]}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(said.true > 40 && said.false > 40, JSON.stringify(said));
});
