// The few assertions that the cases need. Not node:assert: the cases run in pages and in workerd too.

export class Unmet extends Error {
  name = "Unmet";
}

const show = (it) => {
  try {
    return typeof it === "string" ? it : (JSON.stringify(it, (_, value) => (value === undefined ? "undefined" : value)) ?? String(it));
  } catch {
    return String(it);
  }
};

/** Deeply equal; the order of keys does not count, a key with `undefined` is not an absent one. */
export function same(is, should, about = "") {
  if (!alike(is, should)) throw new Unmet(`${about && `${about}: `}expected ${show(should)}, met ${show(is)}`);
}

export function yes(value, about = "expected something true") {
  if (!value) throw new Unmet(`${about}, met ${show(value)}`);
}

/** Each of the parts, texts or patterns, stands in the text. */
export function has(text, ...parts) {
  for (const part of parts)
    if (typeof part === "string" ? !String(text).includes(part) : !part.test(text)) throw new Unmet(`expected ${part} in ${show(text)}`);
}

export function lacks(text, part, about = "") {
  if (String(text).includes(part)) throw new Unmet(`${about && `${about}: `}did not expect ${part} in ${show(text)}`);
}

/** What a promise or a function ended with, which must be an error. */
export async function caught(work) {
  let value;
  try {
    value = await (typeof work === "function" ? work() : work);
  } catch (error) {
    return error;
  }
  throw new Unmet(`expected a failure, met ${show(value)}`);
}

const LATER = ["rate_limited", "server_error", "network", "timeout", "truncated", "range_mismatch", "internal_panic"];
const NAMES = { aborted: "AbortError", timeout: "TimeoutError" };

/** Ends with an error of ours that has this code, and whatever every error of ours has. Gives the error. */
export async function fails(work, code, about = "") {
  const error = await caught(work);
  if (error.code !== code) throw new Unmet(`${about && `${about}: `}expected ${code}, met ${error.code ?? ""} ${error.name}: ${error.message}`, { cause: error });
  yes(error instanceof Error && error[Symbol.for("hubkey.HubError")] === true, "expected an error of ours");
  same(error.name, NAMES[code] ?? "HubError");
  same(error.retryable, LATER.includes(code), `retryable of ${code}`);
  yes(typeof error.message === "string" && error.message.length > 2, "expected a message");
  yes(typeof error.hint === "string" && error.hint.length > 10, "expected a hint");
  has(error.docs, /^https:\/\/huggingface\.co\/docs\//);
  return error;
}

/** Everything that a log, a reporter or a curious caller can read from a value. */
export function everything(it, seen = new Set()) {
  if (typeof it === "string") return it;
  if (it === null || (typeof it !== "object" && typeof it !== "function") || seen.has(it)) return String(it);
  seen.add(it);
  const parts = it instanceof Error ? [String(it), it.stack] : [];
  if (it instanceof Headers) parts.push([...it].join("\n"));
  for (const key of Reflect.ownKeys(it)) parts.push(String(key), everything(it[key], seen));
  try {
    parts.push(JSON.stringify(it));
  } catch {
    // A cycle: its parts were read above.
  }
  return parts.join("\n");
}

/** Nothing of the error tells the secret, nor half of it. */
export function hides(error, secret, inspect = String) {
  const text = `${everything(error)}\n${inspect(error)}`;
  lacks(text, secret, "the secret itself");
  if (secret.length >= 20) lacks(text, secret.slice(0, Math.ceil(secret.length / 2)), "the first half of the secret");
  if (secret.length >= 20) lacks(text, secret.slice(secret.length / 2), "the second half of the secret");
}

function alike(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && alike(a[key], b[key]));
}
