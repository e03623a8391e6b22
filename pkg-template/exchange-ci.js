// Where a job's id token comes from: the caller, HF_OIDC_ID_TOKEN as the Python client has it, or GitHub Actions.

import { isHubError, refuse } from "./error.js";
import { githubIdToken } from "./exchange-github.js";
import { patiently } from "./exchange-request.js";
import { within } from "./host.js";
import { because, broken } from "./oauth-error.js";
import { canonical } from "./oauth-wire.js";
import { own } from "./options.js";

const PATIENCE_MS = 10_000;

const unless = (signal, work) => !signal ? work : new Promise((resolve, reject) => {
  const stop = () => reject(broken("aborted", "the call was aborted", "the caller's signal ended it", { cause: signal.reason }));
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
});

const bare = (text) => text.trim();

/** The caller's own, as text or from a function; `again` where it can be had another time. */
export const givenIdToken = async (at, it, signal) => {
  if (typeof it === "string") return { idToken: bare(it), again: false };
  if (typeof it !== "function") throw refuse("invalid_argument", "`idToken` should be text", "the id token of the CI");
  const ms = at.timeoutMs > 0 ? Math.min(at.timeoutMs, PATIENCE_MS) : PATIENCE_MS;
  let text;
  try {
    const late = broken("timeout", "no id token came in time", "the function that was handed in should give one within ten seconds");
    text = await within(ms, unless(signal, (async () => it({ audience: canonical(at.endpoint), signal }))()), late);
  } catch (error) {
    if (isHubError(error)) throw error;
    throw broken("no_token", "the function that was handed in gave no id token", "see its cause", { because: because(error) });
  }
  if (typeof text !== "string" || !bare(text)) throw refuse("no_token", "the function that was handed in gave no id token", "idToken: async () => the id token, as text");
  return { idToken: bare(text), again: true };
};

/** The surroundings' own. Looked at for each exchange: some CI systems change it. */
export const jobsIdToken = async (at, env, signal) => {
  const { HF_OIDC_ID_TOKEN: given, GITHUB_ACTIONS: github, ACTIONS_ID_TOKEN_REQUEST_URL: url } = own(env);
  if (typeof given === "string" && bare(given)) return givenIdToken(at, given, signal);
  const audience = canonical(at.endpoint);
  if (!github && !url) throw refuse("no_token", "nothing here gives an id token: neither GitHub Actions nor HF_OIDC_ID_TOKEN", `in another CI set HF_OIDC_ID_TOKEN to its id token for ${audience}, or pass idToken`);
  return { idToken: await patiently(() => githubIdToken(at, env, audience, signal)), again: true };
};
