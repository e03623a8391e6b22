// Sessions in Durable Objects: the cookie has an id alone, and each session has one object, the only one that ever renews
// its token. Requests anywhere in the world then cannot use a refresh token twice.

import { Hub } from "./core.js";
import { HubError, isHubError, refuse } from "./error.js";
import { plugs } from "./inner.js";
import { chance } from "./oauth-flow.js";
import { renewal } from "./oauth-renew.js";

const EARLY_MS = 5 * 60_000;

const down = (cause) => refuse("storage_unavailable", "the session's Durable Object gave no answer", "see its cause; the visitor is still signed in, so try again", cause);

/** @param namespace the binding: env.SESSIONS */
export const durableObjectSessions = (namespace) => {
  if (typeof namespace?.idFromName !== "function" || typeof namespace.get !== "function") throw refuse("invalid_argument", "this is no binding of a Durable Object", "durableObjectSessions(env.SESSIONS), with SESSIONS under durable_objects in wrangler's configuration");
  return Object.freeze({
    session(opened, how) {
      const given = opened?.value?.id, held = { until: opened?.until, changed: opened?.newest === false };
      let id = typeof given === "string" && given.length === 22 ? given : undefined, loaded = false, record;
      // From the days before there were objects.
      if (opened && !id) held.changed = true;

      const ask = async (op, more) => {
        let answer;
        try {
          const response = await namespace.get(namespace.idFromName(id)).fetch("https://session.invalid/", { method: "POST", body: JSON.stringify({ op, ...more }) });
          answer = await response.json();
        } catch (cause) { throw down(cause); }
        if (answer.record !== null) { loaded = true; record = answer.record; }
        if (answer.error) throw new HubError(answer.error);
      };
      const gone = () => { held.changed ||= id !== undefined; id = undefined; record = ""; };

      held.value = () => id && { id };
      held.end = async () => { if (id) { await ask("end"); gone(); } };
      held.store = {
        async load() {
          if (id && !loaded) await ask("load");
          // Its time is over, or it was ended in another place.
          if (id && !record) gone();
          return record || null;
        },
        async save(text) {
          if (!id) { id = chance(16); held.changed = true; }
          await ask("save", { record: text, until: held.until });
        },
        clear: () => held.end(),
      };
      /** The object renews; here the new token is read. */
      held.renewal = (port) => {
        const { session } = port;
        const again = async (used, op) => {
          const which = session.grant?.id;
          try { await ask(op, { how, used }); } finally { await port.look(); }
          return session.grant?.id === which && session.held !== used && Boolean(session.held);
        };
        return {
          async fresh() {
            const { held: token, grant, ends } = session;
            if (!token || !grant?.refreshToken || ends - performance.now() >= Math.min(EARLY_MS, (grant.lifetimeMs ?? Infinity) / 2)) return;
            // The token that there is may do; a 401 would tell.
            await again(token, "fresh").catch((error) => { if (error.code === "signed_out") throw error; });
          },
          renew: async (used) => Boolean(session.grant?.refreshToken) && again(used, "renew"),
        };
      };
      return held;
    },
  });
};

/** The object's class, for the Worker to export. */
export class HubkeySession {
  #storage;
  /** One after the other: that is what it is for. */
  #last = Promise.resolve();

  constructor(state) { this.#storage = state.storage; }

  async fetch(request) {
    const { op, ...given } = await request.json();
    try {
      let failed;
      if (op === "save") await this.#save(given);
      // Not after a renewal under way: that finds nothing to put its token into.
      else if (op === "end") await this.#storage.deleteAll();
      else if (op !== "load") failed = await this.#inTurn(() => this.#renew(op, given));
      return Response.json({ record: (await this.#there())?.record ?? "", error: failed });
    } catch (error) {
      // Its record is not known then, which is not the same as none.
      return Response.json({ record: null, error: told(error) });
    }
  }

  /** When the session's time is over. */
  async alarm() { await this.#storage.deleteAll(); }

  #inTurn(run) {
    const work = this.#last.then(run);
    this.#last = work.catch(() => {});
    return work;
  }

  async #there() {
    const it = await this.#storage.get("session");
    return it?.until > Date.now() ? it : undefined;
  }

  async #save({ record, until }) {
    await this.#storage.put("session", { record, until });
    await this.#storage.setAlarm(until);
  }

  /** Gives what it failed by, if it did. */
  async #renew(op, { how: { endpoint, clientSecret }, used }) {
    let port;
    const plug = {}, store = {
      load: async () => (await this.#there())?.record,
      // Ended meanwhile: a renewal brings nobody back.
      save: async (record) => { const it = await this.#there(); if (it) await this.#storage.put("session", { ...it, record }); },
      clear: () => this.#storage.deleteAll(),
    };
    // Its own calls ask nobody to renew.
    plugs.set(plug, (it) => { port = it; return { fresh: async () => {}, renew: async () => false }; });
    new Hub({ endpoint, store, oauth: plug });
    await port.look();
    // Where another request was quicker, these see that the token is no more the one that was used.
    const { fresh, renew } = renewal(Object.create(port, { place: { value: undefined } }), { clientSecret });
    try { await (op === "fresh" ? fresh() : renew(used)); }
    catch (error) { return told(error); }
  }
}

const told = (error) => (isHubError(error) ? error : refuse("storage_unavailable", "the session's object failed", "try again")).toJSON();
