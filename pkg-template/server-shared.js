// What requests of one visitor share that come at the same time with the same old cookie: a refresh token and a code are
// good for one use. Kept by its digest, for as long as such requests may follow, in this isolate or process alone.

import { textOf } from "./text.js";
import { once } from "./server-once.js";
import { digest } from "./oauth-flow.js";

const MEMORY_MS = 60_000;

/** What came of a callback, by its state. */
export const callbacks = once(MEMORY_MS);

const answers = once(MEMORY_MS);
const PASSED = ["content-type", "retry-after", "ratelimit", "x-request-id"];

/** Thrown past the memory, so that only what is a success is remembered. */
class Unsuccessful { constructor(answer) { this.answer = answer; } }

/** A fetch whose requests with one and the same refresh token are one request. */
export const refreshingOnce = (given) => async (url, init) => {
  const used = typeof init?.body === "string" ? new URLSearchParams(init.body).get("refresh_token") : undefined;
  const ask = () => (0, given ?? fetch)(url, init);
  if (!used) return ask();
  const plain = await answers.join(await digest(`${new URL(url).origin} ${used}`), async () => {
    const response = await ask();
    const { status } = response, headers = PASSED.map((name) => [name, response.headers.get(name)]).filter(([, it]) => it !== null);
    // An answer belongs to the request that got it, a text to everybody. Elsewhere nothing is followed.
    const answer = { status, headers, text: status >= 300 && status < 400 ? "" : await textOf(response), moved: response.redirected === true || response.type === "opaqueredirect" };
    if (status !== 200) throw new Unsuccessful(answer);
    return answer;
  }, init.signal).catch((error) => {
    if (error instanceof Unsuccessful) return error.answer;
    throw error;
  });
  // One that was followed is refused as a redirect is.
  return plain.moved ? new Response(null, { status: 302 }) : new Response(plain.text || null, plain);
};
