// What is said to the authorization server: its metadata, and requests for tokens. Each answer is checked here.

import { together } from "./flight.js";
import { guarded } from "./module.js";
import { broken, scrub } from "./oauth-error.js";
import { about, ask } from "./oauth-send.js";
import { pick, text } from "./snippets.js";

const HOUR_MS = 3_600_000;
/** What may stand in a header, and no more than any proxy takes. */
const FIT = /^[\x21-\x7e]{1,16000}$/;
const TEN_YEARS_S = 315_360_000;

/** The Hub's short name is the same Hub: it redirects, and its metadata say the long one. */
export const canonical = (url) => {
  const { origin } = new URL(url);
  return origin === "https://hf.co" ? "https://huggingface.co" : origin;
};

/** An issuer's name, which is an origin and nothing more; of anything else nothing. */
export const issuerOf = (it) => {
  try { return canonical(it) === it.replace(/\/$/, "").replace("https://hf.co", "https://huggingface.co") ? canonical(it) : undefined; } catch {}
};

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
export const isSafe = ({ protocol, hostname }) => protocol === "https:" || (protocol === "http:" && LOOPBACK.includes(hostname));

/** What the server said went wrong, in OAuth's own word. Of errors of token requests alone. */
const words = new WeakMap();
export const oauthWord = (error) => words.get(error);

const parsed = (body) => { try { return JSON.parse(body); } catch {} };
const isRecord = (it) => typeof it === "object" && it !== null && !Array.isArray(it);

// ---------------------------------------------------------------- metadata

/** Where the Hub has these, in case it stops saying so. */
const fallback = (issuer) => ({
  issuer, issRequired: false, authorizationEndpoint: `${issuer}/oauth/authorize`, tokenEndpoint: `${issuer}/oauth/token`,
  userinfoEndpoint: `${issuer}/oauth/userinfo`, deviceEndpoint: `${issuer}/oauth/device`,
});

const bad = (message) => broken("invalid_metadata", message, "this is not what the Hub says of itself: look for a proxy in between, and check the endpoint");

/** The address of an endpoint, which is at its issuer: code and verifier go nowhere else. */
export const endpointOf = (url, issuer, name) => {
  let it;
  try { it = new URL(url); } catch {}
  if (typeof url !== "string" || !it || it.username || it.password || it.hash || !isSafe(it)) throw bad(`the ${name} is no address that can be used`);
  if (canonical(it) !== issuer) throw bad(`the ${name} is not at ${issuer}`);
  return it.href;
};

/** RFC 8414 section 3.3, RFC 9207 section 3: the document is of whom it was asked for. */
const checked = (it, issuer) => {
  if (!isRecord(it)) throw bad("the server's metadata are not JSON, or no object");
  if (issuerOf(text(it, "issuer")) !== issuer) throw broken("issuer_mismatch", `the metadata at ${issuer} are not its own`, "sign-in works at the Hub itself: check the endpoint, and what answers there");
  const methods = pick(it, "code_challenge_methods_supported");
  if (Array.isArray(methods) && !methods.includes("S256")) throw bad("the server does without PKCE by SHA-256");
  const at = (name, must) => (must || pick(it, name) != null ? endpointOf(pick(it, name), issuer, name.replace("_", " ")) : undefined);
  return {
    issuer,
    issRequired: pick(it, "authorization_response_iss_parameter_supported") === true,
    authorizationEndpoint: at("authorization_endpoint", true),
    tokenEndpoint: at("token_endpoint", true),
    userinfoEndpoint: at("userinfo_endpoint"),
    deviceEndpoint: at("device_authorization_endpoint"),
  };
};

const read = async (at, signal) => {
  const issuer = canonical(at.endpoint);
  const answer = await ask(at, `${issuer}/.well-known/openid-configuration`, { signal });
  const { status, moved, body } = answer;
  // Only its absence is no news; a document that is wrong must not be replaced by a guess.
  if (status === 404 || status === 410) return fallback(issuer);
  if (status === 429) throw broken("rate_limited", "the server asks for fewer requests", "wait, and try again", about(answer));
  if (status >= 500) throw broken("server_error", `the server's metadata could not be had (${status})`, "the Hub has a problem; try again", about(answer));
  if (moved || status !== 200) throw bad(`the server's metadata are not where they should be (${moved ? "moved" : status})`);
  return checked(parsed(body), issuer);
};

/** By the fetch that asked: one that was handed in may see another network. */
const caches = new WeakMap();
const everyone = () => {};

/**
 * What the server says of itself, remembered for an hour.
 * @param {{ endpoint: string, fetch?: typeof fetch, offline?: boolean, timeoutMs?: number, debug?: Function }} at a port, or anything like it
 */
export const discover = async (at, { signal } = {}) => {
  const by = at.fetch ?? everyone;
  let cache = caches.get(by);
  if (!cache) caches.set(by, (cache = { known: new Map(), flights: together() }));
  const issuer = canonical(at.endpoint), known = cache.known.get(issuer), age = Date.now() - known?.at;
  if (age >= 0 && age < HOUR_MS) return known.it;
  const look = async (signal) => {
    const it = await read(at, signal);
    cache.known.set(issuer, { it, at: Date.now() });
    return it;
  };
  // Where a promise belongs to the request that began it, or nobody said yet whether it does, each asks for itself.
  if ((guarded?.alone ?? true) || signal?.aborted) return look(signal);
  return cache.flights(issuer, signal, look);
};

// ---------------------------------------------------------------- who it is

/**
 * What the server says of the person; asked here and not by the core, which has no token to ask with yet, and no word for
 * `hf.co` being another's name.
 */
export const userinfo = async (at, endpoint, token, { signal } = {}) => {
  const url = endpointOf(endpoint, canonical(at.endpoint), "userinfo endpoint");
  const answer = await ask(at, url, { headers: { authorization: `Bearer ${token}` }, secrets: [token], signal });
  const { status, body } = answer, more = about(answer);
  if (status === 401) throw broken("invalid_token", "the server does not take the token that it gave", "start the sign-in again", more);
  if (status === 429) throw broken("rate_limited", "the server asks for fewer requests", "wait, and try again", more);
  if (status >= 500) throw broken("server_error", `the server could not answer (${status})`, "the Hub has a problem; try again", more);
  const it = status === 200 ? parsed(body) : undefined;
  if (!isRecord(it)) throw broken("invalid_response", "the server does not say who it is", "look for a proxy in between, and check the endpoint", more);
  return it;
};

// ---------------------------------------------------------------- tokens

/** RFC 6749, section 2.3.1: both are encoded as in a form before they become Basic. */
const basic = (id, secret) => {
  const coded = (it) => new URLSearchParams([["", it]]).toString().slice(1);
  return `Basic ${btoa(`${coded(id)}:${coded(secret)}`)}`;
};

const HINTS = {
  get invalid_client() {
    return typeof document === "undefined"
      ? "check the client id, and the client secret: an app that has one needs it here, one without must be given none"
      : "check the client id; an app with a secret signs in on a server, and a page needs an app without one";
  },
  invalid_grant: "the code was used before or is too old: start the sign-in again from the app's own page",
  invalid_scope: "ask for scopes that the app was given in its settings",
  unauthorized_client: "allow this way to sign in in the app's settings",
  unsupported_grant_type: "this server does not know this way to sign in",
};

/** RFC 6749, section 4.1.2.1, and OpenID Connect Core, section 3.1.2.6. */
const WORDS = [
  "invalid_request", "unauthorized_client", "access_denied", "unsupported_response_type", "invalid_scope", "server_error", "temporarily_unavailable",
  "invalid_client", "interaction_required", "login_required", "account_selection_required", "consent_required",
];
export const isWord = (it) => WORDS.includes(it);

const ENDS = { access_denied: ["access_denied", "the sign-in was refused", "nothing was changed; sign in again to be asked once more"], expired_token: ["state_expired", "nobody agreed in time", "start the sign-in again"] };

/** An error in OAuth's own form, as one of ours. */
export const refusal = (word, description, more, secrets) => {
  const named = scrub(word, secrets).slice(0, 60), said = typeof description === "string" ? scrub(description, secrets) : "";
  const [code, message, hint] = Object.hasOwn(ENDS, word) ? ENDS[word]
    : word === "server_error" || word === "temporarily_unavailable" ? ["server_error", `the server could not sign in (${named})`, "the Hub has a problem; try again"]
    : ["invalid_request", `the server refused: ${named}`, Object.hasOwn(HINTS, word) ? HINTS[word] : said ? "the server's sentence says which value it did not take" : "compare client id, redirect URL and scopes with the app's settings"];
  const error = broken(code, said && !message.includes(said) ? `${message}: ${said}` : message, hint, more);
  words.set(error, word);
  return error;
};

/** What is no answer of a token endpoint's at all: it says nothing of what was asked. */
const senseless = new WeakSet();
export const isSenseless = (error) => senseless.has(error);
const noAnswer = (message, more) => {
  const error = useless(message, more);
  senseless.add(error);
  return error;
};
const useless = (message, more) => broken("invalid_token_response", message, "this is not the Hub's answer: look for a proxy in between, and check the endpoint", more);

/** RFC 6749, section 5.1, and what a header takes. */
const tokensOf = (it, more) => {
  const accessToken = text(it, "access_token"), type = text(it, "token_type"), refreshToken = pick(it, "refresh_token");
  if (!FIT.test(accessToken ?? "")) throw useless("the server's answer has no token that can be used", more);
  if (!/^bearer$/i.test(type ?? "")) throw useless("the server's token is of a type that is not known here", more);
  if (refreshToken != null && !(typeof refreshToken === "string" && FIT.test(refreshToken))) throw useless("the server's answer has a refresh token that cannot be used", more);
  const lasts = pick(it, "expires_in"), seconds = typeof lasts === "string" && /^\d{1,9}$/.test(lasts) ? Number(lasts) : lasts;
  const scope = text(it, "scope");
  return {
    accessToken,
    refreshToken: refreshToken ?? undefined,
    // What makes no date is not known; a 401 will tell.
    expiresIn: typeof seconds === "number" && seconds > 0 && seconds <= TEN_YEARS_S ? seconds : null,
    scope: scope !== undefined && /^[\x20-\x7e]{0,4000}$/.test(scope) ? scope : undefined,
  };
};

/** A form, or the same as JSON, to an endpoint of the server; gives the object that it answered with, and what an error would tell of it. */
export const postForm = async (at, endpoint, form, { clientSecret, signal, json } = {}) => {
  const url = endpointOf(endpoint, canonical(at.endpoint), "token endpoint");
  const pairs = new URLSearchParams();
  for (const key of Object.keys(form)) if (form[key] !== undefined) pairs.append(key, form[key]);
  const { code, code_verifier, refresh_token, device_code, subject_token } = form;
  // A server may repeat the form as it came.
  const secrets = [code, code_verifier, refresh_token, device_code, subject_token, clientSecret].flatMap((it) => (it === undefined ? [] : [it, encodeURIComponent(it)]));
  const headers = { "content-type": json ? "application/json" : "application/x-www-form-urlencoded" };
  if (clientSecret !== undefined) headers.authorization = basic(form.client_id, clientSecret);
  const answer = await ask(at, url, { method: "POST", headers, body: json ? JSON.stringify(form) : `${pairs}`, secrets, signal });
  const { status, moved } = answer, more = about(answer);
  if (moved) throw broken("cross_origin_redirect", "the server sends a sign-in elsewhere, where it does not go", "check the endpoint", { request: more.request });
  if (status === 429) throw broken("rate_limited", "the server asks for fewer requests", "wait, and start the sign-in again", more);
  if (status >= 500) throw broken("server_error", `the server could not answer (${status})`, "the Hub has a problem; try again", more);
  const it = parsed(answer.body);
  if (!isRecord(it)) throw noAnswer("the server's answer is no JSON, or no object", more);
  const word = text(it, "error");
  if (status < 200 || status > 299) throw word ? refusal(word, pick(it, "error_description"), more, secrets) : noAnswer(`the server refused without saying why (${status})`, more);
  if (word !== undefined) throw useless("the server's answer is a success and an error at once", more);
  return { it, more };
};

/**
 * Asks for a token; never by itself a second time.
 * @param {Record<string, string | undefined>} form what is undefined is left out
 * @returns {Promise<{ accessToken: string, refreshToken?: string, expiresIn: number | null, scope?: string }>} `expiresIn` in seconds, null: not known; without `scope`: as asked for
 */
export const tokenRequest = async (at, endpoint, form, how) => {
  const { it, more } = await postForm(at, endpoint, form, how);
  return tokensOf(it, more);
};
