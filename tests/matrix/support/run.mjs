// A program run to its end.
import { spawn } from "node:child_process";

/**
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<{ stdout: string, stderr: string }>} a failure rejects with the end of what it printed
 */
export function run(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "", stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve({ stdout, stderr });
      else reject(new Error(`\`${[program, ...args].join(" ")}\` ended with ${signal ?? code}:\n${`${stdout}${stderr}`.slice(-4000)}`));
    });
  });
}
