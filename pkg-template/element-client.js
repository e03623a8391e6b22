// The client of an element that was given none: made of its attributes, one for all elements that say the same.

import { isHubError, refuse } from "./error.js";

const STORES = ["vault", "session", "local", "memory"];
/** The attributes that make another client when they change. */
export const NAMES = ["client-id", "scopes", "redirect-url", "endpoint", "store"];
/** By what the attributes say. */
const hubs = new Map();

/** Without a client id the page will set `hub`, perhaps later: a client made meanwhile would take the callback from that one. */
export const configured = (element) => (element.hasAttribute("client-id") ? JSON.stringify(NAMES.map((name) => element.getAttribute(name)?.trim() || undefined)) : undefined);

/** Another one only where none is, so that two elements do not refresh against each other. */
export const clientFor = (text) => {
  if (!hubs.has(text)) {
    const hub = make(JSON.parse(text));
    hubs.set(text, hub);
    // What could not be loaded can be tried again.
    hub.catch(() => hubs.delete(text));
  }
  return hubs.get(text);
};

const make = async ([clientId, scopes, redirectUrl, endpoint, store]) => {
  // It lasts, all tabs share it and take turns with it, and where there is no database it makes do.
  const kind = store ?? "vault";
  if (!STORES.includes(kind)) throw refuse("invalid_argument", "`store` names no store", 'store="vault", "session", "local" or "memory"; for another one make a Hub and set the element\'s `hub`');
  // Not above: whoever gives a client has them, by the entry of their choice, which also stays the one that runs.
  const parts = [import("./oauth.js"), import("./inline.js"), ...(kind === "vault" ? [import("./vault.js")] : [])];
  const [{ oauth }, { Hub, ...stores }, vault] = await Promise.all(parts).catch((cause) => {
    throw refuse("network", "the sign-in could not be loaded", "see whether this device is online, then try again", cause, true);
  });
  return new Hub({
    ...(endpoint && { endpoint }),
    store: { ...stores, ...vault }[`${kind}Store`](),
    oauth: oauth({
      ...(clientId && { clientId }),
      ...(scopes && { scopes: scopes.split(/[\s,]+/) }),
      ...(redirectUrl && { redirectUrl: whole(redirectUrl) }),
    }),
  });
};

const whole = (url) => {
  try { return new URL(url, document.baseURI).href; }
  catch { throw refuse("invalid_argument", "`redirect-url` is no address", "leave it out for this page, or give a path or an address"); }
};

/** The sign-in that this address brings, for the first who asks: who asks takes it from there. Nothing where it brings none. */
export const landing = (hub, options) => {
  const given = new URLSearchParams(location.search);
  if (given.has("state") && (given.has("code") || given.has("error"))) return hub.handleRedirect(options);
};

export const nobody = () => refuse("invalid_argument", "this element has no client to sign in with", "give it a client-id, or set its `hub`");

export const told = (error) => (isHubError(error) ? error : refuse("internal_panic", "the sign-in ended in an unexpected way", "try again; if that does not help, please report it", error));
