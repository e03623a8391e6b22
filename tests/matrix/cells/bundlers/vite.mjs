import { inPage, files } from "../../support/page.mjs";
import { project } from "../../support/project.mjs";
import { run } from "../../support/run.mjs";
import { serve } from "../../support/service.mjs";

export const build = (ctx) => built(ctx);
export const buildUrl = (ctx) => built(ctx, "hubkey/url");
export const buildJs = (ctx) => built(ctx, "hubkey/js");
export const dev = (ctx) => served(ctx);
export const devUrl = (ctx) => served(ctx, "hubkey/url");

async function built(ctx, entry) {
  await project(ctx, "vite", { entry });
  await run("npm", ["run", "build"], { cwd: ctx.dir });
  return inPage(ctx, `${await files(ctx, `${ctx.dir}/dist`)}/`);
}

async function served(ctx, entry) {
  await project(ctx, "vite", { entry });
  const url = await serve(ctx, "npm", (port) => ["run", "dev", "--", "--host", "127.0.0.1", "--port", `${port}`, "--strictPort"]);
  return inPage(ctx, `${url}/`);
}
