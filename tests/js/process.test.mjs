// What a process of Node does with a listener: it ends when its work is done, and threads hear each other.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { ENTRY } from "./support/entry.mjs";

const run = async (story) => {
  const args = ["--input-type=module", "-e", story, import.meta.resolve(ENTRY)];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 });
  return [stdout.trim(), stderr];
};
const store = "const map = new Map(); const store = { getItem: (key) => map.get(key) ?? null, setItem: (key, value) => void map.set(key, value), removeItem: (key) => void map.delete(key) };";

test("a listener keeps no process alive", async () => {
  const story = `
    const { Hub } = await import(process.argv[1]);
    ${store}
    const hub = new Hub({ store });
    hub.subscribe((session, change) => console.log(change?.kind, session.status));
    await hub.setToken({ token: "hf_nobody".padEnd(37, "7") });`;
  assert.deepEqual(await run(story), ["undefined unknown\nlogin signed_in", ""]);
});

test("a thread that says something once is heard by another that listens", async () => {
  const story = `
    import { Worker } from "node:worker_threads";
    const { Hub } = await import(process.argv[1]);
    ${store}
    let looks = 0;
    const hub = new Hub({ store: { ...store, getItem: (key) => (looks++, store.getItem(key)) } });
    hub.subscribe(() => {});
    await hub.getToken();
    const before = looks;
    const worker = new Worker(\`
      const { workerData } = require("node:worker_threads");
      import(workerData).then(async ({ Hub }) => {
        const map = new Map();
        await new Hub({ store: { getItem: (key) => map.get(key) ?? null, setItem: (key, value) => void map.set(key, value), removeItem: (key) => void map.delete(key) } }).setToken({ token: "hf_nobody".padEnd(37, "7") });
      });\`, { eval: true, execArgv: [], workerData: process.argv[1] });
    for (let turns = 0; looks === before && turns < 500; turns++) await new Promise((done) => setTimeout(done, 20));
    console.log(looks > before);
    await worker.terminate();`;
  assert.deepEqual(await run(story), ["true", ""]);
});

test("what a listener throws ends the process, as an event's listener does", async () => {
  const story = `
    process.on("uncaughtException", (error) => console.log("reported", error.message));
    const { Hub } = await import(process.argv[1]);
    const hub = new Hub();
    hub.subscribe(() => { throw new Error("a page's mistake"); });
    await hub.setToken({ token: "hf_nobody".padEnd(37, "7") });
    console.log(hub.session.status);`;
  const [told] = await run(story);
  assert.deepEqual(told.split("\n").sort(), ["reported a page's mistake", "reported a page's mistake", "signed_in"]);
});
