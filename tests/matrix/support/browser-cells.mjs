// The cells that are the same in each browser: what is opened, and with which headers.
import { serve } from "./serve.mjs";

/** @param {(ctx: object) => Promise<{ open(url: string): Promise<void> }>} launch */
export function browserCells(launch) {
  const cell = (path, options) => async (ctx) => {
    const browser = await launch(ctx);
    await ctx.install();
    const server = await serve(ctx, options);
    await browser.open(server.url + path);
    return server.said;
  };
  return {
    page: cell("/page.html"),
  };
}
