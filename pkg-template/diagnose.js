// hubkey/diagnose: what a person would look at when something does not work, as data. Nothing in the core loads it: an
// `import()` there fails the build of every web worker in Vite 7 and of every IIFE in rollup, and service workers refuse it.

import { Hub, maskToken, tokenKind } from "./core.js";
import { check } from "./diagnose-check.js";
import { clock, endpoint, policy, watch } from "./diagnose-network.js";
import { lasting, storeOfIts } from "./diagnose-store.js";
import { accepted, expiry, format, orgs, role, scopes, source } from "./diagnose-token.js";
import { isHubError, refuse } from "./error.js";
import { inner } from "./inner.js";
import { own, patience, reading } from "./options.js";

/* global VERSION: the package's, put here by the build */

const settled = (work) => work.then((value) => ({ value }), (error) => ({ error }));

export const diagnose = async (hub, options) => {
  const all = own(options);
  const { signal, timeoutMs } = reading(() => patience(all));
  // A Proxy around a client is an instance, too, and shows nothing of it.
  const its = hub instanceof Hub && inner.of(hub);
  if (!its) throw refuse("invalid_argument", "this is no Hub of this copy of hubkey", "diagnose(hub) takes the client itself, made by the same installed package");
  if (all.env != null && typeof all.env !== "object") throw refuse("invalid_argument", "`env` should be an object", "pass process.env, or leave it out");
  const unlessStopped = ({ error }) => {
    if (signal?.aborted || error?.code === "aborted") throw refuse("aborted", "the call was aborted", "the caller's signal ended it", signal?.reason);
  };

  unlessStopped({});
  const anonymous = all.token === false, given = "token" in all && !anonymous;
  const read = given || anonymous ? { value: given ? all.token : null } : await settled(hub.getToken());
  unlessStopped(read);
  const store = await storeOfIts(its.store, hub.endpoint, read.value);
  unlessStopped({});

  // Who one is, or without a token whatever is public. Another client, so that neither is remembered nor changed anything.
  const { token: _, store: __, ...same } = its.options;
  const watched = watch(same.fetch);
  const asking = new Hub({ ...same, fetch: watched.fetch });
  const how = { signal, timeoutMs, maxRetries: 0, cache: false };
  const asked = await settled(given || read.value
    ? asking.whoami({ ...how, token: read.value })
    : asking.request("/api/models", { ...how, token: false, query: { limit: 1 } }));
  unlessStopped(asked);
  const seen = { endpoint: hub.endpoint, ...(await watched.end()) };
  if (asked.error) seen.error = isHubError(asked.error) ? asked.error : refuse("network", "no answer from the server", "see its cause", asked.error);
  const { code, hint } = seen.error ?? {};

  const token = typeof read.value === "string" && code !== "invalid_token_format" ? read.value : undefined;
  const identity = token && asked.value;
  const found = source({ given, anonymous, env: all.env, its, store, token, error: read.error });
  const skew = clock(seen);
  const checks = [
    check("runtime", "ok", inner.js ? "hubkey runs as plain JavaScript" : "hubkey runs over WebAssembly", { entry: inner.js ? "js" : "wasm", version: VERSION }),
    code === "offline"
      ? check("offline", "failed", "offline mode is on: no request to the Hub is sent", { fix: hint })
      : check("offline", "ok", "offline mode is off"),
    found,
    format(token, given, seen.error, token && { kind: tokenKind(token), masked: maskToken(token) }),
    lasting(store, found),
    await endpoint(seen, same.fetch, signal),
    policy(seen),
    accepted(identity, token, seen.error, found),
    role(identity),
    scopes(identity),
    expiry(identity, skew.skewMs),
    orgs(identity),
    skew,
  ];
  unlessStopped({});
  return { ok: checks.every((it) => it.status !== "failed"), checks };
};
