// One visitor during one request: a client whose store is the visitor's own session, and what has to be said to the browser
// when that changed.

import { Hub } from "./core.js";
import { refuse } from "./error.js";
import { plugs } from "./inner.js";
import { renewal } from "./oauth-renew.js";
import { fits, gathered, spread } from "./server-cookies.js";
import { isOwn } from "./server-options.js";
import { refreshingOnce } from "./server-shared.js";
import { everShorter } from "./server-slim.js";

const elsewhere = (name) => async () => {
  throw refuse("invalid_argument", `${name}() is for pages`, "on a server the visitor signs in by the route /login of sessions()");
};

/** The visitor's client, and the port by which a sign-in is put into it. */
export const clientOf = ({ hub: options, clientSecret }, held) => {
  let port;
  const plug = Object.freeze({});
  plugs.set(plug, (it) => {
    port = it;
    // Alone: in a server, clients of different visitors have nothing in common to take turns at.
    const { fresh, renew } = held.renewal?.(it) ?? renewal(Object.create(it, { place: { value: undefined }, fetch: { value: refreshingOnce(it.fetch) } }), { clientSecret });
    return {
      signIn: elsewhere("signIn"), handleRedirect: elsewhere("handleRedirect"), deviceLogin: elsewhere("deviceLogin"),
      // What comes after the answer's headers could no longer be told to the browser, and a token that was renewed would be lost.
      fresh: async (signal) => { if (!held.told) await fresh(signal); },
      renew: async (used, signal) => !held.told && renew(used, signal),
    };
  });
  const hub = new Hub({ ...options, store: held.store, oauth: plug });
  return { hub, port };
};

/** A session in the cookie itself. */
export const inCookie = (opened) => {
  const held = { record: opened?.value?.record, until: opened?.until, changed: opened?.newest === false };
  held.store = {
    load: () => held.record ?? null,
    save: (record) => { held.changed ||= record !== held.record; held.record = record; },
    clear: () => { held.changed ||= held.record !== undefined; held.record = undefined; },
  };
  held.value = () => held.record === undefined ? undefined : { record: held.record };
  held.end = async () => held.store.clear();
  return held;
};

/** The session that a request brings, or an empty one. */
export const heldBy = async (cookies, { name }, { store, sealed, hub, clientSecret }) => {
  const text = gathered(cookies, name), opened = text === undefined ? undefined : await sealed.open(text);
  const held = store ? store.session(opened, { endpoint: hub.endpoint, clientSecret }) : inCookie(opened);
  // What does not open is taken away, or it would be sent for ever.
  if (!opened && cookies.has(name)) held.changed = true;
  return held;
};

/** The Set-Cookie values that a changed session makes. */
export const cookiesFor = async (held, cookies, { name, how }, { sealed }) => {
  const value = held.value(), seconds = Math.floor((held.until - Date.now()) / 1000);
  if (value === undefined || !(seconds > 0)) return spread(cookies, name, undefined, how, 0);
  let text;
  for (const it of everShorter(value)) if (fits((text = await sealed.seal(it, held.until)))) break;
  return spread(cookies, name, text, how, seconds);
};

/** The answer with cookies, which no cache may keep. */
export const withCookies = (response, all) => {
  if (!all.length) return response;
  // That of a fetch cannot be changed.
  const it = new Response(response.body, response);
  for (const one of all) it.headers.append("set-cookie", one);
  it.headers.set("cache-control", "no-store");
  return it;
};

export const visitorOf = async (request, cookies, place, settings) => {
  const held = await heldBy(cookies, place, settings), { hub, port } = clientOf(settings, held);
  await port.look();
  const { session } = port;
  return {
    hub,
    get signedIn() { return session.snapshot.status === "signed_in"; },
    get session() { return session.snapshot; },
    get scopes() { return this.signedIn ? (session.grant?.scope ?? "").split(" ").filter(Boolean) : []; },
    isOwnRequest: isOwn(request, place.origin),
    signOut: () => hub.logout(),
    async respond(response) {
      held.told = true;
      return held.changed ? withCookies(response, await cookiesFor(held, cookies, place, settings)) : response;
    },
  };
};
