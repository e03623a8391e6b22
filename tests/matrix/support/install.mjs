// Installs as a user would.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.mjs";

const FLAGS = ["--no-save", "--no-package-lock", "--prefer-offline", "--ignore-scripts", "--loglevel=error"];

/**
 * The tarball, what the folder's package.json asks for, and these.
 * @param {string[] | Record<string, string>} [deps] `["vite@8.3.8"]` or `{ vite: "8.3.8" }`
 */
export async function install(dir, tarball, deps = []) {
  const manifest = join(dir, "package.json");
  // Without one npm would look for a project further up, and find ours.
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true, "type": "module" }\n');
  const specs = Array.isArray(deps) ? deps : Object.entries(deps).map(([name, version]) => `${name}@${version}`);
  await run("npm", ["install", ...FLAGS, tarball, ...specs], { cwd: dir });
}
