// The module that all clients share. Not among what the package exports: only its entries start it.

import { refuse } from "./error.js";
import { makeGlue } from "./glue.js";
import { guard } from "./guard.js";

export let module;

/** Each entry says once how its runtime comes by the module. Nothing runs before the first use. */
export const start = (load, poll) => {
  const panicked = (cause) => {
    // What the engine itself says of a trap; anything else that came through may carry what it was about.
    const own = cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError;
    return refuse("internal_panic", "an internal error ended this call", "a bug of ours; the next call works. Please report it", own ? cause : undefined);
  };
  module = guard(load, makeGlue, panicked, poll);
};
