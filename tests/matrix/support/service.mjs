// A program that serves, until the cell is over.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { basename } from "node:path";

/** A port of loopback that nobody has just now. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Starts it, and waits until it answers.
 * @param {(port: number) => string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<string>} its address
 */
export async function serve(ctx, program, args, options) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, ...options?.env, PORT: String(port) };
  const child = spawn(program, args(port), { cwd: ctx.dir, ...options, env, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "", ended;
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => {
      printed = (printed + text).slice(-4000);
      for (const line of text.split("\n")) if (line.trim()) ctx.log(`${basename(program)}: ${line}`);
    });
  const over = new Promise((resolve) => {
    child.on("error", (error) => resolve((ended = error.message)));
    child.on("exit", (code, signal) => resolve((ended = `it ended with ${signal ?? code}`)));
  });
  ctx.after(async () => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 5000);
    await over;
    clearTimeout(late);
  });
  for (;;) {
    if (ended) throw new Error(`\`${program} ${args(port).join(" ")}\` does not serve: ${ended}\n${printed}`);
    try {
      await fetch(url, { redirect: "manual" });
      return url;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
