// Vercel Edge and other runtimes with the `edge-light` condition.
import module from "./hubkey_bg.wasm?module";
import { startWasm } from "./wasm.js";

startWasm(() => module);
export * from "./core.js";
