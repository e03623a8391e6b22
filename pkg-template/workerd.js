// Cloudflare Workers compile no bytes at run time; they import the module.
import compiled from "./hubkey_bg.wasm";
import { startWasm } from "./wasm.js";

startWasm(() => compiled, 50);
export * from "./core.js";
