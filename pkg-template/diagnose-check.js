// One finding, and what several of them need.

/** @param {"ok" | "warning" | "failed" | "skipped" | "unknown"} status */
export const check = (name, status, message, { fix, ...data } = {}) => {
  const it = { name, status, message, fix, ...data };
  for (const key in it) if (it[key] === undefined) delete it[key];
  return it;
};

export const TOKENS = "https://huggingface.co/settings/tokens";

/** Ends by itself, whatever the work does. */
export const within = (ms, work) => new Promise((resolve, reject) => {
  const timer = setTimeout(() => reject(new DOMException(`no answer within ${ms / 1000} seconds`, "TimeoutError")), ms);
  Promise.resolve().then(work).then(resolve, reject).finally(() => clearTimeout(timer));
});
