// The pages, the cases and the package, and a place for one page's report.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { packageDir } from "./judge.mjs";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript" };
const here = join(import.meta.dirname, "..");

/** @returns {Promise<{ url: string, said: Promise<object>, close: () => void }>} */
export async function serve() {
  let say;
  const said = new Promise((resolve) => { say = resolve; });
  const fileOf = (path) => (path.startsWith("/hubkey/") ? join(packageDir, path.slice(8)) : path === "/cases.mjs" ? join(here, path) : join(here, "pages", path));
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://x");
    if (pathname === "/said") {
      let body = "";
      for await (const part of request.setEncoding("utf8")) body += part;
      response.end();
      return say(JSON.parse(body));
    }
    try {
      const body = await readFile(fileOf(pathname));
      response.setHeader("Content-Type", TYPES[extname(pathname)] ?? "application/octet-stream");
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}`, said, close: () => (server.closeAllConnections(), server.close()) };
}
