// Every table of cases there is: a new file in cases/ is played in each place without being named anywhere.
import { readdirSync } from "node:fs";
import { join } from "node:path";

const dir = join(import.meta.dirname, "../cases");

/** By the file's name; a file without a default export only helps others. */
export const tables = Object.fromEntries((await Promise.all(
  readdirSync(dir).filter((it) => it.endsWith(".mjs")).sort().map(async (it) => [it.slice(0, -4), (await import(join(dir, it))).default]),
)).filter(([, table]) => table));
