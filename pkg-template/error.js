// One class for every failure. The module describes a failure; this makes it an Error.

const BRAND = Symbol.for("hubkey.HubError");
const NAMES = { aborted: "AbortError", timeout: "TimeoutError" };

const put = (it, name, value, enumerable = false) => Object.defineProperty(it, name, { __proto__: null, value, enumerable, configurable: true, writable: true });

export class HubError extends Error {
  constructor(given) {
    // Its own parts alone: a polluted prototype adds none.
    const { message, cause, because, ...rest } = { __proto__: null, ...given };
    super(message);
    Object.assign(this, rest);
    const hide = (name, value) => put(this, name, value);
    hide("name", NAMES[rest.code] ?? "HubError");
    hide(BRAND, true);
    // What somebody else threw is told by name, message and code alone: such objects carry requests, and those tokens.
    const told = because?.reduceRight((inner, { message, ...it }) => {
      const error = new Error(message);
      // Not assigned: `name` stands on a prototype that may be frozen.
      for (const key in it) put(error, key, it[key], true);
      if (inner) error.cause = inner;
      // Our own stack is of no use there.
      error.stack = `${it.name}: ${message}`;
      return error;
    }, undefined);
    if (cause !== undefined || told) hide("cause", cause ?? told);
  }

  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }
}

export const isHubError = (it) => {
  // A proxy may throw at any look.
  try { return it instanceof HubError || (typeof it === "object" && it !== null && it[BRAND] === true); } catch { return false; }
};

/** An error of ours made on this side. */
export const refuse = (code, message, hint, cause, retryable = code === "internal_panic") =>
  new HubError({ code, message, hint, retryable, docs: "https://huggingface.co/docs/hub/api", cause });
