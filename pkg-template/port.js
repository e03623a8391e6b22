// What a client shows to the part that signs in with OAuth: that lives in an entry of its own, so that nobody else loads it.

import { placeOf } from "./others.js";

export const portOf = ({ hub, session, store, options, env, look, keep, renewed, leave }) => ({
  hub,
  session,
  get endpoint() { return hub.endpoint; },
  fetch: options.fetch,
  timeoutMs: options.timeoutMs,
  debug: options.debug,
  offline: options.offline === true || /^(1|on|yes|true)$/i.test(env?.HF_HUB_OFFLINE ?? ""),

  /** What is one place for all clients that look there; undefined where others cannot look. */
  get place() { return placeOf(store, hub.endpoint); },

  /** What keeps records, as its user gave it; undefined where the browser does. */
  shelf: store[1],

  look,
  leave,
  keep: ({ token, grant, profile, remember }) => keep({ token, profile, remember }, JSON.stringify(grant)),
  renewed: ({ token, grant, profile }) => renewed({ token, profile }, JSON.stringify(grant)),

  /** The sign-in is over, and not by its user's wish. */
  async end(profile) {
    session.ending = true;
    try { await leave(profile); }
    // Signed out here in any case; what the store still has is refused again.
    catch {}
    finally { session.ending = false; }
  },
});
