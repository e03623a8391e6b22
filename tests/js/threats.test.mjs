// tests/THREATS.md names tests; a renamed or deleted one must not stay there.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { same, yes } from "./support/check.mjs";

/** Where a real page is needed. */
const places = join(import.meta.dirname, "places");
const page = join(process.env.HUBKEY_ROOT ?? join(import.meta.dirname, "..", ".."), "tests", "THREATS.md");
const DUE = [1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 57, 58, 59, 60, 61, 62, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 79, 81];

/** The sentences of a test file and of its cases. */
async function sentences(file) {
  const cases = join(import.meta.dirname, "cases", `${file}.mjs`);
  const tables = file === "server" ? Object.values((await import("./server/tables.mjs")).tables) : existsSync(cases) ? [(await import(cases)).default] : [];
  const table = tables.flatMap((it) => Object.keys(it));
  return [...table, ...table.map((it) => `hostile values ${it} end as values or typed errors`), readFileSync(join(existsSync(join(places, `${file}.test.mjs`)) && file !== "server" ? places : import.meta.dirname, `${file}.test.mjs`), "utf8")];
}

test("every test that the threats page names exists", async () => {
  const files = [...readdirSync(import.meta.dirname), ...readdirSync(places)];
  let count = 0;
  for (const line of readFileSync(page, "utf8").split("\n")) {
    for (const [, file, names] of line.matchAll(/`([\w-]+)`: ([^`|]*)/g)) {
      yes(files.includes(`${file}.test.mjs`), `no file of tests is called ${file}`);
      const known = await sentences(file);
      for (const [, name] of names.matchAll(/"([^"]+)"/g)) {
        count++;
        const dynamic = name.replace(/(cases of) [\w-]+/, "$1 ${name}");
        yes(known.some((it) => it === name || (it.includes("node:test") || /play(ing)?\(/.test(it)) && (it.includes(`"${name}"`) || it.includes(dynamic))), `${file} has no test "${name}"`);
      }
    }
  }
  yes(count > 80, `${count} sentences found`);
});

test("every row that is due has its line on the threats page", () => {
  const rows = [...readFileSync(page, "utf8").matchAll(/^\| (\d+) \|/gm)].map((it) => Number(it[1]));
  same(DUE.filter((it) => !rows.includes(it)), []);
});
