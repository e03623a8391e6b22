// One process, run with --expose-gc: what is still held after so many calls, in bytes.
import { setTimeout as sleep } from "node:timers/promises";

const [, , way, hub, ...stops] = process.argv;
const memories = new Set();
// process.memoryUsage does not tell how large a module's memory is.
const { Instance } = WebAssembly;
WebAssembly.Instance = function (...args) {
  const instance = new Instance(...args);
  for (const it of Object.values(instance.exports)) if (it instanceof WebAssembly.Memory) memories.add(it);
  return instance;
};

async function held() {
  // Finalizers run in a turn of their own, and what they let go is found by the next collection.
  for (let i = 0; i < 4; i++) { gc(); await sleep(20); }
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed, external, wasm: [...memories].reduce((sum, it) => sum + it.buffer.byteLength, 0) };
}

const client = (await import(`./ways/${way}.mjs`)).open(hub);
const seen = [];
let done = 0;
for (const stop of stops.map(Number)) {
  for (; done < stop; done++) await client.whoami();
  seen.push({ calls: done, ...(await held()) });
}
process.stdout.write(JSON.stringify(seen));
