import { inPage, files } from "../../support/page.mjs";
import { project } from "../../support/project.mjs";
import { run } from "../../support/run.mjs";
import { inProgram } from "../../support/program.mjs";

export const build = (ctx) => built(ctx);
export const buildUrl = (ctx) => built(ctx, "hubkey/url");

async function built(ctx, entry) {
  await project(ctx, "esbuild", { entry });
  await run("npm", ["run", "build"], { cwd: ctx.dir });
  return inPage(ctx, `${await files(ctx)}/`);
}

export async function node(ctx) {
  await project(ctx, "esbuild");
  await run("npm", ["run", "build:node"], { cwd: ctx.dir });
  return inProgram(ctx, process.execPath, ["dist/node.cjs"]);
}
