// The id token of a job in GitHub Actions: asked for at the address that the job was given, with the token for that.

import { refuse } from "./error.js";
import { claimsOf } from "./exchange-request.js";
import { broken } from "./oauth-error.js";
import { about, ask } from "./oauth-send.js";
import { isSafe } from "./oauth-wire.js";
import { own } from "./options.js";
import { text } from "./snippets.js";

export const PERMISSION = "give the job `permissions: { id-token: write, contents: read }` in its workflow; pull requests from forks are never given that";

const parsed = (body) => { try { return JSON.parse(body); } catch {} };
const value = (env, name) => (typeof env[name] === "string" && env[name].trim() ? env[name].trim() : undefined);

export const githubIdToken = async (at, env, audience, signal) => {
  if (typeof env !== "object" || !env) throw refuse("invalid_argument", "`env` should be an object", "pass process.env");
  const all = own(env), address = value(all, "ACTIONS_ID_TOKEN_REQUEST_URL"), secret = value(all, "ACTIONS_ID_TOKEN_REQUEST_TOKEN");
  if (!address || !secret) throw refuse("no_token", "this job may have no id token, or is none of GitHub Actions", PERMISSION);
  let url;
  try { url = new URL(address); } catch {}
  // Whoever answers there gets the job's token.
  if (!url || !isSafe(url) || url.username || url.password) throw refuse("invalid_argument", "ACTIONS_ID_TOKEN_REQUEST_URL is no address that a token may go to", "it is GitHub's to set, and has https");
  if (!/^[\x21-\x7e]{1,16000}$/.test(secret)) throw refuse("invalid_argument", "ACTIONS_ID_TOKEN_REQUEST_TOKEN is no token", "it is GitHub's to set");
  url.searchParams.set("audience", audience);
  const answer = await ask(at, url.href, { headers: { authorization: `Bearer ${secret}` }, secrets: [secret], signal });
  const { status, moved } = answer, more = about(answer);
  if (moved) throw broken("cross_origin_redirect", "the address for id tokens leads elsewhere, where the job's token does not go", "look for a proxy in between", { request: more.request });
  if (status === 401 || status === 403) throw broken("no_token", `this job is given no id token (${status})`, PERMISSION, more);
  if (status === 429) throw broken("rate_limited", "GitHub asks for fewer requests", "wait, and run the job again", more);
  if (status >= 500) throw broken("server_error", `GitHub could not give an id token (${status})`, "GitHub has a problem; try again", more);
  const token = status === 200 ? text(parsed(answer.body), "value") : undefined;
  if (!claimsOf(token)) throw broken("invalid_token_response", `there is no id token in the answer (${status})`, "look for a proxy in between, and whether ACTIONS_ID_TOKEN_REQUEST_URL is as GitHub set it", more);
  return token;
};
