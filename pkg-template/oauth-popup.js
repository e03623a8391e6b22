// Signing in beside the page, in a window of its own. That window comes back to the page's own origin, and hands the
// address that it came back with to whoever opened it.
//
// Pages of huggingface.co cut the tie between a window and its opener (Cross-Origin-Opener-Policy: same-origin): the
// opener then sees a window that is closed, and the window no opener. So it is told through a BroadcastChannel as well,
// and that a window is closed is believed only when the person is back.

import { broken } from "./oauth-error.js";
import { callbackOf, chance, LIFE_MS } from "./oauth-flow.js";

/** In the state, so that the page that comes back knows that somebody waits for it. */
export const MARK = "popup.";
const LOOK_MS = 250, BACK_MS = 3_000, TAKEN_MS = 2_000, CLOSING_MS = 1_000;

/**
 * Within the click, or the browser refuses. A frame of the Hub's, such as a Space's, is given no window that it could speak to,
 * though one opens: there the app itself opens in it, to be signed in on its own.
 */
export const openWindow = (framed) => {
  const there = globalThis.open(framed ? location.href : "about:blank", `hubkey-${chance(6)}`, "popup,width=520,height=740");
  if (there) return there;
  const hint = framed
    ? "a page in a frame of huggingface.co signs in in a window of its own, whose address is `fix`, or by deviceLogin()"
    : "call signIn({ popup: true }) right in the handler of a click, and allow windows; or use deviceLogin()";
  throw broken("popup_blocked", "the browser opened no window that this page may speak to", hint, framed && { fix: location.href });
};

/** Named by the state's digest: whoever knows it knows the state, or is the one who waits. */
const channelOf = async (state) => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(state)));
  try { return new BroadcastChannel(`hubkey:oauth:${[...digest.slice(0, 16)].map((it) => it.toString(16).padStart(2, "0")).join("")}`); } catch {}
};

const aborted = (cause) => broken("aborted", "the call was aborted", "the caller's signal ended it, or another signIn() did", { cause });

/**
 * Waits for the address that the window comes back with.
 * @param late gets it when it comes after the person was taken to have left
 */
export const waitFor = async (there, state, { signal, late }) => {
  const channel = await channelOf(state);
  const answer = new Promise((resolve, reject) => {
    let over = false, since;
    const finish = () => {
      globalThis.removeEventListener("message", heard);
      signal?.removeEventListener("abort", stop);
      channel?.close();
      clearInterval(looking);
      clearTimeout(ending);
    };
    const leave = (error) => { over = true; reject(error); };
    const take = (data, reply) => {
      let mine;
      try { mine = data?.hubkey === "callback" && typeof data.url === "string" && callbackOf(data.url).state === state; } catch {}
      if (!mine) return;
      reply({ hubkey: "taken" });
      finish();
      if (over) late(data.url);
      else resolve(data.url);
    };
    const heard = ({ origin, source, data }) => {
      if (origin === location.origin && source === there) take(data, (it) => there.postMessage(it, origin));
    };
    const stop = () => {
      finish();
      leave(aborted(signal.reason));
    };
    const looking = setInterval(() => {
      if (!there.closed || !document.hasFocus()) since = undefined;
      else if (performance.now() - (since ??= performance.now()) >= BACK_MS) {
        clearInterval(looking);
        // It may only look closed, and the person come back to it.
        leave(broken("access_denied", "the window was closed before the sign-in was done", "sign in again to be asked once more"));
      }
    }, LOOK_MS);
    const ending = setTimeout(() => {
      finish();
      if (!over) reject(broken("state_expired", "nobody agreed in time", "start the sign-in again"));
    }, LIFE_MS);
    globalThis.addEventListener("message", heard);
    if (channel) channel.onmessage = ({ data }) => take(data, (it) => channel.postMessage(it));
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop);
  });
  answer.catch(() => {});
  return { answer };
};

/** Another origin's window is not spoken to: the browser would say so on the console. */
const openerHere = () => {
  try { return globalThis.opener?.location.origin === location.origin ? globalThis.opener : undefined; } catch {}
};

/** In the window that came back: true when somebody took the address, and the window closes. */
export const handOver = async (url, state) => {
  const opener = openerHere(), channel = await channelOf(state);
  const taken = await new Promise((resolve) => {
    const isTaken = (data) => { if (data?.hubkey === "taken") resolve(true); };
    globalThis.addEventListener("message", ({ source, origin, data }) => { if (opener && source === opener && origin === location.origin) isTaken(data); });
    if (channel) channel.onmessage = ({ data }) => isTaken(data);
    setTimeout(resolve, TAKEN_MS, false);
    const said = { hubkey: "callback", url };
    opener?.postMessage(said, location.origin);
    channel?.postMessage(said);
  });
  channel?.close();
  if (!taken) return false;
  globalThis.close();
  // The page that is behind it should not be seen.
  await new Promise((done) => setTimeout(done, CLOSING_MS));
  return true;
};
