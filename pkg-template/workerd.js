// Cloudflare Workers compile no bytes at run time; they import the module.
import module from "./hubkey_bg.wasm";
import { start } from "./module.js";

start(() => module, 50);
export * from "./core.js";
