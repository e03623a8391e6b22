// One piece of work for all who want it at the same time. It is aborted when the last of them has left.

import { refuse } from "./error.js";

export const together = () => {
  const flights = new Map();
  /** `run` gets a signal, and gives plain data. */
  return (key, signal, run) => {
    let it = flights.get(key);
    if (!it) {
      const controller = new AbortController();
      flights.set(key, (it = { controller, waiting: 0, work: run(controller.signal) }));
      const over = () => { if (flights.get(key) === it) flights.delete(key); };
      it.work.then(over, over);
    }
    const first = !it.waiting++;
    return new Promise((resolve, reject) => {
      const left = () => {
        reject(refuse("aborted", "the call was aborted", "the caller's signal ended it", signal.reason));
        if (--it.waiting) return;
        flights.delete(key);
        it.controller.abort(signal.reason);
      };
      const end = (settle) => (value) => {
        signal?.removeEventListener("abort", left);
        settle(value);
      };
      signal?.addEventListener("abort", left);
      // What one of them does with the answer is not the others' concern.
      it.work.then(end((value) => resolve(first ? value : JSON.parse(JSON.stringify(value)))), end(reject));
    });
  };
};
