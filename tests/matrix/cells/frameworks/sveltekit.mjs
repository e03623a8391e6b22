import { NEWEST, nodeOf } from "../../support/nodes.mjs";
import { inPage } from "../../support/page.mjs";
import { told } from "../../support/program.mjs";
import { builtOnce } from "../../support/project.mjs";
import { run } from "../../support/run.mjs";
import { serve } from "../../support/service.mjs";

/** The story as told while the server rendered the page. */
export async function server(ctx) {
  const response = await fetch(await started(ctx));
  const html = await response.text();
  const [, drawn, report] = html.match(/<pre id="report" data-drawn="(\w+)">(.*?)<\/pre>/s) ?? [];
  if (drawn !== "function") throw new Error(`${response.status}: ${html}`);
  return JSON.parse(report.replaceAll("&quot;", '"'));
}

export const page = async (ctx) => inPage(ctx, await started(ctx));

async function started(ctx) {
  const { node, env } = await nodeOf(ctx, NEWEST);
  const cwd = await builtOnce(ctx, "sveltekit", "build", (dir) => run(node, ["node_modules/vite/bin/vite.js", "build"], { cwd: dir, env }));
  return serve(ctx, node, () => ["build"], { cwd, env: { ...env, ...told(ctx), HOST: "127.0.0.1" } });
}
