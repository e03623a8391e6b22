// Keeps a sign-in alive: its token is renewed before it ends, and when the Hub calls it bad. A refresh token is good for
// one use, so that two who use it end the sign-in for both: whoever needs a renewal shares the one under way in this page,
// and tabs take turns under a lock, where the store is read again first.

import { refuse } from "./error.js";
import { LONGEST } from "./host.js";
import { guarded } from "./module.js";
import { broken } from "./oauth-error.js";
import { oauthWord, tokenRequest } from "./oauth-wire.js";

const EARLY_MS = 5 * 60_000;
/** A tab that may hold the lock for longer than another waits for it would be overtaken in the middle. */
const WORK_MS = 8_000, LOCK_MS = 10_000;
/** Until what another tab wrote is seen in this one: Firefox shows each process a picture of localStorage that may be a little old. */
const SEEN_MS = 100;
/** How long a call waits for a renewal while its token still lasts. */
const BEHIND_MS = 2_000;
/** After a failure, while the token still lasts. */
const REST_MS = 30_000;
/** After a failure, for those who met it together. */
const SAME_MS = 2_000;
const TRIES = 2;

/** Renewals under way, by the place that the sign-in is kept in. */
const flights = new Map();

export const ended = () => refuse("signed_out", "the sign-in has ended: the Hub does not renew it any more, or it was ended in another tab", "sign in again: hub.signIn()");

/** Since when somebody has their turn, where a promise belongs to the request that made it and there is nothing to wait for. */
const turns = new Map();
const LOOK_MS = 20;

/** The work, unless the caller leaves, or has no time for it. */
const unless = (signal, ms, work) => new Promise((resolve, reject) => {
  const stop = () => reject(refuse("aborted", "the call was aborted", "the caller's signal ended it", signal.reason));
  const late = () => reject(broken("timeout", "the time was up before the sign-in was renewed", "try again"));
  const timer = ms > 0 && ms < LONGEST ? setTimeout(late, ms) : undefined;
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop, { once: true });
  work.then(resolve, reject).finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  });
});

/** The same for requests of one isolate: each looks by a timer of its own. */
const inTurnAlone = async (key, work) => {
  while (Date.now() - turns.get(key) < LOCK_MS) await new Promise((done) => setTimeout(done, LOOK_MS));
  const since = Date.now();
  turns.set(key, since);
  try { return await work(); } finally { if (turns.get(key) === since) turns.delete(key); }
};

/** Which page has the turn. */
const holder = async (locks, name) => (await locks.query()).held?.find((it) => it.name === name)?.clientId;

/** One after the other in all tabs; whoever waits for the same one all the time goes on alone. */
const inTurn = async (name, key, work) => {
  if (guarded.alone) return inTurnAlone(key, work);
  const locks = globalThis.navigator?.locks;
  if (!name || !locks) return work();
  let began = false;
  const run = () => ((began = true), work());
  try {
    for (let before = await holder(locks, name);;) {
      try { return await locks.request(name, { signal: AbortSignal.timeout(LOCK_MS) }, run); }
      catch (error) {
        if (began) throw error;
        const now = await holder(locks, name);
        // Others were before us, and each had its time.
        if (now === undefined || now === before) break;
        before = now;
      }
    }
  } catch (error) {
    // A sandbox may refuse locks as well.
    if (began) throw error;
  }
  return work();
};

/** `behind`: what is renewed early enough need not be waited for. On a server the answer is gone by then. */
export const renewal = (port, { clientSecret, behind = false } = {}) => {
  const { session } = port;
  /** The last failure: of which token, when, and what. */
  let failed = {};
  const since = (token) => failed.token === token ? performance.now() - failed.at : Infinity;

  const send = async ({ tokenEndpoint, refreshToken, clientId }) => {
    const { endpoint, fetch, offline, debug } = port, at = { endpoint, fetch, offline, debug };
    const until = performance.now() + WORK_MS;
    for (let tries = TRIES;;) {
      try {
        const form = { grant_type: "refresh_token", refresh_token: refreshToken, client_id: clientId };
        return await tokenRequest({ ...at, timeoutMs: until - performance.now() }, tokenEndpoint, form, { clientSecret });
      } catch (error) {
        // Told to wait, the next call waits.
        if (!--tries || !error.retryable || error.code === "rate_limited" || performance.now() > until - 1_000) throw error;
      }
    }
  };

  const work = async (used, which) => {
    const { area, tabs } = port.place ?? {};
    // A store that fails has nothing newer to say.
    await port.look().catch(() => {});
    if (area && tabs && session.held === used) {
      await new Promise((done) => setTimeout(done, SEEN_MS));
      await port.look().catch(() => {});
    }
    const { grant, held: token, profile } = session;
    if (!token) throw ended();
    // Somebody else's by now: what was asked as the one before is not asked as this one.
    if (grant?.id !== which) return false;
    if (token !== used) return true;
    let answer;
    try { answer = await send(grant); }
    catch (error) {
      if (oauthWord(error) !== "invalid_grant") {
        failed = { token, at: performance.now(), error };
        throw error;
      }
      await port.look().catch(() => {});
      if (session.grant?.id === which && session.held !== used) return true;
      if (session.held === used) await port.end(profile);
      throw ended();
    }
    const { accessToken, refreshToken, expiresIn, scope } = answer;
    const lifetimeMs = expiresIn == null ? null : expiresIn * 1000;
    const next = { ...grant, refreshToken: refreshToken ?? grant.refreshToken, lifetimeMs, expiresAt: lifetimeMs === null ? null : Date.now() + lifetimeMs, scope: scope ?? grant.scope };
    // Written before anybody is told, or a page that closes now takes the only good token along.
    if (!(await port.renewed({ token: accessToken, grant: next, profile }))) {
      await port.look().catch(() => {});
      throw ended();
    }
    return true;
  };

  /** True when the same call has another token to be made with. */
  const renew = async (used, signal, ms) => {
    const { grant, held: token } = session;
    if (!grant?.refreshToken) return false;
    if (token && token !== used) return true;
    if (since(used) < SAME_MS) throw failed.error;
    const place = port.place;
    const key = guarded.alone || !place ? session : place.id;
    let flight = flights.get(key);
    const joined = flight;
    if (!flight) {
      flight = inTurn(place?.tabs && `hubkey:renew:${place.at}`, port.shelf ?? session, () => work(used, grant.id));
      flights.set(key, flight);
      const over = () => flights.delete(key);
      flight.then(over, over);
    }
    await unless(signal, ms, flight);
    // Another client's work went by its own token.
    return joined ? renewedSince(used, grant.id, signal, ms) : flight;
  };

  const renewedSince = async (used, which, signal, ms) => {
    if (session.held === used) await port.look().catch(() => {});
    if (session.grant?.id !== which) return false;
    return session.held !== used || renew(used, signal, ms);
  };

  /** Before a call goes out. */
  const fresh = async (signal, ms) => {
    if (session.snapshot.status === "unknown") await port.look().catch(() => {});
    const { grant, held: token, ends } = session;
    if (!token || !grant?.refreshToken) return;
    const left = ends - performance.now();
    // One that lives shorter than that would be renewed at each call.
    if (!(left < Math.min(EARLY_MS, (grant.lifetimeMs ?? Infinity) / 2))) return;
    if (since(token) < (left > 0 ? REST_MS : SAME_MS)) return;
    const work = renew(token, signal, behind && left > BEHIND_MS && !guarded.alone ? Math.min(BEHIND_MS, ms || Infinity) : ms);
    try { await work; }
    catch (error) {
      // Otherwise the token that there is goes out: the clock of this device may be wrong, and a 401 would tell.
      if (error.code === "signed_out" || error.code === "aborted") throw error;
    }
  };

  return { fresh, renew };
};
