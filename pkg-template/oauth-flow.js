// The code flow with PKCE (RFC 6749 section 4.1, 7636, 9207, 9700) in its two halves, which need no page: for browsers and
// servers alike. Whoever calls keeps the transaction in between, and forgets it before the second half.

import { refuse } from "./error.js";
import { broken } from "./oauth-error.js";
import { canonical, discover, endpointOf, isSafe, issuerOf, isWord, refusal, tokenRequest } from "./oauth-wire.js";
import { own, patience, reading } from "./options.js";

/** Who has not agreed by then has left. */
export const LIFE_MS = 600_000;
const VERSION = 1;

const wrong = (message, hint) => refuse("invalid_argument", message, hint);
const isText = (it) => typeof it === "string" && it !== "";

export const base64url = (bytes) => {
  let text = "";
  // One by one: a sealed session has more bytes than a call takes arguments everywhere.
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

/** Letters of chance, four for three bytes. */
export const chance = (bytes) => base64url(crypto.getRandomValues(new Uint8Array(bytes)));

/** What a thing is known by where it should not be kept itself. */
export const digest = async (text) => base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));

const challenge = async (verifier) => {
  if (!globalThis.crypto?.subtle) throw refuse("insecure_endpoint", "this page is not a secure context, where there is no WebCrypto", "open it over https, or on localhost");
  return digest(verifier);
};

// ---------------------------------------------------------------- options

/** A path of one's own origin, as a header takes it; anything that a browser could take for another place is refused. */
export const returnTo = (it) => {
  if (it == null) return;
  const fine = typeof it === "string" && it.length <= 2048 && /^\/(?![/\\])[^\x00-\x20\\\x7f]*$/.test(it);
  // Dots in between may leave two slashes at the front.
  const path = fine && new URL(it, "https://own.invalid");
  const whole = path && path.pathname + path.search + path.hash;
  if (!path || path.origin !== "https://own.invalid" || path.pathname.startsWith("//") || whole.length > 2048) throw wrong("`returnTo` should be a path of this origin", 'as in an address after the host: "/inbox?unread=1"');
  return whole;
};

/** What a static Space puts into its page. */
const variable = (name) => {
  try { const it = globalThis.huggingface.variables[name]; return isText(it) ? it : undefined; } catch {}
};

const HOW = "make an app at https://huggingface.co/settings/applications/new and pass its client id, or serve clientMetadata({ … }) and pass that address; a Space has one with `hf_oauth: true`";

/** The client's id; an address is one too (a client id metadata document), and then it is fetched by the server. */
export const clientIdOf = ({ clientId }) => {
  const id = clientId ?? variable("OAUTH_CLIENT_ID");
  if (id === undefined) throw wrong("there is no client id", HOW);
  if (typeof id !== "string" || !/^[\x21-\x7e]{1,2000}$/.test(id)) throw wrong("`clientId` should be text without blanks", HOW);
  if (/^[a-z][a-z\d+.-]*:/i.test(id)) {
    let url;
    try { url = new URL(id); } catch {}
    if (!url || !isSafe(url) || url.username || url.password || id.includes("#") || url.pathname === "/") throw wrong("a client id that is an address has https and a path; http is for this machine alone", HOW);
  }
  return id;
};

/** RFC 6749, section 3.3; nothing where nobody wishes anything. The Hub adds the first two by itself; others do not. */
export const wishOf = ({ scopes }) => {
  const given = scopes ?? variable("OAUTH_SCOPES");
  if (given === undefined) return;
  const list = typeof given === "string" ? given.split(" ").filter(Boolean) : given;
  if (!Array.isArray(list) || !list.every((it) => typeof it === "string" && /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(it))) throw wrong("`scopes` should be a list of scopes", 'such as ["read-repos", "inference-api"]; SCOPES says what each grants');
  return [...new Set(["openid", "profile", ...list])].join(" ");
};
const scopeOf = (all) => wishOf(all) ?? "openid profile";

const redirectOf = ({ redirectUrl }) => {
  let url;
  try { url = new URL(redirectUrl); } catch {}
  const safe = url && (isSafe(url) || !/^(https?|javascript|data|blob|vbscript|file|about|ws|wss):$/.test(url.protocol));
  if (typeof redirectUrl !== "string" || !safe || redirectUrl.includes("#") || url.username || url.password || /[\x00-\x20\\\x7f]/.test(redirectUrl))
    throw wrong("`redirectUrl` is no address that the Hub can send back to", "the whole address, as in the app's settings: https://app.example/callback; http is for localhost, 127.0.0.1 and [::1]");
  return redirectUrl;
};

const orgsOf = ({ orgIds }) => {
  if (orgIds == null) return;
  const list = Array.isArray(orgIds) ? orgIds : [orgIds];
  if (!list.every((it) => typeof it === "string" && /^[\w-]{1,100}$/.test(it))) throw wrong("`orgIds` should be a list of ids of organisations", "24 hex digits each: identity.orgs[0].id");
  return list.length ? list.join(",") : undefined;
};

/** In a page everybody reads it. */
export const secretOf = ({ clientSecret }) => {
  if (clientSecret == null) return;
  if (typeof document !== "undefined") throw wrong("a page cannot keep a client secret", "use an app without a secret here, or sign in on a server: hubkey/server");
  if (typeof clientSecret !== "string" || !/^[\x21-\x7e]{1,2000}$/.test(clientSecret)) throw wrong("`clientSecret` should be text", "take it from the app's settings, and keep it in a secret of the environment");
  return clientSecret;
};

const carriedOf = ({ state }) => {
  if (state === undefined) return;
  let text;
  try { text = JSON.stringify(state); } catch {}
  if (text === undefined || text.length > 2000) throw wrong("`state` has no JSON form, or one beyond 2,000 characters", "keep what is large elsewhere, and its name here");
  return JSON.parse(text);
};

// ---------------------------------------------------------------- first half

/** Other libraries come back with a `state` too; this tells ours. */
export const OURS = "hubkey.";

/**
 * Where to send the person, and what to keep until they come back.
 * @param at a port, or `{ endpoint, fetch, offline, timeoutMs, debug }`
 * @param mark what the state is to be known by when it comes back, in letters that need no encoding
 */
export const begin = async (at, options, mark = "") => {
  const all = own(options), { signal } = reading(() => patience(all));
  // Before anything is asked.
  const given = reading(() => ({ clientId: clientIdOf(all), scope: scopeOf(all), redirectUrl: redirectOf(all), orgIds: orgsOf(all), returnTo: returnTo(all.returnTo), carried: carriedOf(all), secret: secretOf(all) }));
  if (signal?.aborted) throw broken("aborted", "the call was aborted", "the caller's signal ended it", { cause: signal.reason });
  const state = OURS + mark + chance(32), verifier = chance(48), code_challenge = await challenge(verifier);
  const { issuer, issRequired, authorizationEndpoint, tokenEndpoint, userinfoEndpoint } = await discover(at, { signal });
  const { clientId, scope, redirectUrl, orgIds, carried } = given;
  const url = new URL(authorizationEndpoint);
  const query = { client_id: clientId, redirect_uri: redirectUrl, response_type: "code", scope, state, code_challenge, code_challenge_method: "S256", orgIds };
  for (const key in query) if (query[key] !== undefined) url.searchParams.set(key, query[key]);
  const transaction = { v: VERSION, state, verifier, redirectUrl, clientId, issuer, issRequired, tokenEndpoint, userinfoEndpoint, scope, returnTo: given.returnTo, carried, startedAt: Date.now() };
  return { url: url.href, transaction };
};

// ---------------------------------------------------------------- second half

const PARTS = ["code", "state", "iss", "error", "error_description"];

/** What came back, from a whole address, a path or a query. Nothing is judged here but that each part stands there once. */
export const callbackOf = (address) => {
  let query;
  try { query = new URL(address, "https://own.invalid").searchParams; } catch {}
  if (!query || (typeof address !== "string" && !(address instanceof URL))) throw wrong("the callback's address is none", "pass the whole address, or its path and query");
  const parts = Object.create(null);
  for (const name of PARTS) {
    const all = query.getAll(name);
    if (all.length > 1) parts.twice = name;
    if (all.length) parts[name] = all[0];
  }
  return parts;
};

/**
 * A server that did not even take the request for one may not repeat its state. Nothing proves that it was the server: such an error is told by its
 * word alone, of those that there are, because anybody can write a link with a sentence in it.
 */
export const isBare = ({ code, state, error }) => state === undefined && code === undefined && isWord(error);

const crooked = (message) => broken("invalid_callback", message, "start the sign-in again from the app's own page");
const foreign = () => broken("state_mismatch", "this callback belongs to no sign-in that was begun here", "start the sign-in again from the app's own page, in the same browser; a callback is good once");

/** What was kept has been where others may write. */
const kept = (it) => {
  const { v, state, verifier, redirectUrl, clientId, issuer, tokenEndpoint, scope, startedAt } = own(it);
  return v === VERSION && [state, verifier, redirectUrl, clientId, issuer, tokenEndpoint, scope].every(isText) && state.length >= 22 && typeof startedAt === "number";
};

/**
 * Checks what came back, and exchanges the code: once, whatever happens.
 * @param {string | URL} address of the callback, whole or path and query
 * @param transaction what `begin` gave, taken from where it was kept
 */
export const finish = async (at, address, transaction, options) => {
  const all = own(options), { signal } = reading(() => patience(all)), clientSecret = reading(() => secretOf(all));
  const parts = callbackOf(address);
  if (parts.twice) throw crooked(`the callback has \`${parts.twice}\` twice`);
  const issuer = canonical(at.endpoint);
  if (transaction === undefined && isBare(parts)) throw refusal(parts.error);
  if (!kept(transaction) || parts.state !== transaction.state || transaction.issuer !== issuer) throw foreign();
  const { verifier, redirectUrl, clientId, issRequired, scope: asked, startedAt, carried } = transaction;
  const age = Date.now() - startedAt;
  if (!(age >= -LIFE_MS && age <= LIFE_MS)) throw broken("state_expired", "this sign-in was begun too long ago", "start it again; there are ten minutes to agree");
  // RFC 9207, section 2.4: before anything else of the answer is believed, an error too.
  if (parts.iss === undefined ? issRequired !== false : issuerOf(parts.iss) !== issuer) throw broken("issuer_mismatch", "the callback is not from the server that was asked", "start the sign-in again from the app's own page");
  if (parts.error !== undefined && parts.code !== undefined) throw crooked("the callback is a success and an error at once");
  if (parts.error !== undefined) throw refusal(parts.error, parts.error_description, undefined, [verifier, transaction.state]);
  if (!/^[\x20-\x7e]{1,4096}$/.test(parts.code ?? "")) throw crooked("the callback has no code");
  const back = returnTo(transaction.returnTo);
  const endpoint = (url, name) => endpointOf(url, issuer, name);
  const tokenEndpoint = endpoint(transaction.tokenEndpoint, "token endpoint");
  const userinfoEndpoint = transaction.userinfoEndpoint && endpoint(transaction.userinfoEndpoint, "userinfo endpoint");

  const form = { grant_type: "authorization_code", code: parts.code, redirect_uri: redirectUrl, client_id: clientId, code_verifier: verifier };
  const answer = await tokenRequest(at, tokenEndpoint, form, { clientSecret, signal });
  const grant = grantOf(answer, { scope: asked, clientId, tokenEndpoint, userinfoEndpoint, clientSecret });
  return { token: answer.accessToken, grant, returnTo: back, state: carried };
};

/** What is kept beside a token, as plain data. */
export const grantOf = ({ refreshToken, expiresIn, scope }, { scope: asked, clientId, tokenEndpoint, userinfoEndpoint, clientSecret }) => {
  const lifetimeMs = expiresIn === null ? null : Math.floor(expiresIn * 1000);
  const grant = { v: 1, id: chance(12), refreshToken, lifetimeMs, expiresAt: lifetimeMs === null ? null : Date.now() + lifetimeMs, scope: scope ?? asked ?? "", clientId, tokenEndpoint, userinfoEndpoint };
  // That there is a secret is kept; the secret is not.
  if (clientSecret !== undefined) grant.basic = true;
  for (const key in grant) if (grant[key] === undefined) delete grant[key];
  return grant;
};
