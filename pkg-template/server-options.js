// The options of `sessions`, looked at when the server starts: a mistake there should not wait for the first visitor.

import { refuse } from "./error.js";
import { clientIdOf, secretOf, wishOf } from "./oauth-flow.js";
import { isSafe } from "./oauth-wire.js";
import { own, reading } from "./options.js";
import { secretsIn } from "./server-seal.js";

const MONTH_S = 30 * 86_400;
/** What the visitor's client and each sign-in are told alike. */
const OF_THE_HUB = ["endpoint", "origins", "fetch", "timeoutMs", "maxRetries", "maxWaitMs", "offline", "debug"];

const wrong = (message, hint) => refuse("invalid_argument", message, hint);

const pathOf = ({ path = "/auth" }) => {
  if (typeof path !== "string" || !/^(\/[\w.~-]+)+$/.test(path) || /\/\.{1,2}(\/|$)/.test(path)) throw wrong("`path` should be a path that begins with a slash and ends without one", 'login, callback, logout and session are below it: "/auth"');
  return path;
};

const cookieOf = ({ cookie = "hubkey" }) => {
  if (typeof cookie !== "string" || !/^[\w-]{1,40}$/.test(cookie) || /^__(host|secure)-/i.test(cookie)) throw wrong("`cookie` should be a name of letters, digits, _ and -", "the prefix __Host- is put in front by itself");
  return cookie;
};

const lastingOf = ({ maxAgeSeconds = MONTH_S }) => {
  // Browsers keep no cookie for longer than 400 days.
  if (!Number.isInteger(maxAgeSeconds) || maxAgeSeconds < 60 || maxAgeSeconds > 400 * 86_400) throw wrong("`maxAgeSeconds` should be a whole number of seconds, from a minute to 400 days", "a session ends after that, however much it is used");
  return maxAgeSeconds;
};

const backOf = ({ redirectUrl }, path) => {
  if (redirectUrl == null) return;
  let url;
  try { url = new URL(redirectUrl); } catch {}
  if (!url || !isSafe(url) || url.hash || url.username) throw wrong("`redirectUrl` should be the callback's whole address", "as in the app's settings: https://app.example/auth/callback; http is for loopback");
  // What comes back to another place would never be seen.
  if (url.pathname !== `${path}/callback`) {
    const [, above] = /^(\/.+)\/callback$/.exec(url.pathname) ?? [];
    throw wrong(`\`redirectUrl\` is not where the callback is: ${path}/callback`, above ? `pass path: "${above}" as well` : `make it ${url.origin}${path}/callback, in the app's settings too`);
  }
  return url.href;
};

export const settings = (options) => reading(() => {
  const all = own(options), { embedded = false, store, onError } = all;
  if (![true, false, "partitioned"].includes(embedded)) throw wrong('`embedded` should be true, false or "partitioned"', "it is for apps that are shown in a frame, such as Spaces");
  if (store != null && typeof store.session !== "function") throw wrong("`store` should be a store for sessions", "durableObjectSessions(env.SESSIONS), or leave it out for sealed cookies");
  if (onError != null && typeof onError !== "function") throw wrong("`onError` should be a function", "it gets the error and the request, and gives a Response");
  const hub = {};
  for (const key of OF_THE_HUB) if (all[key] != null) hub[key] = all[key];
  const clientSecret = secretOf(all);
  // Looked at here, where they were written.
  wishOf(all);
  const path = pathOf(all);
  return {
    hub, embedded, store, onError, clientSecret,
    app: { clientId: clientIdOf(all), scopes: all.scopes, orgIds: all.orgIds },
    secrets: secretsIn(all.secrets), path, cookie: cookieOf(all), maxAgeSeconds: lastingOf(all), redirectUrl: backOf(all, path),
  };
});

/** Where http is safe. */
const isLoopback = ({ hostname }) => isSafe({ protocol: "http:", hostname });

/** What a server is to its visitors: where it is, and how its cookies have to be. */
export const placeOf = (request, { redirectUrl, path, embedded, cookie }) => {
  // Behind a proxy that takes the encryption off, only the option knows.
  const url = new URL(redirectUrl ?? `${new URL(request.url).origin}${path}/callback`);
  if (!isSafe(url)) throw wrong("sessions need https here", "serve it over https, or set redirectUrl to the public address where a proxy takes the encryption off");
  const secure = url.protocol === "https:";
  if (embedded && !secure) throw wrong("a session in a frame needs https", "leave out `embedded` on loopback");
  // Cookies know no ports, and on a developer's machine each port is an app.
  const name = isLoopback(url) && url.port ? `${cookie}-${url.port}` : cookie;
  // The prefix: set by this very host alone, and by no neighbour below the same domain.
  return { origin: url.origin, redirectUrl: url.href, name: secure ? `__Host-${name}` : name, how: { secure, embedded } };
};

/**
 * Whether one of our own pages asks. A read that says nothing of its origin is let pass: no other page gets to see the answer.
 */
export const isOwn = (request, origin) => {
  const site = request.headers.get("sec-fetch-site"), from = request.headers.get("origin");
  if (site) return site === "same-origin";
  if (from) return from === origin;
  return /^(GET|HEAD)$/.test(request.method);
};
