// Stand-ins for fetch and for storage.

/** A fetch that answers by a function of the request and keeps what it was asked. */
export function spy(answer = () => json({})) {
  const fetch = async (...args) => {
    const [url, init = {}] = args;
    const headers = new Headers(init.headers);
    const call = { url, init, args, method: init.method, headers, authorization: headers.get("authorization") };
    fetch.calls.push(call);
    return answer(call, fetch.calls.length);
  };
  fetch.calls = [];
  return fetch;
}

export const json = (body, status = 200, headers = {}) =>
  new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });

/** A redirect as a runtime shows it that does not follow. */
export const redirect = (location, status = 302) => new Response(null, { status, headers: { location } });

/** What a fetch is told to do with a redirect of a read: browsers show a page none, and so follow by themselves. */
export const READS = globalThis.navigator?.userAgent?.startsWith("Mozilla/") ? "follow" : "manual";

/** In the shape of localStorage. */
export function storage(items = {}) {
  const map = new Map(Object.entries(items));
  return {
    map,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, String(value)),
    removeItem: (key) => void map.delete(key),
  };
}

/** Runs with other globals, and puts the old ones back. */
export async function amid(globals, run) {
  const before = Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { configurable: true, ...(typeof value === "function" && value.isGetter ? { get: value } : { value, writable: true }) });
  try {
    return await run();
  } finally {
    for (const [name, it] of before) it ? Object.defineProperty(globalThis, name, it) : delete globalThis[name];
  }
}

export const getter = (run) => Object.assign(() => run(), { isGetter: true });
