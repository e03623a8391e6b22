import { inPage, files } from "../../support/page.mjs";
import { project } from "../../support/project.mjs";
import { run } from "../../support/run.mjs";

export const build = (ctx) => built(ctx);
export const buildUrl = (ctx) => built(ctx, "hubkey/url");

async function built(ctx, entry) {
  await project(ctx, "rollup", { entry });
  await run("npm", ["run", "build"], { cwd: ctx.dir });
  return inPage(ctx, `${await files(ctx)}/`);
}
