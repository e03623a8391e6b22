// Text that only this server can read or write: AES-256-GCM, under keys made from the secrets. What cannot be opened is
// nothing, whatever the reason: a visitor may send anything.

import { refuse } from "./error.js";
import { base64url } from "./oauth-flow.js";

const VERSION = 1, ID = 4, IV = 12, LEAST = 32, MOST = 2 ** 15;
const bytes = (text) => new TextEncoder().encode(text);

const unbase64url = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (it) => it.charCodeAt(0));

/** Looked at when the server starts, not when the first visitor comes. */
export const secretsIn = (given) => {
  const all = typeof given === "string" ? [given] : Array.isArray(given) ? given.filter((it) => it != null && it !== "") : [];
  // A binding that is not there yet, as of the old secret, is none; the first one seals and must be there.
  if (!all.length || (Array.isArray(given) && !given[0])) throw refuse("invalid_argument", "`secrets` holds no secret to seal with", "make one: openssl rand -base64 32; keep it as the server's secret, the newest first in the list");
  for (const it of all)
    if (typeof it !== "string" || bytes(it).length < LEAST) throw refuse("invalid_argument", `a secret is shorter than ${LEAST} bytes, or no text`, "make one: openssl rand -base64 32");
  return all;
};

/**
 * @param {string[]} secrets the first seals, all of them open
 * @param {string} purpose what is sealed for one opens for no other
 */
export const sealer = (secrets, purpose) => {
  // Kept when it is there, not while it comes: in workerd nobody may wait for what another request began.
  let known;
  const keys = async () => (known ??= await Promise.all(secrets.map(async (secret) => {
    const base = await crypto.subtle.importKey("raw", bytes(secret), "HKDF", false, ["deriveKey", "deriveBits"]);
    const by = (what) => ({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes(`hubkey server ${VERSION} ${what}`) });
    return {
      id: new Uint8Array(await crypto.subtle.deriveBits(by("id"), base, ID * 8)),
      // One key for each purpose, so that the limit of 2^32 random nonces is each purpose's own.
      key: await crypto.subtle.deriveKey(by(`key ${purpose}`), base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]),
    };
  })));
  const how = (iv) => ({ name: "AES-GCM", iv, additionalData: bytes(JSON.stringify(["hubkey server", VERSION, purpose])) });

  return {
    /** `until` is when it stops to open, in milliseconds since 1970. */
    async seal(value, until) {
      const [{ id, key }] = await keys(), iv = crypto.getRandomValues(new Uint8Array(IV));
      const sealed = new Uint8Array(await crypto.subtle.encrypt(how(iv), key, bytes(JSON.stringify({ until, value }))));
      const all = new Uint8Array(1 + ID + IV + sealed.length);
      all[0] = VERSION;
      all.set(id, 1);
      all.set(iv, 1 + ID);
      all.set(sealed, 1 + ID + IV);
      return base64url(all);
    },

    /** The value, its end, and whether it was sealed by the first secret; or undefined. */
    async open(text) {
      if (typeof text !== "string" || text.length > MOST || !/^[\w-]+$/.test(text)) return;
      try {
        const all = unbase64url(text), [first, ...rest] = await keys();
        if (all[0] !== VERSION) return;
        // The id tells which, so that what is foreign costs no decryption.
        const of = [first, ...rest].find(({ id }) => id.every((byte, at) => byte === all[1 + at]));
        if (!of) return;
        const plain = await crypto.subtle.decrypt(how(all.slice(1 + ID, 1 + ID + IV)), of.key, all.slice(1 + ID + IV));
        const { until, value } = JSON.parse(new TextDecoder().decode(plain));
        if (until > Date.now()) return { value, until, newest: of === first };
      } catch {
        // Changed on its way, or another's.
      }
    },
  };
};
