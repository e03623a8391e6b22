// A clock that a case turns: what waits for a minute goes on at once, in the right order.
import { amid } from "./spy.mjs";

/** How long an answer and a store are waited for: what is under way takes real time, and is not cut short by a busy machine. */
const LIMITS = [2000, 10_000];

/** Runs with timers and clocks of its own, which go on when nobody has anything else to do. */
export async function hurried(run) {
  const { setTimeout: later, Date: calendar } = globalThis, began = Date.now(), since = Math.round(performance.now()), timers = new Set();
  let now = 0, set = 0;
  class Timer {
    constructor(run, ms) {
      Object.assign(this, { run, ms, at: now + ms, nth: set++ });
      timers.add(this);
    }
    // Node's own fetch asks for it, of timers that are none of a case.
    unref() {
      timers.delete(this);
      // By the real calendar, or it finds everything overdue. It may be called off by the real clock's function, which does not
      // know it, and what it was for be gone by then.
      later(() => {
        const { Date: turned } = globalThis;
        globalThis.Date = calendar;
        try { if (!this.off) this.run(); } catch {} finally { globalThis.Date = turned; }
      }, this.ms).unref?.();
      return this;
    }
  }
  const turned = {
    setTimeout: (fn, ms = 0, ...args) => new Timer(() => fn(...args), Number(ms)),
    clearTimeout: (it) => {
      timers.delete(it);
      if (it) it.off = true;
    },
    performance: { now: () => since + now },
    Date: class extends Date {
      constructor(...args) { super(...(args.length ? args : [began + now])); }
      static now() { return began + now; }
    },
  };
  return amid(turned, async () => {
    let done = false;
    const work = run().finally(() => { done = true; });
    work.catch(() => {});
    while (!done) {
      await new Promise((next) => later(next, 15));
      const [next] = [...timers].sort((a, b) => a.at - b.at || a.nth - b.nth);
      if (LIMITS.includes(next?.ms)) await new Promise((next) => later(next, 500));
      if (done || !timers.has(next)) continue;
      timers.delete(next);
      now = Math.max(now, next.at);
      next.run();
    }
    return work;
  });
}

/** Runs with a calendar that is so far ahead; timers stay as they are. */
export const ahead = (ms, run) => {
  const { Date: real } = globalThis;
  return amid({ Date: class extends real {
    constructor(...args) { super(...(args.length ? args : [real.now() + ms])); }
    static now() { return real.now() + ms; }
  } }, run);
};
