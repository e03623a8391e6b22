// Options of exchanges, checked before anything is sent.

import { refuse } from "./error.js";
import { secretOf } from "./oauth-flow.js";
import { canonical, isSafe } from "./oauth-wire.js";

const HUB = "https://huggingface.co";
const wrong = (message, hint) => refuse("invalid_argument", message, hint);

/** What a page has, everybody has who looks at it. */
export const onServer = (name) => {
  if (typeof document !== "undefined") throw wrong(`${name}() is for servers and continuous integration`, "a page signs its person in: hubkey/oauth");
};

/** Where to ask, without a client. */
export const placeOf = ({ endpoint, fetch, timeoutMs, debug }) => {
  if (fetch != null && typeof fetch !== "function") throw wrong("`fetch` should be a function", "leave it out for the platform's own");
  if (debug != null && typeof debug !== "function") throw wrong("`debug` should be a function", "see the types of the package");
  const text = endpoint ?? HUB;
  let url;
  try { url = new URL(text); } catch {}
  if (typeof text !== "string" || !url || !/^https?:$/.test(url.protocol) || url.username || url.password || /[?#]/.test(text)) throw refuse("invalid_endpoint", "`endpoint` is no address of a Hub", "an endpoint is scheme and host: https://huggingface.co");
  if (!isSafe(url)) throw refuse("insecure_endpoint", "the endpoint would be spoken to in plain text", "use https; http is for this machine alone");
  return { endpoint: url.href.replace(/\/+$/, ""), fetch: fetch ?? undefined, timeoutMs: timeoutMs ?? undefined, debug: debug ?? undefined };
};

/** Whom an id token is for. */
export const audienceOf = ({ audience }, at) => {
  if (audience == null) return canonical(at.endpoint);
  if (typeof audience !== "string" || !/^[\x21-\x7e]{1,500}$/.test(audience)) throw wrong("`audience` should be text without blanks", "the Hub takes id tokens for https://huggingface.co; leave it out");
  return audience;
};

const NAME = /^(?!\.{1,2}$)[\w.-]{1,96}$/;
const KINDS = ["datasets", "spaces", "kernels", "buckets"];
const FORMS = 'a repo as in its address, "acme/m1" or "datasets/acme/d" (also spaces/, kernels/, buckets/), or a user\'s name';

export const resourceOf = ({ resource }) => {
  const parts = typeof resource === "string" ? resource.split("/") : [];
  if (parts[0] === "models" && parts.length === 3) throw wrong("`resource` of a model has no `models/` in front", FORMS);
  const names = parts.length === 3 && KINDS.includes(parts[0]) ? parts.slice(1) : parts;
  // A kind alone, or with half a name behind it, was meant as a repo.
  if (!names.length || names.length > 2 || !names.every((it) => NAME.test(it)) || (names === parts && KINDS.includes(names[0]))) throw wrong("`resource` names nothing that can be published to", FORMS);
  return resource;
};

const APP = "the organization's app, with the privilege of token exchange: its id and secret are in its settings";

export const appOf = ({ clientId, clientSecret }) => {
  if (typeof clientId !== "string" || !/^[\x21-\x7e]{1,2000}$/.test(clientId)) throw wrong("`clientId` should be text without blanks", APP);
  const secret = secretOf({ clientSecret });
  if (secret === undefined) throw wrong("there is no `clientSecret`", APP);
  return { clientId, clientSecret: secret };
};

export const addressOf = ({ email }) => {
  if (typeof email !== "string" || email.length > 320 || !/^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(email)) throw wrong("`email` should be a member's address", "the one that the organization knows the member by");
  return email;
};

/** As they are: an exchange adds none of its own. Nothing asks for all that the app has. */
export const scopesOf = ({ scopes }) => {
  if (scopes == null) return;
  const list = Array.isArray(scopes) ? scopes : [];
  if (!list.length || !list.every((it) => typeof it === "string" && /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(it))) throw wrong("`scopes` should be a list of scopes", 'such as ["read-repos"]; leave it out for all that the app has');
  return [...new Set(list)].join(" ");
};
