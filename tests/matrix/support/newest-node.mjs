// The newest Node that npm has, for itself and for tools which do without Node 20 already.
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { once } from "./once.mjs";
import { run } from "./run.mjs";
import { Unavailable } from "./unavailable.mjs";

const VERSION = "26.10.0";
// The package `node` fetches one of these in an install script; this does without the script.
const PLATFORMS = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"];

/** @returns {Promise<{ node: string, env: Record<string, string> }>} `env` has it first on PATH */
export async function newestNode(ctx) {
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.includes(platform)) throw new Unavailable(`npm has no Node ${VERSION} for ${platform}`);
  const dir = await once(ctx, `node-${VERSION}`, [], async (cwd) => {
    writeFileSync(join(cwd, "package.json"), '{ "private": true }\n');
    const args = ["install", "--no-save", "--no-package-lock", "--prefer-offline", "--ignore-scripts", "--loglevel=error"];
    await run("npm", [...args, `node-${platform}@${VERSION}`], { cwd }).catch((error) => {
      throw new Unavailable(`Node ${VERSION} could not be installed: ${error.message}`);
    });
  });
  const bin = join(dir, "node_modules", `node-${platform}`, "bin");
  return { node: join(bin, "node"), env: { ...process.env, PATH: `${bin}:${process.env.PATH}` } };
}
