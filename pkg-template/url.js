// For callers who want the module as a file of its own, compiled while it streams in.
import { start } from "./module.js";

const answer = await fetch(new URL("./hubkey_bg.wasm", import.meta.url));
if (!answer.ok) throw new Error(`cannot load ${answer.url}: ${answer.status}`);
const module = /^application\/wasm/.test(answer.headers.get("content-type") ?? "")
  ? await WebAssembly.compileStreaming(answer)
  : await WebAssembly.compile(await answer.arrayBuffer());
start(() => module);
export * from "./core.js";
