// hubkey/exchange: a token in exchange for what a server has anyhow (RFC 8693), so that it need not keep one: the id token of
// a job in continuous integration, or a member's e-mail address for the app of an organisation.

// Of one piece with the client and with the other ways to sign in, or there would be one more file in common.
import "./core.js";
import "./oauth-identity.js";
import "./oauth-renew.js";
import { givenIdToken, jobsIdToken } from "./exchange-ci.js";
import { addressOf, appOf, audienceOf, onServer, placeOf, resourceOf, scopesOf } from "./exchange-options.js";
import { byEmail, byIdToken, patiently } from "./exchange-request.js";
import { exchangeStore } from "./exchange-store.js";
import { githubIdToken as mint } from "./exchange-github.js";
import { refuse } from "./error.js";
import { own, patience, reading } from "./options.js";

const EARLY_MS = 300_000;

/** The options, once they may be used here, and the signal among them. */
const taken = (name, options) => {
  onServer(name);
  const all = own(options), { signal } = reading(() => patience(all));
  return { all, signal };
};

const told = ({ accessToken: token, expiresIn, scope }) => ({
  token,
  expiresAt: expiresIn === null ? null : Date.now() + Math.floor(expiresIn * 1000),
  kind: token.startsWith("hf_jwt_") ? "jwt" : token.startsWith("hf_oauth_") ? "oauth" : "unknown",
  scopes: scope?.split(" ").filter(Boolean) ?? [],
});

export const trustedPublisher = (options) => {
  const { all } = taken("trustedPublisher", options), { env, idToken } = all;
  const resource = resourceOf({ resource: all.resource ?? reading(() => env?.HF_OIDC_RESOURCE) });
  if (idToken != null && typeof idToken !== "function" && typeof idToken !== "string") throw refuse("invalid_argument", "`idToken` should be a function, or text", "trustedPublisher({ resource, idToken: async () => … })");
  if (idToken == null && (typeof env !== "object" || !env)) throw refuse("invalid_argument", "there is nothing to have an id token from", "trustedPublisher({ resource, env: process.env }), or { resource, idToken: async () => … }");
  return exchangeStore(async (at, signal) => {
    const { idToken: text, again } = idToken == null ? await jobsIdToken(at, env, signal) : await givenIdToken(at, idToken, signal);
    // One that was handed over will have ended when its token has: it is worth a token once.
    return { ...(await byIdToken(at, { idToken: text, resource }, signal)), earlyMs: again ? EARLY_MS : 0 };
  });
};

export const memberToken = (options) => {
  const { all } = taken("memberToken", options), app = appOf(all), email = addressOf(all), scope = scopesOf(all);
  return exchangeStore(async (at, signal) => ({ ...(await byEmail(at, { ...app, email, scope }, signal)), earlyMs: EARLY_MS }));
};

export const exchangeIdToken = async (options) => {
  const { all, signal } = taken("exchangeIdToken", options), resource = resourceOf(all), at = placeOf(all);
  const { idToken } = await givenIdToken(at, all.idToken ?? "", signal);
  return told(await byIdToken(at, { idToken, resource }, signal));
};

export const exchangeEmail = async (options) => {
  const { all, signal } = taken("exchangeEmail", options), app = appOf(all), email = addressOf(all), scope = scopesOf(all);
  return told(await byEmail(placeOf(all), { ...app, email, scope }, signal));
};

export const githubIdToken = async (options) => {
  const { all, signal } = taken("githubIdToken", options);
  const at = placeOf(all), audience = audienceOf(all, at);
  return patiently(() => mint(at, all.env, audience, signal));
};
