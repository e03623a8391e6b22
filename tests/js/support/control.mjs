// A localhub as a test sees it: its principals, its log, its faults. Works wherever there is a fetch.

/** Well formed, and nobody's. */
export const NOBODYS = "hf_nobody".padEnd(37, "7");

export async function connect(hubUrl, cdnUrl) {
  const send = async (method, path, body) => {
    const answer = await fetch(`${hubUrl}/_localhub/${path}`, { method, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const principals = await send("GET", "principals");
  const control = {
    /** Seeded accounts and repos, an empty log, no faults. */
    reset: () => send("POST", "reset"),
    /** `on` is a path, or what the order's `match` says; the fault hits once unless told otherwise. */
    fault: (on, fault, times = 1) => send("POST", "faults", { match: typeof on === "string" ? { path: on } : on, fault, times }),
    /** An answer in place of the real one. */
    answer: (path, status, body, headers = {}, times = 1) =>
      control.fault(path, { type: "body", status, headers, body: typeof body === "string" ? body : JSON.stringify(body) }, times),
    redirect: (on, to, status = 302, times = 1) => control.fault(on, { type: "redirect", status, to }, times),
    /** Faults that nobody met: an order that hit nothing is a mistake of the test. */
    waiting: () => send("GET", "faults"),
    /** Without the questions that a browser asks first by itself. */
    requests: async () => (await send("GET", "requests")).filter((it) => !it.headers["access-control-request-method"]),
    /** The log in short: `GET /api/models?x=1`, with `cdn ` in front on the second origin. */
    lines: async () => (await control.requests()).map((it) => `${it.origin === "cdn" ? "cdn " : ""}${it.method} ${it.path}${it.query && `?${it.query}`}`),
    forget: () => send("DELETE", "requests"),
    standing: (name, change) => send("POST", `tokens/${name}`, change),
    /** A repo's gate, privacy and requests: `repo("models/grace/gated-pending", { requests: { ada: "accepted" } })`. */
    repo: (path, change) => send("POST", `repos/${path}`, change),
    settings: (it) => send("POST", "settings", it),
    limits: (it) => send("POST", "limits", it),
  };
  const token = (name) => {
    const found = principals.find((it) => it.name === name);
    if (!found) throw new Error(`no principal is called ${name}`);
    return found.token;
  };
  return { hubUrl, cdnUrl, control, token, principals };
}

/** Waits until it is so, at most two seconds. */
export async function until(look, about) {
  for (const end = Date.now() + 2000; Date.now() < end; await pause(20)) if (await look()) return;
  throw new Error(`in two seconds it did not happen that ${about}`);
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
