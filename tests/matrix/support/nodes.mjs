// Nodes from npm: the oldest one that the package names, the last 20, and the newest, which also runs tools that do
// without Node 20 already.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { once } from "./once.mjs";
import { run } from "./run.mjs";
import { Unavailable, notHad } from "./unavailable.mjs";

export const OLDEST = "20.0.0";
export const TWENTY = "20.20.2";
export const NEWEST = "26.10.0";

// The package `node` fetches one of these in an install script; this does without the script.
const PLATFORMS = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"];

/** @returns {Promise<{ node: string, env: Record<string, string> }>} `env` has it first on PATH */
export async function nodeOf(ctx, version) {
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.includes(platform)) throw new Unavailable(`npm has no Node ${version} for ${platform}`);
  const dir = await once(ctx, `node-${version}`, [], async (cwd) => {
    writeFileSync(join(cwd, "package.json"), '{ "private": true }\n');
    const args = ["install", "--no-save", "--no-package-lock", "--prefer-offline", "--ignore-scripts", "--loglevel=error"];
    await run("npm", [...args, `node-${platform}@${version}`], { cwd }).catch(notHad);
  });
  const bin = join(dir, "node_modules", `node-${platform}`, "bin");
  return { node: join(bin, "node"), env: { ...process.env, PATH: `${bin}:${process.env.PATH}` } };
}
