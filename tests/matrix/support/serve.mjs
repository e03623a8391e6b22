// The server of one cell: the pages, the installed package, what the story needs to know, and a place for its report.
// Pages fetch and post these themselves, so that no driver has to run code in them, which some policies forbid.
import { readFile, realpath } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { Unavailable } from "./unavailable.mjs";

const PAGES = new URL("../pages/", import.meta.url).pathname;
/** What these tests share with those of the package in Node, Chromium and workerd. */
const SHARED = new URL("../../js/", import.meta.url).pathname;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };

/**
 * @param {object} ctx of the cell
 * @param {{ csp?: string, cors?: boolean }} [options] `csp` for the pages; `cors` for modules that an opaque origin loads
 * @returns {Promise<{ url: string, said: Promise<object> }>} `said` is what the page posts
 */
export async function serve(ctx, { csp, cors } = {}) {
  const { hubUrl, token, badToken } = ctx;
  const said = deferred();
  // Awaited later than it may fail.
  said.promise.catch(() => {});

  const fileOf = (path) => {
    if (path === "/story.mjs") return ctx.story;
    return join(/^\/(node_modules|copies)\//.test(path) ? ctx.dir : /^\/(cases|support)\//.test(path) ? SHARED : PAGES, path);
  };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    response.setHeader("Cache-Control", "no-store");
    if (cors) response.setHeader("Access-Control-Allow-Origin", "*");
    if (path === "/favicon.ico") return response.writeHead(204).end();
    if (path === "/settings") return response.end(JSON.stringify({ hubUrl, token, badToken }));
    if (path === "/said") {
      let body = "";
      for await (const part of request.setEncoding("utf8")) body += part;
      response.end();
      const { report, failure } = JSON.parse(body);
      if (!failure) return said.resolve(report);
      const error = failure.unavailable ? new Unavailable(failure.message) : new Error(failure.message);
      return said.reject(Object.assign(error, failure.stack && { stack: `${failure.message}\n${failure.stack}` }));
    }
    try {
      const body = await readFile(await realpath(fileOf(path)));
      response.setHeader("Content-Type", TYPES[extname(path)] ?? "application/octet-stream");
      if (csp) response.setHeader("Content-Security-Policy", csp);
      response.end(body);
    } catch {
      ctx.log(`404 ${path}`);
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  ctx.after(() => { server.closeAllConnections(); server.close(); });
  return { url: `http://127.0.0.1:${server.address().port}`, said: said.promise };
}

// Node 20 has no Promise.withResolvers.
function deferred() {
  const it = {};
  it.promise = new Promise((resolve, reject) => Object.assign(it, { resolve, reject }));
  return it;
}
