// Runs one cell in a process of its own and waits for its outcome, but not for ever.
import { fork } from "node:child_process";
import { createInterface } from "node:readline";

const USUAL_SECONDS = 180;
/** Between being asked to end and being ended: drivers take their browsers along meanwhile. */
const GRACE_MS = 4000;
const SHOWN_LINES = 60;

const running = new Set();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.on(signal, () => {
    for (const child of running) end(child, "SIGTERM");
    setTimeout(() => {
      for (const child of running) end(child, "SIGKILL");
      process.exit(130);
    }, running.size && 2000);
  });

/** @returns {Promise<{ ended: "works" | "fails" | "not here", message?: string, stack?: string, lines: string[], seconds: number }>} */
export function attempt(cell, settings, env) {
  const started = performance.now();
  const child = fork(new URL("./cell.mjs", import.meta.url), [], { detached: true, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  running.add(child);
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", (line) => lines.push(line));
  return new Promise((resolve) => {
    const limit = cell.seconds ?? USUAL_SECONDS;
    let outcome;
    const timer = setTimeout(() => {
      outcome = { ended: "fails", message: `not done after ${limit} s` };
      end(child, "SIGTERM");
      setTimeout(() => end(child, "SIGKILL"), GRACE_MS).unref();
    }, limit * 1000);
    child.on("message", ({ line, outcome: its }) => {
      if (line !== undefined) return void lines.push(line);
      outcome ??= its;
      end(child, "SIGTERM");
    });
    child.on("exit", () => {
      end(child, "SIGKILL");
      // Something that left the group may hold them open.
      setTimeout(() => [child.stdout, child.stderr].forEach((pipe) => pipe.destroy()), 1000).unref();
    });
    // Comes when its pipes are read to the end.
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      outcome ??= { ended: "fails", message: `the cell's process ended with ${signal ?? code}` };
      resolve({ ...outcome, lines: lines.slice(-SHOWN_LINES), seconds: (performance.now() - started) / 1000 });
    });
    child.send({ cell, settings, env });
  });
}

function end(child, signal) {
  // The whole group; it may be gone already.
  try { process.kill(-child.pid, signal); } catch { child.kill(signal); }
}
