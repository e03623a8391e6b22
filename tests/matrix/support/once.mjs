// Work that several cells share, such as a build that takes a minute: done by the first one that comes by.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * @param {string} name of the folder it is done in
 * @param {string[]} of files and folders that the work depends on; `make` runs again when they change
 * @param {(dir: string) => Promise<void>} make
 */
export async function once(ctx, name, of, make) {
  const dir = join(dirname(ctx.dir), name), done = join(dir, ".done");
  const print = createHash("sha256").update(name);
  for (const path of of) for (const file of filesIn(path)) print.update(`${file}\0`).update(readFileSync(file));
  const stamp = print.digest("hex");
  if (existsSync(done) && readFileSync(done, "utf8") === stamp) return dir;
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  await make(dir);
  writeFileSync(done, stamp);
  return dir;
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}
