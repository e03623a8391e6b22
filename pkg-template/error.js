// One class for every failure. The module describes a failure; this makes it an Error.

const BRAND = Symbol.for("hubkey.HubError");
const NAMES = { aborted: "AbortError", timeout: "TimeoutError" };

export class HubError extends Error {
  constructor({ message, cause, because, ...rest }) {
    super(message);
    Object.assign(this, rest);
    const hide = (name, value) => Object.defineProperty(this, name, { value, configurable: true, writable: true });
    hide("name", NAMES[rest.code] ?? "HubError");
    hide(BRAND, true);
    // What somebody else threw is told by name, message and code alone: such objects carry requests, and those tokens.
    const told = because?.reduceRight((inner, { message, ...it }) => {
      const error = Object.assign(new Error(message), it);
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
export const refuse = (code, message, hint, cause) =>
  new HubError({ code, message, hint, retryable: code === "internal_panic", docs: "https://huggingface.co/docs/hub/api", cause });
