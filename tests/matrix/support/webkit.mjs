// WebKitGTK, the nearest to Safari that a Linux machine has: its own driver, on a display that nobody sees.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { needed } from "./unavailable.mjs";

export async function openWebkit(ctx) {
  const program = needed(ctx.tools.webkitDriver, "WebKitGTK's driver");
  const display = await screen(ctx);
  const port = await freePort();
  const driver = start(ctx, program, [`--port=${port}`], { env: { ...process.env, DISPLAY: display, GDK_BACKEND: "x11", HOME: ctx.dir } });
  const call = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`);
    return value;
  };
  while (!(await call("GET", "/status").catch(() => undefined))) {
    if (driver.exitCode !== null) throw new Error("WebKitGTK's driver has ended");
    await sleep(100);
  }
  const { sessionId, capabilities } = await call("POST", "/session", { capabilities: { alwaysMatch: { pageLoadStrategy: "normal" } } });
  ctx.after(() => call("DELETE", `/session/${sessionId}`));
  ctx.log(`${capabilities.browserName} ${capabilities.browserVersion}`);
  return { open: async (url) => void (await call("POST", `/session/${sessionId}/url`, { url })) };
}

/** A display whose number the server itself finds free. */
async function screen(ctx) {
  const server = start(ctx, needed(ctx.tools.xvfb, "Xvfb"), ["-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp"]);
  const [number] = await Promise.race([
    once(server.stdout.setEncoding("utf8"), "data"),
    once(server, "exit").then(([code]) => { throw new Error(`Xvfb ended with ${code}`); }),
  ]);
  return `:${number.trim()}`;
}

function start(ctx, program, args, options) {
  const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => ctx.log(`${program}: ${String(text).trim()}`));
  ctx.after(async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  });
  return child;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}
