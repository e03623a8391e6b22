// Keeps a trap inside the module from becoming the caller's problem: every call that was under way rejects, its
// requests are aborted, and the next call runs in a new instance.
//
// The glue reaches the module only through the object given to __wbg_set_wasm, so wrapping the exports there covers
// every way in: methods, promise callbacks, queued microtasks, finalizers. Each instance has its own copy of the glue;
// late callbacks of a dead one would otherwise enter the new one.

// What a dead instance's late callbacks and finalizers meet in place of the module: memory, table and functions in one.
const nothing = Object.assign(() => [], { buffer: new ArrayBuffer(0), get() {}, set() {} });
const NOTHING = new Proxy({}, { get: () => nothing });

/**
 * @param {(imports: object) => Record<string, any>} instantiate gives the exports of a new instance
 * @param {() => Record<string, any>} makeGlue
 * @param {(cause: unknown) => Error} panicked makes the error of the calls that died
 * @param {number} [poll] milliseconds; workerd settles a promise only from its own request, so each call looks for itself
 */
export function guard(instantiate, makeGlue, panicked, poll) {
  let live;

  const boot = () => {
    const glue = makeGlue(), pending = new Set(), imports = {}, wrapped = {};
    let depth = 0;
    const me = {
      glue, pending, running: new Set(), trap: undefined, error: undefined,
      die() {
        glue.__wbg_set_wasm(NOTHING);
        me.error ??= panicked(me.trap);
        for (const it of me.running) {
          // workerd lets a request be aborted only from within the one that it belongs to, whose call looks for itself.
          try { it.abort(me.error); me.running.delete(it); } catch {}
        }
        if (!poll) for (const reject of pending) reject(me.error);
      },
    };
    for (const [from, all] of Object.entries(glue.imports)) {
      imports[from] = {};
      for (const name in all) imports[from][name] = (...args) => {
        // A dead instance has no more side effects.
        if (me.trap) throw me.trap;
        const out = all[name](...args);
        // It died meanwhile. A promise that is lost here minds for itself that nobody waits for it.
        if (me.trap) throw me.trap;
        return out;
      };
    }
    const exports = instantiate(imports);
    for (const name in exports) {
      const it = exports[name];
      wrapped[name] = typeof it !== "function" ? it : (...args) => {
        depth++;
        try { return it(...args); }
        // Nested: unwind the outer frames of the module too. Outermost: nothing escapes.
        catch (error) { me.trap ??= error ?? new Error("trap"); if (depth > 1) throw error; return []; }
        finally { if (!--depth && me.trap) me.die(); }
      };
    }
    glue.__wbg_set_wasm(wrapped);
    glue.start();
    return me;
  };

  const instance = () => {
    if (live?.trap) { live.die(); live = undefined; }
    // Chromium has no room for a new instance when a hundred died within one turn of the event loop.
    try { return (live ??= boot()); } catch (error) { throw panicked(error); }
  };

  return {
    /** Nothing may be awaited that another request began. */
    alone: !!poll,
    /** Runs something asynchronous in the instance. */
    call: (run) => new Promise((resolve, reject) => {
      const me = instance();
      let timer;
      const end = (settle) => (value) => {
        clearInterval(timer);
        me.pending.delete(reject);
        if (me.trap) { me.die(); reject(me.error); } else settle(value);
      };
      if (poll) timer = setInterval(() => me.trap && end()(), poll);
      me.pending.add(reject);
      try { Promise.resolve(run(me)).then(end(resolve), end(reject)); } catch (error) { end(reject)(error); }
    }),
    /** Runs something synchronous in the instance. */
    sync(run) {
      const me = instance();
      let out, thrown;
      try { out = run(me); } catch (error) { thrown = { error }; }
      if (me.trap) { me.die(); throw me.error; }
      if (thrown) throw thrown.error;
      return out;
    },
  };
}
