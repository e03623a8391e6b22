// `cargo xtask matrix`: each cell of cells.json in turn, a table of what came of them, and a sum.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { attempt } from "./support/attempt.mjs";
import { cells, chosen } from "./support/list.mjs";
import { KINDS, sum, verdict } from "./support/verdict.mjs";

/** Well formed, and nobody's. */
const NOBODYS = "hf_testnobody".padEnd(37, "0");

const { values, positionals } = parseArgs({ allowPositionals: true, options: { list: { type: "boolean" }, short: { type: "boolean" } } });
const list = (() => {
  try { return chosen(cells(), { words: positionals, short: values.short }); } catch (error) {
    console.error(`matrix: ${error.message}`);
    process.exit(2);
  }
})();
const wide = (of) => Math.max(...list.map((cell) => of(cell).length));
const row = ({ group, name }) => `${group.padEnd(wide((cell) => cell.group))}  ${name.padEnd(wide((cell) => cell.name))}`;

if (values.list) for (const cell of list) console.log(`${row(cell)}  ${cell.expect ? `expected to fail: ${cell.reason}` : ""}`.trimEnd());
else process.exitCode = await all();

async function all() {
  const { HUBKEY_TEST_HUB: hubUrl, HUBKEY_TARBALL: tarball, HUBKEY_MATRIX_OUT: out } = process.env;
  const principals = await (await fetch(`${hubUrl}/_localhub/principals`)).json();
  const settings = { hubUrl, token: principals.find((one) => one.name === "testread").token, badToken: NOBODYS };
  const tools = JSON.parse(process.env.HUBKEY_TOOLS);
  mkdirSync(out, { recursive: true });

  const results = [];
  for (const cell of list) {
    const outcome = await attempt(cell, settings, { out, tarball, tools });
    const { kind, text } = verdict(cell, outcome, { short: values.short });
    const seconds = Math.round(outcome.seconds * 10) / 10;
    results.push({ ...cell, kind, text, seconds, message: outcome.message });
    console.log(`${row(cell)}  ${`${seconds.toFixed(1)} s`.padStart(7)}  ${text}`);
    if (KINDS[kind].bad) {
      for (const line of [...(outcome.stack ?? outcome.message ?? "").split("\n"), ...outcome.lines]) console.log(`    | ${line}`);
    }
    writeFileSync(join(out, "results.json"), `${JSON.stringify(results, null, 2)}\n`);
  }
  console.log(sum(results));
  return results.some(({ kind }) => KINDS[kind].bad) ? 1 : 0;
}
