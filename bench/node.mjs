// Speed in Node.
import { execFileSync } from "node:child_process";
import { measure, timed } from "./turns.mjs";
import { LISTED, rounds as counts } from "./rounds.mjs";

const NAMES = ["bare", "ours", "peer"];

export async function node(hub, rounds) {
  const start = (way) => Number(execFileSync(process.execPath, ["cold.mjs", way, hub], { cwd: import.meta.dirname }));
  // The first of each finds the disk's caches cold.
  NAMES.forEach(start);
  const cold = await measure(NAMES, rounds, start);

  const clients = {};
  for (const it of NAMES) clients[it] = (await import(`./ways/${it}.mjs`)).open(hub);
  const { warm, whoami, list } = counts(rounds);
  for (const it of NAMES) for (let i = 0; i < warm; i++) await clients[it].whoami();
  const whoamiTimes = await measure(NAMES, whoami, (way) => timed(() => clients[way].whoami()));
  for (const it of NAMES) if ((await clients[it].list(LISTED)) !== LISTED) throw new Error(`${it} did not list ${LISTED}`);
  const listTimes = await measure(NAMES, list, (way) => timed(() => clients[way].list(LISTED)));
  return { cold, whoami: whoamiTimes, list: listTimes };
}
