// Plays cases where there is no Node: in a page, in workerd. One case at a time, told by file and sentence; the answer is
// plain data, because it crosses a bridge.
import { everything } from "../support/check.mjs";
import { listen } from "../support/console.mjs";
import { connect } from "../support/control.mjs";

/** Longer than any case takes on a busy machine; what hangs must not hang the others. */
const LIMIT_MS = 30_000;
// The platform's own, because cases put theirs in its place.
const { setTimeout, clearTimeout } = globalThis;

const stray = [];
addEventListener("error", ({ message }) => stray.push(`error: ${message}`));
addEventListener("unhandledrejection", ({ reason }) => stray.push(`unhandled: ${reason}`));

export function player(hubkey, tables, { hubUrl, cdnUrl }) {
  let at;
  return async (file, name) => {
    at ??= connect(hubUrl, cdnUrl).then((it) => ({ ...it, hubkey, inspect: everything }));
    const run = tables[file][name];
    // Storage of the place outlasts a case.
    for (const area of [globalThis.localStorage, globalThis.sessionStorage]) area?.clear();
    // Who somebody is is remembered for a minute, for all clients, and forgotten when one signs out.
    await new hubkey.Hub().logout();
    stray.length = 0;
    const stop = listen();
    let timer, failure;
    const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`not done after ${LIMIT_MS} ms`)), LIMIT_MS); });
    try {
      await Promise.race([run(await at), late]);
    } catch (error) {
      failure = { message: `${error?.message ?? error}`, stack: `${error?.stack ?? ""}`, cause: error?.cause && `${error.cause?.stack ?? error.cause}` };
    } finally {
      clearTimeout(timer);
      // Rejections that nobody handled are told at the end of the turn.
      await new Promise((done) => setTimeout(done, 0));
    }
    return { failure, heard: [...stop(), ...stray] };
  };
}
