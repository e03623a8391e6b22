import { NEWEST, nodeOf } from "../../support/nodes.mjs";
import { builtOnce } from "../../support/project.mjs";
import { inTest } from "../../support/reporter.mjs";
import { OLD, QUIET, newestDate } from "../../support/workerd.mjs";

export const node = (ctx) => told(ctx, "vitest");
export const jsdom = (ctx) => told(ctx, "vitest", { args: ["--environment", "jsdom"] });
export const workersOld = (ctx) => told(ctx, "vitest-workers", { date: () => OLD });
export const workersNewest = (ctx) => told(ctx, "vitest-workers", { date: newestDate });
export const workersBare = (ctx) => told(ctx, "vitest-workers", { date: newestDate, args: ["--config", "vitest.bare.config.js"] });
export const poolWorkers = (ctx) => told(ctx, "vitest-pool-workers", { date: newestDate });

async function told(ctx, name, { args = [], date } = {}) {
  const { node, env } = await nodeOf(ctx, NEWEST);
  const cwd = await builtOnce(ctx, name, "installed");
  const settings = date && { COMPATIBILITY_DATE: await date(ctx, cwd), ...QUIET };
  return inTest(ctx, node, ["node_modules/vitest/vitest.mjs", "run", ...args], { cwd, env: { ...env, ...settings } });
}
