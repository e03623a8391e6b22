// Nothing is ever printed, whatever happens. tests/THREATS.md, row 76. In every other test the console is listened to as well;
// here it is a process of its own, so that what a runtime writes by itself counts too.
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { same } from "./support/check.mjs";
import { ENTRY } from "./support/entry.mjs";

const run = promisify(execFile);
const hard = (...names) => run(process.execPath, [`${import.meta.dirname}/support/hard.mjs`, ...names]);

for (const name of ["token-input", "answers", "redaction", "redirects", "errors", "hostile", "time"])
  test(`a process that runs the cases of ${name} prints nothing`, async () => {
    const { stdout, stderr } = await hard(name);
    same([stdout, stderr], ["", ""]);
  });

test("importing prints nothing, and starts nothing", async () => {
  const script = `
    let made = 0;
    globalThis.fetch = () => made++;
    for (const name of ["setTimeout", "setInterval", "queueMicrotask"]) { const real = globalThis[name]; globalThis[name] = (...args) => (made++, real(...args)); }
    const { random } = Math; Math.random = () => (made++, random());
    const { Instance } = WebAssembly; WebAssembly.Instance = function (...args) { made++; return new Instance(...args); };
    const hubkey = await import("${ENTRY}");
    hubkey.localStore(); hubkey.memoryStore(); hubkey.isHubError(new Error("x"));
    if (made) throw new Error("it did something");
  `;
  const { stdout, stderr } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd: import.meta.dirname });
  same([stdout, stderr], ["", ""]);
});

test("a rejected call that nobody waits for is the caller's, once", async () => {
  const script = `
    import { Hub } from "${ENTRY}";
    const seen = [];
    process.on("unhandledRejection", (error) => seen.push(error.code));
    new Hub().whoami();
    new Hub({ fetch: async () => { throw new Error("down"); }, token: "hf_".padEnd(37, "x") }).whoami().catch(() => {});
    await new Promise((done) => setTimeout(done, 100));
    process.stdout.write(JSON.stringify(seen));
  `;
  const { stdout, stderr } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd: import.meta.dirname });
  same([stdout, stderr], ['["no_token"]', ""]);
});

test("a process ends by itself when its calls are over", async () => {
  const script = `
    import { Hub } from "${ENTRY}";
    await new Hub({ fetch: async () => new Response('{"type":"user","name":"a"}'), token: "hf_".padEnd(37, "x") }).whoami();
    await new Hub({ fetch: () => new Promise(() => {}), token: "hf_".padEnd(37, "x"), timeoutMs: 20 }).whoami().catch(() => {});
  `;
  const started = Date.now();
  await run(process.execPath, ["--input-type=module", "-e", script], { cwd: import.meta.dirname, timeout: 10_000 });
  if (Date.now() - started > 5000) throw new Error("a timer kept the process");
});
