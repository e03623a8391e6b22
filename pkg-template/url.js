// For callers who want the module as a file of its own, compiled while it streams in.
import { startWasm } from "./wasm.js";

const answer = await fetch(new URL("./hubkey_bg.wasm", import.meta.url));
if (!answer.ok) throw new Error(`cannot load ${answer.url}: ${answer.status}`);
let load;
try {
  const module = /^application\/wasm/.test(answer.headers.get("content-type") ?? "")
    ? await WebAssembly.compileStreaming(answer)
    : await WebAssembly.compile(await answer.arrayBuffer());
  load = () => module;
} catch (error) {
  // Told at the first use, as by the other entries.
  load = () => { throw error; };
}
startWasm(load);
export * from "./core.js";
