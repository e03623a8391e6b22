import { asked } from "../../support/asked.mjs";
import { NEWEST, nodeOf } from "../../support/nodes.mjs";
import { builtOnce } from "../../support/project.mjs";
import { run } from "../../support/run.mjs";
import { serve } from "../../support/service.mjs";
import { QUIET } from "../../support/workerd.mjs";

const VITE = "node_modules/vite/bin/vite.js";

/** The Worker in workerd, its modules served by Vite one by one. */
export const dev = (ctx) => served(ctx);
/** What `vite build` made of it. */
export const preview = (ctx) => served(ctx, "preview");

async function served(ctx, ...command) {
  const { node, env: found } = await nodeOf(ctx, NEWEST);
  const env = { ...found, ...QUIET };
  const cwd = await builtOnce(ctx, "vite-cloudflare", "build", (dir) => run(node, [VITE, "build"], { cwd: dir, env }));
  const vite = (port) => [VITE, ...command, "--host", "127.0.0.1", "--port", `${port}`, "--strictPort"];
  return asked(ctx, await serve(ctx, node, vite, { cwd, env }));
}
