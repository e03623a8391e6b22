// What the road to the Hub looks like: the answer of the one request, its time, and what stands in between.

import { check, within } from "./diagnose-check.js";
import { header, parse_url } from "./snippets.js";

const plain = (url) => url.split(/[?#]/)[0];

/** A fetch that notes what passes, and the page's policy that refuses. */
export const watch = (given) => {
  const answers = [], refused = [];
  const heard = (event) => void refused.push({ directive: event.effectiveDirective, blocked: plain(event.blockedURI) });
  // Where there is such an event; others have an addEventListener that complains of its name.
  const page = typeof SecurityPolicyViolationEvent === "function";
  if (page) addEventListener("securitypolicyviolation", heard);
  return {
    async fetch(url, init) {
      const at = Date.now(), began = performance.now();
      const it = { request: `${init.method} ${plain(url)}` };
      answers.push(it);
      const response = await (0, given ?? fetch)(url, init);
      Object.assign(it, { status: response?.status, ms: Math.round(performance.now() - began), between: (at + Date.now()) / 2, date: header(response?.headers, "date") });
      return response;
    },
    async end() {
      // The event comes after the failure that it explains.
      await new Promise((done) => setTimeout(done));
      if (page) removeEventListener("securitypolicyviolation", heard);
      return { ...answers.at(-1), page, refused };
    },
  };
};

/** What a runtime's own code says; browsers tell a page nothing. */
const CAUSES = [
  [/ENOTFOUND|EAI_|getaddrinfo|dns error/i, "its name is not known here", "check the endpoint's spelling and this machine's DNS"],
  [/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|SSL/i, "its certificate is not trusted", "a proxy that looks into TLS has a certificate of its own: NODE_EXTRA_CA_CERTS in Node, or the system's store"],
  [/ECONNREFUSED|refused/i, "nothing listens there", "check the endpoint's port, and the proxy if there is one"],
  [/TIMEDOUT|TIMEOUT|UNREACH/i, "it cannot be reached from here", "a firewall may let only a proxy through"],
];
const PROXY = "behind a proxy pass a fetch that goes through it, such as undici's with a ProxyAgent: Node's own minds HTTPS_PROXY only with NODE_USE_ENV_PROXY=1";

const words = (error) => {
  let text = "";
  for (let it = error, depth = 0; it && depth < 5; it = it.cause, depth++) text += ` ${it.code ?? ""} ${it.message ?? ""}`;
  return text;
};

const silent = async (seen, given, signal) => {
  const { error, refused, page } = seen;
  const proxy = given ? "see the fetch that the client was given, and the proxy behind it" : PROXY;
  if (error.code === "timeout") return ["it did not answer in time", `${error.hint}; ${proxy}`];
  if (refused.length) return ["this page's own policy refuses it", "see the check `csp`"];
  if (globalThis.navigator?.onLine === false) return ["this device is offline", "connect it to a network"];
  const known = CAUSES.find(([pattern]) => pattern.test(words(error.cause)));
  if (known) return [known[1], page && !given ? known[2] : `${known[2]}; ${proxy}`];
  if (!page || given) return ["no answer came", proxy];
  // Asked again without a wish to read the answer: then a browser says whether there is one.
  const stop = signal && AbortSignal.any ? AbortSignal.any([signal]) : signal;
  const there = await within(10_000, () => fetch(`${seen.endpoint}/api/models?limit=1`, { mode: "no-cors", credentials: "omit", referrerPolicy: "no-referrer", signal: stop })).then(() => true, () => false);
  return there
    ? ["it answers, but does not let this page read the answer (CORS)", "let the endpoint or the proxy before it answer with Access-Control-Allow-Origin, and allow the header Authorization"]
    : ["no answer came, and a browser does not say why", "check the connection and the endpoint; ad blockers and privacy extensions also do this"];
};

export const endpoint = async (seen, given, signal) => {
  const { request, status, ms, error } = seen;
  const say = (state, message, more) => check("endpoint", state, message, { endpoint: seen.endpoint, request, httpStatus: status || undefined, ms, code: error?.code, requestId: error?.requestId, ...more });
  const { code, hint: fix } = error ?? {};
  if (!error) return say("ok", `the Hub answered within ${ms} ms`);
  if (!request) return say("skipped", "nothing was asked");
  if (status === undefined && (code === "network" || code === "timeout")) {
    const [why, cure] = await silent(seen, given, signal);
    return say("failed", `the endpoint was not reached: ${why}`, { fix: cure });
  }
  if (code === "rate_limited") return say("warning", "the Hub answered, and asks for fewer requests", { fix });
  if (code === "server_error") return say("failed", `the Hub answered with ${status}: it has a problem`, { fix });
  if (/^(invalid_token|unauthorized|forbidden|org_restricted|insufficient_scope)$/.test(code)) return say("ok", `the Hub answered within ${ms} ms`, { code: undefined });
  return say("failed", `what answered is not the Hub as it should be: ${error.message}`, { fix });
};

export const policy = ({ page, refused, endpoint }) => {
  if (!page) return check("csp", "skipped", "there is no Content-Security-Policy outside pages");
  const [origin] = parse_url(endpoint).split(" ");
  if (refused.length) return check("csp", "failed", `this page's Content-Security-Policy refuses ${refused[0].blocked} (${refused[0].directive})`, { refused, fix: `add ${origin} to connect-src` });
  return check("csp", "ok", "this page's Content-Security-Policy refused nothing", { refused });
};

const MINUTE = 60_000;

/** By the Hub's `Date`, which has whole seconds and was written somewhere between question and answer. */
export const clock = ({ date, between, status }) => {
  const told = Date.parse(date);
  if (!(told > 0)) return check("clock", status ? "unknown" : "skipped", status ? "the Hub's clock cannot be read here: browsers hide it" : "nothing answered");
  const skewMs = Math.round(between - told - 500);
  const off = Math.abs(skewMs);
  if (off < MINUTE) return check("clock", "ok", "this device's clock is right", { skewMs });
  const much = off < 120 * MINUTE ? `${Math.round(off / MINUTE)} minutes` : off < 2 * 1440 * MINUTE ? `${Math.round(off / MINUTE / 60)} hours` : `${Math.round(off / MINUTE / 1440)} days`;
  return check("clock", "warning", `this device's clock is ${much} ${skewMs > 0 ? "ahead" : "behind"}`, { skewMs, fix: "set it by the network: tokens, signed addresses and certificates are judged by the time" });
};
