// Signing in from a page: by leaving it and coming back, or in a window beside it. Without a page the caller leads the
// person to the address and hands in the one that they come back with.

import { refuse } from "./error.js";
import { broken } from "./oauth-error.js";
import { begin, callbackOf, clientIdOf, finish, isBare, OURS, returnTo } from "./oauth-flow.js";
import { signedIn } from "./oauth-identity.js";
import { keeping } from "./oauth-kept.js";
import { handOver, MARK, openWindow, waitFor } from "./oauth-popup.js";
import { canonical } from "./oauth-wire.js";
import { own, patience, reading } from "./options.js";

const wrong = (message, hint) => refuse("invalid_argument", message, hint);
const hasPage = () => typeof document !== "undefined";

const framed = () => {
  try { return globalThis.top !== globalThis.self; } catch { return true; }
};

const taken = (options) => {
  const all = own(options);
  reading(() => patience(all));
  for (const name of ["popup", "remember"]) if (all[name] != null && typeof all[name] !== "boolean") throw wrong(`\`${name}\` should be true or false`, "see the types of the package");
  if (all.navigate != null && typeof all.navigate !== "function") throw wrong("`navigate` should be a function", "signIn({ navigate: (url) => … })");
  return all;
};

/** The address bar without what came back; the rest of it is the app's. */
const tidy = (url) => {
  const came = /^(code|state|iss|error|error_description|error_uri)(=|$)/;
  // By hand: whoever takes a query apart writes the rest of it anew.
  url.search = url.search.slice(1).split("&").filter((it) => !came.test(it)).join("&");
  try { history.replaceState(history.state, "", url.href); } catch {}
};

/** The page ends here, unless the person comes back to it as it was: then nobody should wait for ever. */
const away = (signal) => new Promise((_, reject) => {
  const end = (error) => {
    removeEventListener("pageshow", back);
    signal?.removeEventListener("abort", stop);
    reject(error);
  };
  const back = ({ persisted }) => { if (persisted) end(broken("access_denied", "the person came back without an answer", "sign in again to be asked once more")); };
  const stop = () => end(broken("aborted", "the call was aborted", "the caller's signal ended it", { cause: signal.reason }));
  addEventListener("pageshow", back);
  signal?.addEventListener("abort", stop);
});

/**
 * Callbacks under way in this page, by their state; and the one that was found in the address bar, which is gone from there. Each with
 * whose it is: a page may have several apps, and another's sign-in is nobody's business.
 */
const flights = new Map();
let current;

export const page = (port, defaults) => {
  const kept = keeping();
  /** Ends the wait for the window that was opened before. */
  let before;

  const given = (all) => {
    const { redirectUrl = defaults.redirectUrl ?? (hasPage() ? location.origin + location.pathname : undefined) } = all;
    // The app is the client's: by that it knows its own sign-ins again.
    return { ...defaults, ...all, clientId: defaults.clientId, redirectUrl };
  };

  const mine = () => {
    let clientId;
    // What a Space has in its page may be missing.
    try { clientId = clientIdOf(defaults); } catch {}
    return { clientId, issuer: canonical(port.endpoint), place: port.place?.id ?? port };
  };
  const isMine = ({ clientId, issuer }) => clientId === mine().clientId && issuer === mine().issuer;
  /** Of one app and one store: what becomes of one is there for the other. */
  const isOne = (it) => isMine(it) && it.place === mine().place;

  const exchange = async (url, transaction, { signal, remember }) => signedIn(port, await finish(port, url, transaction, { signal, clientSecret: defaults.clientSecret }), { signal, remember: remember ?? transaction?.remember, first: true });

  const byWindow = async (all) => {
    const asked = given(all), { signal, remember } = all;
    returnTo(asked.returnTo);
    clientIdOf(asked);
    const there = openWindow(framed());
    let done;
    try {
      // It is handed back within one origin.
      if (URL.canParse?.(asked.redirectUrl) && new URL(asked.redirectUrl).origin !== location.origin) throw wrong("a window comes back to this page's own origin", "leave `redirectUrl` out, or give one of this origin");
      before?.();
      const { url, transaction } = await begin(port, asked, MARK);
      const stop = new AbortController();
      before = () => stop.abort(new DOMException("another sign-in was begun", "AbortError"));
      const leave = () => stop.abort(signal.reason);
      if (signal?.aborted) leave();
      signal?.addEventListener("abort", leave);
      done = () => signal?.removeEventListener("abort", leave);
      const { answer } = await waitFor(there, transaction.state, { signal: stop.signal, late: (it) => void exchange(it, transaction, { remember }).catch(() => {}) });
      there.location.replace(url);
      return await exchange(await answer, transaction, { signal, remember });
    } finally {
      try { there.close(); } catch {}
      done?.();
    }
  };

  const signIn = async (options) => {
    const all = taken(options);
    if (hasPage() && !all.navigate && (all.popup ?? framed())) return byWindow(all);
    if (!hasPage() && !all.navigate) throw wrong("there is no page here to leave", "pass signIn({ navigate: (url) => … }) and later handleRedirect({ url }); on a server use hubkey/server, in a terminal deviceLogin()");
    const { url, transaction } = await begin(port, given(all));
    kept.put(transaction.state, { ...transaction, remember: all.remember });
    if (all.navigate) {
      await all.navigate(url);
      return null;
    }
    location.assign(url);
    return away(all.signal);
  };

  /** Whether the address is one that a sign-in of ours comes back to. */
  const isOurs = (url, parts) => {
    const { code, error, state } = parts;
    if (code === undefined && error === undefined) return false;
    if (state?.startsWith(OURS)) return true;
    const leadsHere = (it) => {
      try {
        const { origin, pathname } = new URL(it);
        return origin === url.origin && pathname === url.pathname;
      } catch { return false; }
    };
    if (state !== undefined || code !== undefined) return leadsHere(defaults.redirectUrl);
    // An app's own `?error=` looks the same; who began one that comes back here knows better.
    if (!isBare(parts)) return false;
    const begun = kept.all().filter((it) => it && leadsHere(it.redirectUrl));
    return begun.length ? begun.some((it) => isMine(it)) : leadsHere(defaults.redirectUrl);
  };

  /** Begun in this page by another app's client. */
  const isOthers = ({ state }) => {
    const under = flights.get(state), begun = kept.look(state);
    return under ? !isOne(under) : begun ? !isMine(begun) : false;
  };

  const handle = async (url, parts, all) => {
    // First of all, whatever comes of it: a code is good once.
    const transaction = parts.state === undefined ? undefined : kept.take(parts.state);
    if (!transaction && hasPage() && !parts.twice && parts.state?.startsWith(OURS + MARK) && (await handOver(url, parts.state))) return null;
    return exchange(url, transaction, all);
  };

  const shared = (url, parts, all) => {
    const key = parts.state ?? "";
    const under = flights.get(key);
    if (under && isOne(under)) return under.flight;
    const flight = handle(url, parts, all), it = { ...mine(), flight };
    flights.set(key, it);
    const over = () => { if (flights.get(key) === it) flights.delete(key); };
    flight.then(over, over);
    return flight;
  };

  const handleRedirect = async (options) => {
    const all = taken(options);
    if (all.url !== undefined) {
      const url = reading(() => all.url?.href ?? all.url), parts = callbackOf(url);
      if (parts.code === undefined && parts.error === undefined && parts.state === undefined) return null;
      if (isOthers(parts)) return null;
      return hasPage() ? shared(url, parts, all) : handle(url, parts, all);
    }
    if (!hasPage()) throw wrong("there is no address bar here", "pass the address that the person came back with: handleRedirect({ url })");
    const url = new URL(location.href), { href } = url, parts = callbackOf(href);
    // Somebody else in this page took it out of the address bar already.
    if (!isOurs(url, parts)) return current && isOne(current) ? current.flight : null;
    if (isOthers(parts)) return null;
    tidy(url);
    const flight = shared(href, parts, all), it = (current = { ...mine(), flight });
    const over = () => { if (current === it) current = undefined; };
    flight.then(over, over);
    return flight;
  };

  return { signIn, handleRedirect };
};
