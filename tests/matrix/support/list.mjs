// The committed list of cells, read with suspicion: a slip in it must not take a cell out silently.
import { existsSync, readFileSync } from "node:fs";

const KEYS = ["group", "name", "run", "short", "seconds", "expect", "reason", "says"];

/**
 * @typedef {object} Cell
 * @property {string} group
 * @property {string} name
 * @property {string} run file under cells/ without its ending, `#`, name of the function
 * @property {boolean} [short] needs nothing but Node and Chromium
 * @property {number} [seconds] how long it may take, instead of 180
 * @property {"fails"} [expect]
 * @property {string} [reason] why it is expected to fail
 * @property {string[]} [says] what its failure has to say, so that no other failure passes for the expected one
 */

/** @returns {Cell[]} */
export const cells = () => checked(JSON.parse(readFileSync(new URL("../cells.json", import.meta.url), "utf8")));

export function checked(all) {
  const slugs = new Set();
  for (const cell of all) {
    const wrong = (what) => new Error(`cells.json: ${cell.name ?? JSON.stringify(cell)}: ${what}`);
    for (const key in cell) if (!KEYS.includes(key)) throw wrong(`there is no "${key}"`);
    for (const key of ["group", "name", "run"]) if (typeof cell[key] !== "string") throw wrong(`"${key}" is missing`);
    if (!existsSync(fileOf(cell))) throw wrong(`there is no file for "${cell.run}"`);
    const reasoned = typeof cell.reason === "string" && Array.isArray(cell.says) && cell.says.length > 0;
    if (cell.expect === undefined ? cell.reason || cell.says : cell.expect !== "fails" || !reasoned)
      throw wrong(`an expected failure has "expect": "fails", a "reason", and in "says" what the failure says`);
    if (slugs.has(slugOf(cell))) throw wrong("the name is there twice");
    slugs.add(slugOf(cell));
  }
  return all;
}

/** Those whose group or name holds one of the words. */
export function chosen(all, { words, short }) {
  const one = (cell, word) => `${cell.group}: ${cell.name}`.toLowerCase().includes(word.toLowerCase());
  for (const word of words) if (!all.some((cell) => one(cell, word))) throw new Error(`no cell has "${word}" in its group or name`);
  return all.filter((cell) => (!short || cell.short) && (words.length === 0 || words.some((word) => one(cell, word))));
}

export const fileOf = (cell) => new URL(`../cells/${cell.run.split("#")[0]}.mjs`, import.meta.url);

/** Its folder under target/matrix. */
export const slugOf = (cell) => `${cell.group}-${cell.name}`.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
