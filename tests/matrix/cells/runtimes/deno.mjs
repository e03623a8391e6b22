import { inProgram } from "../../support/program.mjs";
import { project } from "../../support/project.mjs";

export const main = (ctx) => told(ctx, ["--allow-net=127.0.0.1"]);
// It reads the module's file by way of fetch.
export const url = (ctx) => told(ctx, ["--allow-net=127.0.0.1", "--allow-read=."], "hubkey/url");

async function told(ctx, rights, entry) {
  await project(ctx, "deno", { entry });
  return inProgram(ctx, "node_modules/.bin/deno", ["run", "--no-prompt", "--allow-env=STORY", ...rights, "main.js"]);
}
