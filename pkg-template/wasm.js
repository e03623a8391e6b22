// How the entries over WebAssembly start.

import { isHubError, refuse } from "./error.js";
import { makeGlue } from "./glue.js";
import { guarded, start } from "./module.js";

// Only the first use may fail: a throw while importing would take the page's other modules along.
const blocked = (cause) => {
  const js = 'import "hubkey/js", which does without';
  const [message, hint] = globalThis.WebAssembly === undefined
    ? ["there is no WebAssembly here (Lockdown Mode and engines without a compiler have none)", js]
    : /unsafe-eval|CSP|Content.Security.Policy/i.test(cause?.message)
      ? ["WebAssembly is blocked by this page's Content-Security-Policy", `add 'wasm-unsafe-eval' to script-src, or ${js}`]
      : ["WebAssembly could not be started here", js];
  return refuse("wasm_blocked", `${message}: ${hint}`, hint, cause);
};

/** @param {() => WebAssembly.Module} load called once, at the first use */
export const startWasm = (load, poll) => {
  let compiled;
  const instantiate = (imports) => {
    try {
      // On a line of its own: looking at a WebAssembly that is not there throws another error.
      compiled ??= load();
      // Where a policy forbids it, WebKit compiles all the same and throws here.
      return new WebAssembly.Instance(compiled, imports).exports;
    } catch (error) {
      // No room for one more instance; it has worked before.
      throw error instanceof RangeError || isHubError(error) ? error : blocked(error);
    }
  };
  // Where a program imports "hubkey/js" too, somebody had a reason to.
  if (!guarded) start(instantiate, makeGlue, poll);
};
