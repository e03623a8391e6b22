// Measures in Node: ours, the peer's and a bare fetch take turns in one run, so that a busy machine is busy for all three.
// Prints a table and writes the numbers it came from.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { ways } from "./work.mjs";

const hub = process.env.HUBKEY_TEST_HUB;
const rounds = Number(process.env.HUBKEY_BENCH_ROUNDS ?? 30);
const names = Object.keys(ways);

const sorted = (list) => [...list].sort((a, b) => a - b);
const at = (list, part) => sorted(list)[Math.min(list.length - 1, Math.floor(list.length * part))];
const summary = (list) => ({ median: at(list, 0.5), p95: at(list, 0.95), count: list.length });

/** Each round in another order, or the first would always find the caches cold. */
const turns = function* (count) {
  for (let round = 0; round < count; round++) for (let i = 0; i < names.length; i++) yield names[(i + round) % names.length];
};

const measure = async (count, once) => {
  const times = Object.fromEntries(names.map((it) => [it, []]));
  for (const way of turns(count)) times[way].push(await once(way));
  return Object.fromEntries(names.map((it) => [it, summary(times[it])]));
};

const timed = async (work) => { const start = performance.now(); await work(); return performance.now() - start; };

const cold = await measure(rounds, (way) => Number(execFileSync(process.execPath, [new URL("cold.mjs", import.meta.url).pathname, way, hub])));

const clients = Object.fromEntries(await Promise.all(names.map(async (it) => [it, await ways[it](hub)])));
for (const it of names) for (let i = 0; i < 50; i++) await clients[it].whoami();
const whoami = await measure(rounds * 10, (way) => timed(() => clients[way].whoami()));

const wanted = 10_000;
for (const it of names) if ((await clients[it].list(wanted)) !== wanted) throw new Error(`${it} did not list ${wanted}`);
const list = await measure(Math.max(5, Math.ceil(rounds / 3)), (way) => timed(() => clients[way].list(wanted)));

const pages = process.memoryUsage().rss;
for (let i = 0; i < 10_000; i++) await clients.ours.whoami();
const grown = (process.memoryUsage().rss - pages) / 2 ** 20;

const results = { runtime: `Node ${process.versions.node}`, unit: "ms", cold, whoami, list, memoryGrowthMiB: { calls: 10_000, grown } };
writeFileSync(process.env.HUBKEY_BENCH_OUT, JSON.stringify(results, null, 2) + "\n");

const ms = (it) => it.toFixed(it < 10 ? 2 : 1);
const row = (what, it) => console.log(`| ${what} | ${names.map((way) => `${ms(it[way].median)} (${ms(it[way].p95)})`).join(" | ")} | ${(it.ours.median / it.bare.median).toFixed(3)}x, ${ms(it.ours.median - it.bare.median)} more |`);
console.log(`| ${results.runtime}, ms: median (p95) | ${names.join(" | ")} | ours to bare |\n| --- | --- | --- | --- | --- |`);
row("start of the process to the first whoami", cold);
row("whoami", whoami);
row("list 10,000 models", list);
console.log(`Memory after 10,000 more calls: ${grown.toFixed(1)} MiB more.`);
