// The module that all clients share. Not among what the package exports: only its entries start it.

import { isHubError, refuse } from "./error.js";
import { guard } from "./guard.js";

// Not `module`: runners that wrap a file in a function have a parameter of that name.
export let guarded;

/** What an engine itself says of a trap; anything else that came through may carry what it was about. */
const TRAPS = () => [globalThis.WebAssembly?.RuntimeError, RangeError, globalThis.InternalError];

/** Each entry says once how its place makes an instance. Nothing runs before the first use. */
export const start = (instantiate, makeGlue, poll) => {
  const panicked = (cause) => {
    // It was no panic, and said what it was.
    if (isHubError(cause)) return cause;
    const own = TRAPS().some((it) => it && cause instanceof it);
    return refuse("internal_panic", "an internal error ended this call", "a bug of ours; the next call works. Please report it", own ? cause : undefined);
  };
  guarded = guard(instantiate, makeGlue, panicked, poll);
};
