// Vercel Edge and other runtimes with the `edge-light` condition.
import module from "./hubkey_bg.wasm?module";
import { start } from "./module.js";

start(() => module);
export * from "./core.js";
