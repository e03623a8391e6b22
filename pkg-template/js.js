// For places that refuse WebAssembly: the same module as plain JavaScript.
import { inner } from "./inner.js";
import { start } from "./module.js";
import { makeGlue } from "./translated-glue.js";
import { instantiate } from "./translated.js";

start(instantiate, makeGlue);
inner.js = true;
export * from "./core.js";
