// The cells that are the same in each browser: what is installed, what is opened, and with which headers.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { install } from "./install.mjs";
import { older } from "./older.mjs";
import { serve } from "./serve.mjs";

const csp = (ctx, script, more = "") => `default-src 'self'; script-src ${script}; connect-src 'self' ${ctx.hubUrl}${more}`;
const STRICT = "'self'", WASM = "'self' 'wasm-unsafe-eval'";

const versionOf = (dir) => JSON.parse(readFileSync(join(dir, "package.json"), "utf8")).version;

/** @param {(ctx: object) => Promise<{ open(url: string): Promise<void> }>} launch */
export function browserCells(launch) {
  const cell = (path, options = () => ({}), prepare = (ctx) => ctx.install()) => async (ctx) => {
    const browser = await launch(ctx);
    await prepare(ctx);
    const server = await serve(ctx, options(ctx));
    await browser.open(server.url + path);
    return server.said;
  };
  return {
    page: cell("/page.html"),
    url: cell("/url.html"),
    dedicated: cell("/worker.html?dedicated"),
    dedicatedJs: cell("/worker.html?dedicatedJs"),
    shared: cell("/worker.html?shared"),
    service: cell("/worker.html?service"),
    wasmAllowed: cell("/wasm-allowed.html", (ctx) => ({ csp: csp(ctx, WASM) })),
    trustedTypes: cell("/trusted-types.html", (ctx) => ({
      csp: csp(ctx, WASM, "; require-trusted-types-for 'script'; trusted-types 'none'"),
    })),
    wasmRefused: cell("/wasm-refused.html", (ctx) => ({ csp: csp(ctx, STRICT) })),
    plainJs: cell("/plain-js.html", (ctx) => ({ csp: csp(ctx, STRICT) })),
    vault: cell("/vault.html"),
    sandbox: cell("/sandbox.html", () => ({ cors: true })),
    realm: cell("/realm.html"),
    twoInstalls: cell("/two-installs.html", undefined, async (ctx) => {
      const second = join(ctx.dir, "copies/second");
      mkdirSync(second, { recursive: true });
      await ctx.install();
      await install(second, ctx.tarball);
    }),
    twoVersions: cell("/two-versions.html", undefined, async (ctx) => {
      await ctx.install([`hubkey-older@file:${await older(ctx)}`]);
      const [one, two] = ["hubkey", "hubkey-older"].map((name) => versionOf(join(ctx.dir, "node_modules", name)));
      assert.notEqual(one, two);
    }),
  };
}
