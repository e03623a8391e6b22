// Errors of signing in, and the scissors for what others wrote. The module has its own; these run where it does not.

import { HubError } from "./error.js";

const LATER = ["rate_limited", "server_error", "network", "timeout", "truncated"];

/** An error of ours, with whatever else is known of it: `status`, `requestId`, `retryAfterMs`, `request`, `cause`, `because`. */
export const broken = (code, message, hint, more) =>
  new HubError({ code, message, hint, retryable: LATER.includes(code), docs: "https://huggingface.co/docs/hub/oauth", ...more });

const HIDDEN = "****";
const SECRETS = /(?<![A-Za-z0-9])(hf_|eyJ|oauth_app_secret_|HFAK|api_org_|xet_)[\w.~+/-]{8,}/g;
const NAMED = /\b(bearer|basic|code|access_token|refresh_token|client_secret|code_verifier|id_token|subject_token|device_code|state)(["']?\s*[=:]\s*["']?|\s+(?=[\w.~+/-]{16}))[^\s"'&,;]+/gi;

/** The text without secrets, known ones and such as look like it, on one line that a person reads. */
export const scrub = (text, secrets = []) => {
  let out = String(text).slice(0, 2000);
  for (const it of secrets) if (typeof it === "string" && it.length >= 8) out = out.replaceAll(it, HIDDEN);
  out = out.replace(SECRETS, HIDDEN).replace(NAMED, (_, name, gap) => name + gap + HIDDEN);
  return out.replace(/[\p{C}\s]+/gu, " ").trim().slice(0, 300);
};

/** A foreign error and those beneath it, by name, message and code: the objects themselves may carry the request. */
export const because = (error, secrets) => {
  const all = [];
  // A proxy may throw at any look.
  const part = (it, key) => { try { return typeof it[key] === "string" ? scrub(it[key], secrets) : undefined; } catch {} };
  for (let it = error; it != null && all.length < 3;) {
    const one = { name: part(it, "name") ?? "Error", message: part(it, "message") ?? (typeof it === "string" ? scrub(it, secrets) : "") };
    const code = part(it, "code");
    all.push(code === undefined ? one : { ...one, code });
    try { it = it.cause; } catch { break; }
  }
  return all.length ? all : undefined;
};

/** Origin and path: the rest of a callback's address is a code. */
export const plainUrl = (url) => {
  try {
    const { protocol, host, pathname } = new URL(url);
    return scrub(`${protocol}//${host}${pathname}`);
  } catch {
    return scrub(String(url).split(/[?#]/)[0]);
  }
};
