// A project of tests/matrix/projects, made ready as its owner would: copied, the story beside it, everything installed.
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { install } from "./install.mjs";
import { once } from "./once.mjs";
import { notHad } from "./unavailable.mjs";

const PROJECTS = new URL("../projects/", import.meta.url).pathname;

/**
 * @param {object} [how]
 * @param {string} [how.dir] where to, if not into the cell's own folder
 * @param {string} [how.entry] what `main` takes the package from, in place of "hubkey"
 */
export async function project(ctx, name, { dir = ctx.dir, entry } = {}) {
  cpSync(join(PROJECTS, name), dir, { recursive: true });
  cpSync(ctx.story, join(dir, "story.mjs"));
  if (entry) swap(join(dir, "main.js"), entry);
  await install(dir, ctx.tarball).catch(notHad);
  return dir;
}

/**
 * A project that several cells use, installed and built once.
 * @param {string} way tells several builds of one project apart
 */
export const builtOnce = (ctx, name, way, build = async () => {}) =>
  once(ctx, `${name}-${way.replaceAll(":", "-")}`, [ctx.tarball, ctx.story, join(PROJECTS, name)], async (dir) => {
    await project(ctx, name, { dir });
    await build(dir);
  });

function swap(file, entry) {
  if (!existsSync(file)) throw new Error(`${file}: only a project with a main.js can take another entry`);
  const before = readFileSync(file, "utf8");
  const after = before.replaceAll('"hubkey"', JSON.stringify(entry));
  if (after === before) throw new Error(`${file} does not import "hubkey"`);
  writeFileSync(file, after);
}
