// One piece of work for all requests of this isolate or process that need it, and its result for whoever comes a little
// later. In workerd no request may wait for another's promise, so those who come second look again and again, by
// timers of their own, for what the first one left.

const LOOK_MS = 20, SELDOM_MS = 200;
/** The first one may have been cut off with its request. */
const PATIENCE_MS = 15_000;
const MOST = 1000;

export const once = (memoryMs) => {
  const known = new Map();
  const sweep = (now) => {
    for (const [key, it] of known) if (it.until < now || known.size > MOST) known.delete(key);
  };

  return {
    /**
     * `run` gives plain data; what it throws is told to those who wait, and the next one tries again. Whoever has left by `signal`
     * must not go on to do it: nobody would hear what came of it.
     */
    async join(key, run, signal) {
      for (let pause = LOOK_MS; ;) {
        const now = Date.now();
        sweep(now);
        let it = known.get(key);
        if (!it) {
          known.set(key, (it = { until: now + PATIENCE_MS }));
          try {
            it.done = { value: await run() };
            it.until = Date.now() + memoryMs;
            return it.done.value;
          } catch (error) {
            it.done = { error };
            if (known.get(key) === it) known.delete(key);
            throw error;
          }
        }
        while (!it.done && it.until > Date.now()) {
          await new Promise((go) => setTimeout(go, pause));
          if (signal?.aborted) throw signal.reason;
          pause = Math.min(pause * 1.5, SELDOM_MS);
        }
        if (!it.done) { if (known.get(key) === it) known.delete(key); continue; }
        if (it.done.error) throw it.done.error;
        return it.done.value;
      }
    },
    /** What came of it, where that is known. */
    get: (key) => known.get(key)?.done?.value,
    forget: (key) => known.delete(key),
  };
};
