// Vercel Edge and other runtimes with the `edge-light` condition.
import compiled from "./hubkey_bg.wasm?module";
import { startWasm } from "./wasm.js";

startWasm(() => compiled);
export * from "./core.js";
