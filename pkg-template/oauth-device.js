// Signing in on another screen (RFC 8628): for terminals, and for pages that may open no window.

import { refuse } from "./error.js";
import { broken } from "./oauth-error.js";
import { clientIdOf, grantOf, wishOf } from "./oauth-flow.js";
import { signedIn } from "./oauth-identity.js";
import { discover, isSafe, isSenseless, oauthWord, postForm, tokenRequest } from "./oauth-wire.js";
import { own, patience, reading } from "./options.js";
import { pick, text } from "./snippets.js";

/** RFC 8628, sections 3.2 and 3.5. The Hub names no interval; how long a code lasts without a word is the Python client's. */
const INTERVAL_S = 5, SLOWER_S = 5, LIFE_S = 900;
const GRANT = "urn:ietf:params:oauth:grant-type:device_code";

const seconds = (it, otherwise, most) => (typeof it === "number" && it > 0 ? Math.min(it, most) : otherwise);

const pause = (ms, signal) => new Promise((resolve, reject) => {
  const stop = () => {
    clearTimeout(timer);
    reject(broken("aborted", "the call was aborted", "the caller's signal ended it", { cause: signal.reason }));
  };
  const timer = setTimeout(() => {
    signal?.removeEventListener("abort", stop);
    resolve();
  }, ms);
  if (signal?.aborted) stop();
  else signal?.addEventListener("abort", stop, { once: true });
});

/** What the person is shown, checked: it becomes a link. */
const codeOf = (it, more) => {
  const deviceCode = text(it, "device_code"), userCode = text(it, "user_code"), at = text(it, "verification_uri");
  const address = (url) => { try { const parsed = new URL(url); return isSafe(parsed) && !parsed.username && !parsed.password ? parsed.href : undefined; } catch {} };
  const verificationUri = address(at);
  if (!/^[\x21-\x7e]{1,2000}$/.test(deviceCode ?? "") || !/^[\x20-\x7e]{1,100}$/.test(userCode ?? "") || !verificationUri)
    throw broken("invalid_token_response", "the server's answer has no code to show", "this is not the Hub's answer: look for a proxy in between, and check the endpoint", more);
  return { deviceCode, userCode, verificationUri, verificationUriComplete: address(text(it, "verification_uri_complete")) ?? verificationUri };
};

export const device = (port, defaults) => async (options) => {
  const all = own(options), { signal } = reading(() => patience(all)), { onCode, remember } = all;
  if (typeof onCode !== "function") throw refuse("invalid_argument", "`onCode` should be a function", "deviceLogin({ onCode: ({ userCode, verificationUri }) => … }) shows the person where to go");
  if (remember != null && typeof remember !== "boolean") throw refuse("invalid_argument", "`remember` should be true or false", "see the types of the package");
  const { clientSecret } = defaults, clientId = clientIdOf(defaults), scope = wishOf({ ...defaults, ...all });

  const { deviceEndpoint, tokenEndpoint, userinfoEndpoint } = await discover(port, { signal });
  if (!deviceEndpoint) throw broken("invalid_metadata", "this server has no sign-in by device", "use signIn(), or a server that has one");
  const { it, more } = await postForm(port, deviceEndpoint, { client_id: clientId, scope }, { clientSecret, signal });
  const { deviceCode, ...shown } = codeOf(it, more);
  const lifeMs = seconds(pick(it, "expires_in"), LIFE_S, 86_400) * 1000, end = performance.now() + lifeMs;
  let waitMs = seconds(pick(it, "interval"), INTERVAL_S, 300) * 1000;

  // What it throws, now or later, is the caller's own.
  const shows = Promise.resolve(onCode({ ...shown, expiresAt: Date.now() + lifeMs }));
  const failing = new Promise((_, reject) => shows.catch(reject));
  failing.catch(() => {});
  const stop = new AbortController();
  const leave = () => stop.abort(signal.reason);
  if (signal?.aborted) leave();
  signal?.addEventListener("abort", leave);

  const poll = async () => {
    for (;;) {
      if (performance.now() + waitMs > end) {
        await pause(Math.max(0, end - performance.now()), stop.signal);
        throw broken("state_expired", "nobody agreed in time", "start the sign-in again");
      }
      await pause(waitMs, stop.signal);
      try {
        return await tokenRequest(port, tokenEndpoint, { grant_type: GRANT, device_code: deviceCode, client_id: clientId }, { clientSecret, signal: stop.signal });
      } catch (error) {
        const word = oauthWord(error);
        if (word === "slow_down" || error.code === "timeout") waitMs += SLOWER_S * 1000;
        else if (error.code === "rate_limited") waitMs = Math.max(waitMs, error.retryAfterMs ?? 0);
        else if (word !== "authorization_pending" && !error.retryable && !isSenseless(error)) throw error;
      }
    }
  };
  try {
    const answer = await Promise.race([poll(), failing]);
    const grant = grantOf(answer, { scope, clientId, tokenEndpoint, userinfoEndpoint, clientSecret });
    return await signedIn(port, { token: answer.accessToken, grant }, { signal, remember, first: true });
  } finally {
    signal?.removeEventListener("abort", leave);
    stop.abort();
  }
};
