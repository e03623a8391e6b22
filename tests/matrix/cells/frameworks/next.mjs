import { inPage } from "../../support/page.mjs";
import { builtOnce } from "../../support/project.mjs";
import { run } from "../../support/run.mjs";
import { serve } from "../../support/service.mjs";

const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CI: "1" };

export const page = async (ctx) => inPage(ctx, await started(ctx));
export const edge = (ctx) => route(ctx, "edge");
export const node = (ctx) => route(ctx, "node");

async function started(ctx) {
  const cwd = await builtOnce(ctx, "next", (dir) => run("npm", ["run", "build"], { cwd: dir, env }));
  return serve(ctx, "npm", (port) => ["run", "start", "--", "--hostname", "127.0.0.1", "--port", `${port}`], { cwd, env });
}

async function route(ctx, name) {
  const { hubUrl, token, badToken } = ctx;
  const response = await fetch(`${await started(ctx)}/api/${name}`, { method: "POST", body: JSON.stringify({ hubUrl, token, badToken }) });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response.json();
}
