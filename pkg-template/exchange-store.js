// A store with nothing in it but the last token that an exchange gave. The client has it renewed before a call and after a
// 401, outside of the two seconds that a store is given; whoever only reads the store gets one too.

import { together } from "./flight.js";
import { feeds } from "./inner.js";
import { guarded } from "./module.js";
import { broken } from "./oauth-error.js";

/** After a failure while the old token still does, and after a token that was refused. */
const REST_MS = 30_000;

/**
 * @param {(at: object, signal?: AbortSignal) => Promise<{ accessToken: string, expiresIn: number | null, earlyMs: number }>} exchange
 */
export const exchangeStore = (exchange) => {
  /** By endpoint; one that was forgotten is another's, whatever is still under way for it. */
  const cells = new Map(), flights = together();
  const cellOf = (endpoint) => {
    let cell = cells.get(endpoint);
    if (!cell) cells.set(endpoint, (cell = { ends: -Infinity, renewAt: -Infinity, failedAt: -Infinity, refusedAt: -Infinity }));
    return cell;
  };

  const renewed = async (at, cell, signal) => {
    if (signal?.aborted) throw broken("aborted", "the call was aborted", "the caller's signal ended it", { cause: signal.reason });
    const work = async (by) => {
      try {
        const { accessToken, expiresIn, earlyMs } = await exchange(at, by);
        const now = performance.now(), lifetimeMs = expiresIn === null ? Infinity : expiresIn * 1000;
        // One that lives shorter than that would be exchanged at each call.
        Object.assign(cell, { token: accessToken, ends: now + lifetimeMs, renewAt: now + lifetimeMs - Math.min(earlyMs, lifetimeMs / 2), failedAt: -Infinity });
        return true;
      } catch (error) {
        cell.failedAt = performance.now();
        throw error;
      }
    };
    // In workerd a promise belongs to the request that made it.
    await ((guarded?.alone ?? true) ? work(signal) : flights(cell, signal, work));
  };

  const store = {
    kind: "getter",
    async load(key) {
      const endpoint = key.replace(/^hubkey:/, ""), cell = cellOf(endpoint);
      if (!cell.token || performance.now() >= cell.ends) await renewed(cell.at ?? { endpoint }, cell);
      return cell.token;
    },
  };

  feeds.set(store, (port) => {
    const { session } = port;
    const mine = () => {
      const cell = cellOf(port.endpoint);
      cell.at = port;
      return cell;
    };
    mine();
    /** Whether the client asks the store, or has another token: of a sign-in, of its options, of its environment. */
    const asks = () => !session.pinned && !(session.held && session.source !== "getter");
    return {
      async fresh(signal) {
        if (!asks()) return;
        const cell = mine(), now = performance.now(), does = cell.token && now < cell.ends;
        if (does && (now < cell.renewAt || now - cell.failedAt < REST_MS)) return;
        try { await renewed(port, cell, signal); }
        catch (error) {
          if (!does || error.code === "aborted") throw error;
        }
      },

      /** True when the same call has another token to be made with. */
      async renew(used, signal) {
        if (!asks()) return false;
        const cell = mine(), now = performance.now();
        if (cell.token && cell.token !== used) return true;
        if (cell.token) {
          // It is not the token that is wrong when a new one was refused as well.
          if (now - cell.refusedAt < REST_MS) return false;
          cell.refusedAt = now;
          cell.token = undefined;
        }
        await renewed(port, cell, signal);
        return cell.token !== used;
      },

      forget: () => void cells.delete(port.endpoint),
    };
  });
  return store;
};
