// For callers who want the module as a file of its own, compiled while it streams in.
import { refuse } from "./error.js";
import { startWasm } from "./wasm.js";

const file = new URL("./hubkey_bg.wasm", import.meta.url);
const missing = (why, cause) =>
  refuse("network", `hubkey/url could not load ${file.href}: ${why}`, 'import "hubkey", which needs no file, where a bundler copies none or fetch reads none', cause);
let load;
try {
  const answer = await fetch(file).catch((error) => { throw missing(error?.message, error); });
  if (!answer.ok) throw missing(answer.status);
  const compiled = /^application\/wasm/.test(answer.headers.get("content-type") ?? "")
    ? await WebAssembly.compileStreaming(answer)
    : await WebAssembly.compile(await answer.arrayBuffer());
  load = () => compiled;
} catch (error) {
  // Told at the first use, as by the other entries.
  load = () => { throw error; };
}
startWasm(load);
export * from "./core.js";
