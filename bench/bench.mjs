// Measures in the places that are asked for; the numbers of the others stay as they are in the file.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import { fileURLToPath } from "node:url";

const { HUBKEY_TEST_HUB: hub, HUBKEY_BENCH_OUT: out, HUBKEY_BENCH_ROUNDS: asked, HUBKEY_BENCH_PLACES: places } = process.env;
const rounds = Number(asked);
const results = existsSync(out) ? JSON.parse(readFileSync(out, "utf8")) : {};
const say = (text) => process.stderr.write(`bench: ${text}\n`);
const versionOf = (name) => JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), "utf8")).version;
const versions = () => ({ hubkey: versionOf("hubkey"), "@huggingface/hub": versionOf("@huggingface/hub") });
const machine = () => ({
  os: `${os.type()} ${os.arch()}`, cpu: os.cpus()[0]?.model.trim() ?? "unknown", cores: os.availableParallelism(),
  memoryGiB: Math.round(os.totalmem() / 2 ** 30),
  // Of the minute before: what others did meanwhile.
  load: Math.round(os.loadavg()[0] * 10) / 10,
});

const measures = {
  async node() {
    const { node } = await import("./node.mjs");
    return { versions: versions(), machine: machine(), runtime: `Node ${process.versions.node}`, rounds, unit: "ms", ...(await node(hub, rounds)) };
  },
  async chromium() {
    const { chromium } = await import("./chromium.mjs");
    const { version, results } = await chromium(hub, rounds);
    return { versions: versions(), machine: machine(), runtime: `Chromium ${version}`, rounds, unit: "ms", ...results };
  },
  memory() {
    const stops = ["1000", "5500", "10000"];
    const of = (way) => JSON.parse(execFileSync(process.execPath, ["--expose-gc", fileURLToPath(new URL("memory.mjs", import.meta.url)), way, hub, ...stops]));
    return { versions: versions(), runtime: `Node ${process.versions.node}`, unit: "bytes", job: "whoami", bare: of("bare"), ours: of("ours"), peer: of("peer") };
  },
};

for (const place of places.split(",")) {
  say(place);
  results[place] = await measures[place]();
  // At once: whoever gives up on the next place keeps this one.
  const { node, chromium, memory } = results;
  writeFileSync(out, JSON.stringify({ node, chromium, memory }, null, 2) + "\n");
}
