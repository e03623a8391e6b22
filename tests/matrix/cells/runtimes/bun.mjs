import { inProgram } from "../../support/program.mjs";
import { project } from "../../support/project.mjs";
import { run } from "../../support/run.mjs";

export const main = (ctx) => told(ctx, "main.js");
export const url = (ctx) => told(ctx, "main.js", "hubkey/url");
export const required = (ctx) => told(ctx, "required.cjs");

async function told(ctx, file, entry) {
  await project(ctx, "bun", { entry });
  // What npm 11 does not run by itself: it links the program that was installed for this platform.
  await run(process.execPath, ["install.js"], { cwd: `${ctx.dir}/node_modules/bun` });
  return inProgram(ctx, "node_modules/.bin/bun", [file]);
}
