// What the cells around workerd share.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

export const OLD = "2024-09-01";

/** Cloudflare's tools tell and ask nobody anything. */
export const QUIET = { CI: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", CLOUDFLARE_CF_FETCH_ENABLED: "false" };

/** The newest date that the workerd of a project knows: the middle of its version, 1.20261117.1. */
export async function newestDate(ctx, cwd) {
  const { version } = JSON.parse(await readFile(join(cwd, "node_modules/workerd/package.json"), "utf8"));
  const date = version.split(".")[1].replace(/(....)(..)(..)/, "$1-$2-$3");
  ctx.log(`workerd ${version}: ${date}`);
  return date;
}
