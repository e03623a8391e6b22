// What a visitor sees when a sign-in comes to nothing: a page that needs no script, loads nothing and tells no secret.

import { chance } from "./oauth-flow.js";

/** By code; of the others the visitor can do nothing about it, and 500 is right. */
const STATUS = {
  access_denied: 403, forbidden: 403, rate_limited: 429, network: 502, server_error: 502, invalid_token_response: 502, invalid_metadata: 502,
  invalid_response: 502, truncated: 502, timeout: 504, offline: 503, storage_unavailable: 503,
};
const BAD = ["invalid_argument", "state_mismatch", "state_expired", "issuer_mismatch", "invalid_callback", "invalid_request"];

export const statusOf = ({ code }) => STATUS[code] ?? (BAD.includes(code) ? 400 : 500);

/** Errors begin small, as parts of a sentence; a page's lines do not. */
const sentence = (text) => escaped(text.charAt(0).toUpperCase() + text.slice(1).replace(/\.$/, "")) + ".";
const escaped = (text) => String(text).replace(/[&<>"']/g, (it) => `&#${it.charCodeAt(0)};`);

export const CLOSED = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

const HEADINGS = { access_denied: "The sign-in was refused", forbidden: "You are not signed out" };

/** @param {string} again where to try once more */
export const errorPage = (error, again) => {
  const nonce = chance(16), { code, message, hint } = error, heading = HEADINGS[code] ?? "You are not signed in";
  // Of what the heading says, only what it leaves out.
  const said = message.toLowerCase().startsWith(heading.toLowerCase()) ? message.slice(heading.length).replace(/^: /, "") : message;
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${heading}</title>
<style nonce="${nonce}">body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 12vh auto 0; padding: 0 1.25rem; overflow-wrap: anywhere } h1 { line-height: 1.2 } a { display: inline-block; padding: .75rem 1rem .75rem 0 } small { opacity: .7 }</style>
<main>
<h1>${heading}</h1>
${said ? `<p>${sentence(said)}</p>\n` : ""}${hint ? `<p>${sentence(hint)}</p>\n` : ""}<p><a href="${escaped(again)}">Sign in again</a> <a href="/">Back to the start</a></p>
<p><small>${escaped(code)}</small></p>
</main>
</html>
`;
  const headers = { ...CLOSED, "content-type": "text/html; charset=utf-8" };
  headers["content-security-policy"] += `; style-src 'nonce-${nonce}'`;
  return new Response(body, { status: statusOf(error), headers });
};
