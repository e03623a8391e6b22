// The two requests of RFC 8693 as the Hub takes them: by an id token without being an app, and by an address as one.

import { scrub } from "./oauth-error.js";
import { canonical, discover, oauthWord, tokenRequest } from "./oauth-wire.js";
import { refuse } from "./error.js";
import { pick, text } from "./snippets.js";

const GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
const TRIES = 2;

/** Once more after what may pass: nothing is spent by asking. */
export const patiently = async (work) => {
  for (let tries = TRIES;;) {
    try { return await work(); }
    catch (error) { if (!--tries || !error.retryable || error.code === "rate_limited") throw error; }
  }
};

const asked = async (at, form, { hints, ...how }) => {
  try {
    return await patiently(async () => {
      const { tokenEndpoint } = await discover(at, how);
      return tokenRequest(at, tokenEndpoint, { grant_type: GRANT, ...form }, how);
    });
  } catch (error) {
    const word = oauthWord(error);
    if (Object.hasOwn(hints, word)) error.hint = hints[word];
    else if (error.code === "rate_limited") error.hint = "wait, and try again";
    throw error;
  }
};

/** What the token says of its job, unchecked; nothing where it is no JSON Web Token. */
export const claimsOf = (jwt) => {
  const parts = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(typeof jwt === "string" && jwt.length <= 16_000 ? jwt : "");
  try {
    const bytes = Uint8Array.from(atob(parts[1].replaceAll("-", "+").replaceAll("_", "/")), (it) => it.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === "object" && claims !== null && !Array.isArray(claims) ? claims : undefined;
  } catch {}
};

/** By what the Hub tells jobs apart; none of it is a secret. */
const TOLD = ["iss", "repository", "project_path", "workflow_ref", "ref", "environment"];
const jobOf = (claims, idToken) =>
  TOLD.flatMap((name) => (text(claims, name) ? `${name} ${scrub(text(claims, name), [idToken]).slice(0, 200)}` : [])).join(", ");

/** Nobody is asked about a token that is for somebody else, or none. */
const checked = (at, idToken) => {
  const claims = claimsOf(idToken), hub = canonical(at.endpoint);
  if (!claims) throw refuse("invalid_argument", "the id token is no JSON Web Token", "it has three parts with dots between, as the CI gives it, without quotes or a line's end");
  const audiences = [pick(claims, "aud")].flat();
  if (!audiences.includes(hub)) throw refuse("invalid_argument", `the id token is not for ${hub}`, `ask the CI for one whose audience is ${hub}`);
  return claims;
};

export const byIdToken = async (at, { idToken, resource }, signal) => {
  const claims = checked(at, idToken), job = jobOf(claims, idToken);
  const form = { subject_token: idToken, subject_token_type: "urn:ietf:params:oauth:token-type:id_token", resource };
  const hints = {
    invalid_grant: `add this job to the trusted publishers in the settings of ${resource}, exactly as it says of itself${job && ` (${job})`}; an id token lasts some minutes`,
    invalid_request: "the server's sentence says which value it did not take",
  };
  // The Hub's documentation has JSON here, where RFC 8693 has a form.
  return asked(at, form, { hints, json: true, signal });
};

const MEMBER = "the organization's app needs the privilege of token exchange: look at its id, its secret and its settings";
const EMAIL_HINTS = {
  invalid_client: MEMBER,
  unauthorized_client: MEMBER,
  invalid_grant: "the address should be that of a member of the app's organization, whose account is not locked",
};

export const byEmail = async (at, { clientId, clientSecret, email, scope }, signal) => {
  const form = { client_id: clientId, subject_token: email, subject_token_type: "urn:huggingface:token-type:user-email", scope };
  return asked(at, form, { hints: EMAIL_HINTS, clientSecret, signal });
};
