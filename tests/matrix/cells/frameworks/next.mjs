import { asked } from "../../support/asked.mjs";
import { inPage } from "../../support/page.mjs";
import { builtOnce } from "../../support/project.mjs";
import { run } from "../../support/run.mjs";
import { serve } from "../../support/service.mjs";

const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CI: "1" };

export const page = async (ctx) => inPage(ctx, await started(ctx));
export const edge = async (ctx) => asked(ctx, `${await started(ctx)}/api/edge`);
export const node = async (ctx) => asked(ctx, `${await started(ctx)}/api/node`);
export const devPage = async (ctx) => inPage(ctx, await started(ctx, { script: "dev" }));
export const devEdge = async (ctx) => asked(ctx, `${await started(ctx, { script: "dev" })}/api/edge`);
export const webpackPage = async (ctx) => inPage(ctx, await started(ctx, { build: "build:webpack" }));
export const webpackEdge = async (ctx) => asked(ctx, `${await started(ctx, { build: "build:webpack" })}/api/edge`);

/** Built once by each bundler. */
async function started(ctx, { build = "build", script = "start" } = {}) {
  const cwd = await builtOnce(ctx, "next", build, (dir) => run("npm", ["run", build], { cwd: dir, env }));
  return serve(ctx, "npm", (port) => ["run", script, "--", "--hostname", "127.0.0.1", "--port", `${port}`], { cwd, env });
}
