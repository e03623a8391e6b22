// Runs the cases in Node, each file against a localhub of its own, so that no file disturbs another.
import { after, test } from "node:test";
import { inspect } from "node:util";
import { listen as listenToConsole } from "./console.mjs";
import { connect } from "./control.mjs";
import { ENTRY } from "./entry.mjs";
import { localhub } from "./localhub.mjs";

const hubkey = await import(ENTRY);

/** The package and a localhub; it ends with this process, or when told. */
export async function start() {
  const { url, cdnUrl, stop } = await localhub();
  return { ...(await connect(url, cdnUrl)), hubkey, inspect: thorough, stop };
}

export const thorough = (it) => inspect(it, { depth: Infinity, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity });

/** What anybody says meanwhile, on the console or as a warning. */
function listen() {
  const stop = listenToConsole();
  const heard = [];
  const { write } = process.stderr;
  process.stderr.write = (text, ...rest) => {
    heard.push(`stderr: ${text}`);
    return write.call(process.stderr, text, ...rest);
  };
  const warned = (warning) => void heard.push(`warning: ${warning}`);
  process.on("warning", warned);
  return () => {
    process.stderr.write = write;
    process.off("warning", warned);
    return [...stop(), ...heard];
  };
}

/**
 * Each case is a test: its key the sentence, its value the run. Faults that nobody met fail it, and so does a word on
 * the console. `todo` names the cases that are known to fail, each with its reason.
 */
export async function play(table, todo = {}) {
  const at = await start();
  after(at.stop);
  for (const [name, run] of Object.entries(table))
    test(name, { todo: todo[name] }, async (t) => {
      await at.control.reset();
      // Who somebody is is remembered for a minute, for all clients, and forgotten when one signs out.
      await new hubkey.Hub().logout();
      const stop = listen();
      let heard;
      try {
        await run(at, t);
      } finally {
        heard = stop();
      }
      if (heard.length) throw new Error(`not quiet: ${heard.join("\n")}`);
      const left = await at.control.waiting();
      if (left.some((it) => it.times !== 0)) throw new Error(`nobody met this fault: ${JSON.stringify(left)}`);
    });
  return at;
}
