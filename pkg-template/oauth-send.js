// The road to the authorization server. Not the core's: nothing here is sent twice, none of it carries the token in use.

import { told } from "./debug.js";
import { LONGEST } from "./host.js";
import { because, broken, plainUrl } from "./oauth-error.js";
import { header } from "./snippets.js";
import { textOf } from "./text.js";

/** A token endpoint that is slower than this has lost the code anyhow. */
const PATIENCE_MS = 10_000;

/** One request. It gives status, headers and text, and fails as `[code, cause]`. */
const sending = async (given, url, all, ms, signal) => {
  const controller = new AbortController();
  let over;
  const ended = new Promise((_, reject) => {
    over = (code, cause) => { reject([code, cause]); controller.abort(cause); };
  });
  ended.catch(() => {});
  const stop = () => over("aborted", signal.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop);
  const timer = setTimeout(over, ms, "timeout");
  try {
    let response;
    try {
      const asked = signal?.aborted ? ended : (0, given ?? fetch)(url, { ...all, __proto__: null, signal: controller.signal });
      response = await Promise.race([asked, ended]);
    } catch (error) {
      throw Array.isArray(error) ? error : ["network", error];
    }
    if (typeof response?.status !== "number" || typeof response.headers?.get !== "function" || typeof response.text !== "function") throw ["invalid"];
    // A followed one has no part in this either: some stand-ins for fetch follow whatever they are told.
    const moved = response.type === "opaqueredirect" || response.redirected === true || (response.status >= 300 && response.status < 400);
    try {
      return { status: response.status, headers: response.headers, moved, body: moved ? "" : await Promise.race([textOf(response), ended]) };
    } catch (error) {
      throw Array.isArray(error) ? error : ["truncated", error];
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
};

const WHY = {
  network: ["no answer from", "check the connection, DNS, TLS and proxies; in a browser also CORS and ad blockers, of which a page is not told"],
  timeout: ["no answer in time from", "try again, or see whether the endpoint is right"],
  truncated: ["half an answer from", "try again: it was cut on its way"],
  response_too_large: ["far too long an answer from", "check the endpoint"],
  invalid_response: ["no answer of HTTP from", "the fetch that was handed in should give a Response"],
};

/**
 * A request to the authorization server, never led elsewhere; whatever fails about it is an error of ours.
 * @param {{ fetch?: typeof fetch, offline?: boolean, timeoutMs?: number, debug?: Function }} at
 */
export const ask = async (at, url, { method = "GET", headers, body, secrets = [], signal }) => {
  if (at.offline) throw broken("offline", "nothing was sent: offline mode is on", "offline mode is on: unset HF_HUB_OFFLINE, or leave out offline: true");
  const all = { method, headers: { accept: "application/json", ...headers }, body, credentials: "omit", referrerPolicy: "no-referrer", redirect: "manual" };
  if (body === undefined) delete all.body;
  // workerd throws on `cache` at old compatibility dates.
  if ("cache" in Request.prototype) all.cache = "no-store";
  const ms = at.timeoutMs > 0 ? Math.min(at.timeoutMs, PATIENCE_MS) : PATIENCE_MS;
  const send = () => sending(at.fetch, url, all, Math.min(ms, LONGEST), signal);
  const request = `${method} ${plainUrl(url)}`;
  try {
    return { request, ...(await (at.debug ? told(at.debug, plainUrl, send, [url, method, , , , , , {}]) : send())) };
  } catch (error) {
    if (!Array.isArray(error)) throw error;
    const [word, cause] = error, code = word === "invalid" ? "invalid_response" : word;
    if (code === "aborted") throw broken(code, "the call was aborted", "the caller's signal ended it", { cause });
    const [message, hint] = WHY[code];
    throw broken(code, `${message} ${plainUrl(url)}`, hint, { request, because: because(cause, secrets) });
  }
};

/** What an error tells of an answer. */
export const about = ({ status, headers, request }) => {
  const [, quota] = /;\s*t=(\d{1,9})/.exec(header(headers, "ratelimit") ?? "") ?? [];
  const told = /^\d{1,9}$/.exec(header(headers, "retry-after") ?? "")?.[0] ?? quota;
  const more = { status, request, requestId: header(headers, "x-request-id"), retryAfterMs: told === undefined ? undefined : told * 1000 };
  for (const key in more) if (more[key] === undefined) delete more[key];
  return more;
};
