import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { asked } from "../../support/asked.mjs";
import { NEWEST, nodeOf } from "../../support/nodes.mjs";
import { builtOnce } from "../../support/project.mjs";
import { run } from "../../support/run.mjs";
import { serve } from "../../support/service.mjs";
import { OLD, QUIET, newestDate } from "../../support/workerd.mjs";

export const devOld = (ctx) => dev(ctx, OLD);
export const devCurrent = (ctx) => dev(ctx);
export const deployedOld = (ctx) => deployed(ctx, OLD);
export const deployedCurrent = (ctx) => deployed(ctx);

async function ready(ctx, wanted) {
  const { node, env } = await nodeOf(ctx, NEWEST);
  const cwd = await builtOnce(ctx, "workers", "installed");
  const date = wanted ?? (await newestDate(ctx, cwd));
  return { node, cwd, date, env: { ...env, ...QUIET } };
}

/** `wrangler dev`, as somebody who writes a Worker runs it. */
async function dev(ctx, wanted) {
  const { node, cwd, date, env } = await ready(ctx, wanted);
  const wrangler = (port) => ["node_modules/wrangler/bin/wrangler.js", "dev", "--ip", "127.0.0.1", "--port", `${port}`, "--inspector-port", "0", "--compatibility-date", date];
  const url = await serve(ctx, node, wrangler, { cwd, env });
  return asked(ctx, url);
}

/** What would be sent to Cloudflare, in workerd by itself. */
async function deployed(ctx, wanted) {
  const { node, cwd, date, env } = await ready(ctx, wanted);
  await run(node, ["node_modules/wrangler/bin/wrangler.js", "deploy", "--dry-run", "--outdir", ctx.dir, "--compatibility-date", date], { cwd, env });
  const modules = (await readdir(ctx.dir)).filter((name) => /\.(js|wasm)$/.test(name)).sort((name) => (name === "main.js" ? -1 : 1));
  await writeFile(join(ctx.dir, "config.capnp"), configOf(modules, date));
  const url = await serve(ctx, join(cwd, "node_modules/.bin/workerd"), (port) => ["serve", "config.capnp", "--socket-addr", `http=127.0.0.1:${port}`], { env });
  return asked(ctx, url);
}

const configOf = (modules, date) => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      compatibilityDate = "${date}",
      modules = [${modules.map((name) => `(name = "${name}", ${name.endsWith(".wasm") ? "wasm" : "esModule"} = embed "${name}")`)}],
    )),
    # Of itself workerd reaches public addresses only, and the test Hub is on loopback.
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", http = (), service = "main")],
);
`;
