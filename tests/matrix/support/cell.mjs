// One cell, in a process and a process group of its own: whatever it leaves behind ends with it.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { check } from "./check.mjs";
import { install } from "./install.mjs";
import { fileOf, slugOf } from "./list.mjs";
import { Unavailable } from "./unavailable.mjs";

// Nobody waits for the outcome any more.
process.on("disconnect", () => {
  process.kill(-process.pid, "SIGTERM");
  setTimeout(() => process.kill(-process.pid, "SIGKILL"), 2000);
});

process.once("message", async ({ cell, settings, env }) => {
  const closers = [];
  // Sent at once: of a cell that hangs, these are all that is known.
  const log = (line) => process.connected && process.send({ line: String(line) });
  const dir = join(env.out, slugOf(cell));
  let outcome;
  try {
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir, { recursive: true });
    const part = cell.run.split("#")[1];
    const { [part]: body } = await import(fileOf(cell));
    if (typeof body !== "function") throw new Error(`${cell.run}: no such function`);
    const report = await body({
      ...settings,
      dir,
      tarball: env.tarball,
      story: new URL("../story.mjs", import.meta.url).pathname,
      tools: env.tools,
      install: (deps) => install(dir, env.tarball, deps),
      log,
      /** Called at the end of the cell, the last one first. */
      after: (close) => closers.unshift(close),
    });
    check(report);
    outcome = { ended: "works", report };
  } catch (error) {
    const ended = error instanceof Unavailable ? "not here" : "fails";
    outcome = { ended, message: error?.message ?? String(error), stack: error?.stack };
  }
  for (const close of closers) await Promise.resolve().then(close).catch((error) => log(`at the end: ${error?.message}`));
  process.send({ outcome });
});
