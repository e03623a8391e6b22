// The default entry: the module's bytes are in the package's JavaScript, so there is nothing to configure anywhere.
import bytes from "./bytes.js";
import { startWasm } from "./wasm.js";

startWasm(() => new WebAssembly.Module(bytes()));
export * from "./core.js";
