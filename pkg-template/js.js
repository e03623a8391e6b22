// For places that refuse WebAssembly: the same module as plain JavaScript.
import { start } from "./module.js";
import { makeGlue } from "./translated-glue.js";
import { instantiate } from "./translated.js";

start(instantiate, makeGlue);
export * from "./core.js";
