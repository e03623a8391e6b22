// Proxies on this machine: one that a program is told to go through, one that gives a Hub a path on an app's own origin, and
// one that says more than the Hub behind it.
import { createServer, request } from "node:http";
import { connect } from "node:net";

const listen = async (server) => {
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  return { port, url: `http://127.0.0.1:${port}`, stop: () => { server.closeAllConnections(); server.close(); } };
};

/** @param {{ credentials?: string }} options asks for them, as `user:password` */
export async function forward({ credentials } = {}) {
  const tunnels = [], passed = [], open = new Set();
  const may = (headers) => !credentials || headers["proxy-authorization"] === `Basic ${btoa(credentials)}`;
  const server = createServer((incoming, outgoing) => {
    if (!may(incoming.headers)) return void outgoing.writeHead(407, { "proxy-authenticate": "Basic" }).end();
    // The absolute form: the whole address stands in the request's line.
    passed.push({ method: incoming.method, url: incoming.url, headers: incoming.headers });
    pass(incoming, outgoing, new URL(incoming.url), incoming.headers);
  });
  server.on("connect", (incoming, socket, head) => {
    if (!may(incoming.headers)) return void socket.end("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n");
    tunnels.push(incoming.url);
    const [host, port] = incoming.url.split(":");
    const there = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      there.write(head);
      there.pipe(socket).pipe(there);
    });
    open.add(socket);
    for (const [it, other] of [[socket, there], [there, socket]]) it.on("error", () => other.destroy()).on("close", () => { open.delete(socket); other.destroy(); });
  });
  return { ...(await listen(server)), tunnels, passed, open };
}

/**
 * The Hub below `/hub` of an app, which knows nothing of that path and names itself by the `Host` that it is asked for.
 * @param {{ rewrites?: boolean, app?: (path: string) => [type: string, body: string | Buffer] | undefined | Promise<any> }} options
 *   whether it puts the path before a `Location`; what the app itself has
 */
export async function reverse(upstream, { rewrites, app = () => undefined } = {}) {
  /** What the app was asked that is not the Hub's. */
  const own = [];
  const server = createServer(async (incoming, outgoing) => {
    const { url, headers } = incoming;
    if (url.startsWith("/hub/")) return pass(incoming, outgoing, new URL(url.slice(4), upstream), headers, rewrites ? (to) => to.replace(/^\/(?!\/)/, "/hub/") : undefined);
    own.push({ url, authorization: headers.authorization });
    const found = await app(url);
    outgoing.writeHead(found ? 200 : 404, { "content-type": found?.[0] ?? "text/html" }).end(found?.[1] ?? "<p>nothing here</p>");
  });
  return { ...(await listen(server)), own };
}

/** The same Hub, as which it also names itself, with headers added to each answer. */
export const saying = (upstream, more) => listen(createServer((incoming, outgoing) => pass(incoming, outgoing, new URL(incoming.url, upstream), incoming.headers, undefined, more)));

function pass(incoming, outgoing, { hostname, port, pathname, search }, headers, location = (it) => it, more = {}) {
  const onward = request({ hostname, port, path: pathname + search, method: incoming.method, headers }, (answer) => {
    const { location: to, ...rest } = { ...answer.headers, ...more };
    outgoing.writeHead(answer.statusCode, to ? { ...rest, location: location(to) } : rest);
    answer.pipe(outgoing);
  });
  onward.on("error", () => outgoing.destroy());
  outgoing.on("close", () => onward.destroy());
  incoming.pipe(onward);
}
