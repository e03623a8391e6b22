// Cloudflare Workers compile no bytes at run time; they import the module.
import module from "./hubkey_bg.wasm";
import { startWasm } from "./wasm.js";

startWasm(() => module, 50);
export * from "./core.js";
