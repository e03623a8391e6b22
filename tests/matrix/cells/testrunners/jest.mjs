import { cpSync } from "node:fs";
import { join } from "node:path";
import { NEWEST, TWENTY, nodeOf } from "../../support/nodes.mjs";
import { builtOnce } from "../../support/project.mjs";
import { inTest } from "../../support/reporter.mjs";

const MODULES = "--experimental-vm-modules";

export const required = (ctx) => told(ctx, TWENTY, [], "required.test.js");
export const transformed = (ctx) => told(ctx, TWENTY, [], "transformed.test.js", "--config", "jest.transform.json");
export const modules = (ctx) => told(ctx, TWENTY, [MODULES], "modules.test.mjs");
export const requiredNewest = (ctx) => told(ctx, NEWEST, [MODULES], "required.test.js");

async function told(ctx, version, flags, ...args) {
  const { node, env } = await nodeOf(ctx, version);
  // To Jest a file that ends in .mjs is a module, whatever transforms it.
  const cwd = await builtOnce(ctx, "jest", "installed", async (dir) => cpSync(ctx.story, join(dir, "story.js")));
  return inTest(ctx, node, [...flags, "node_modules/jest/bin/jest.js", ...args], { cwd, env });
}
