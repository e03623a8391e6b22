// The package under another version, packed: what a dependency that lags behind brings along. It is the same code until
// there is a release to install in its place.
import { cp, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { install } from "./install.mjs";
import { run } from "./run.mjs";

/** @returns the path of its tarball */
export async function older(ctx) {
  const dir = await mkdtemp(join(ctx.dir, "older-"));
  await install(dir, ctx.tarball);
  const copy = join(dir, "copy"), manifest = join(copy, "package.json");
  await cp(join(dir, "node_modules/hubkey"), copy, { recursive: true });
  const { version, ...rest } = JSON.parse(await readFile(manifest, "utf8"));
  await writeFile(manifest, JSON.stringify({ ...rest, version: `0.0.0-before.${version}` }));
  const { stdout } = await run("npm", ["pack", "--ignore-scripts", "--loglevel=error", "--pack-destination", dir], { cwd: copy });
  return join(dir, stdout.trim().split("\n").at(-1));
}
