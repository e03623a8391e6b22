// A localhub of one's own, so that no file of tests disturbs another.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Starts one; it ends with this process, or when told. */
export async function localhub() {
  const bin = process.env.HUBKEY_LOCALHUB_BIN;
  if (!bin) throw new Error("HUBKEY_LOCALHUB_BIN names the localhub to start: cargo xtask test js sets it");
  const child = spawn(bin, ["--quiet", "--exit-with-stdin"], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const { url, cdnUrl } = JSON.parse(line);
  return { url, cdnUrl, stop: () => child.stdin.end() };
}
