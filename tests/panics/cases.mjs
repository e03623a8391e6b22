// Panics on purpose, through nothing but the public API, in whatever place this runs. The module is built with the
// feature `panic-hook` (src/js/hook.rs): a token `panic:index` and a path `/panic/after/index` panic in that way.

const TOKEN = "hf_panics".padEnd(37, "0");
/** In the middle of something the engine's stack ends, or the module's own. */
const WAYS = ["panic", "unwrap", "index", "overflow", "large"];
/** What hangs for longer is taken as never settled. */
const LIMIT_MS = 10_000;
/** A promise of ours: by then whoever waited has been told. A hundred new instances in a row may take longer. */
const TOLD_WITHIN_MS = 1_000;
const MANY = "a hundred in a row";
const HANDED_OUT = "sync, with a Response of hub.fetch half read";

const json = (body) => new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });

/**
 * A fetch that answers at once, except for paths with `hang`, which wait for ever and note what their signal says.
 * The body of `half` is sent by and by, and ends with the signal, as the platform's does.
 */
function network() {
  const signals = [];
  const half = {};
  const fetch = (url, { signal }) => {
    if (url.includes("half")) {
      return Promise.resolve(new Response(new ReadableStream({
        start(controller) {
          half.send = (text) => controller.enqueue(new TextEncoder().encode(text));
          half.end = () => controller.close();
          signal.addEventListener("abort", () => controller.error(signal.reason));
        },
      })));
    }
    if (!url.includes("hang")) return Promise.resolve(json(url.includes("models") ? [{ id: "a/b" }] : { ok: true }));
    const seen = { aborted: undefined };
    signals.push(seen);
    signal.addEventListener("abort", () => { seen.aborted = signal.reason?.code ?? `${signal.reason}`; });
    return new Promise(() => {});
  };
  return { fetch, signals, half };
}

/** How it ends, and after how long: the code of the error, or what went otherwise. */
async function ended(hubkey, work) {
  const started = performance.now();
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(resolve, LIMIT_MS, "never settled"); });
  const worked = async () => {
    try {
      await work();
      return "no failure";
    } catch (error) {
      return error instanceof hubkey.HubError && error.retryable ? error.code : `${error}`;
    }
  };
  const code = await Promise.race([worked(), late]);
  clearTimeout(timer);
  return { code, ms: performance.now() - started };
}

const caught = (run) => async () => run();

/** @returns {Promise<{ name: string, ended: { code: string, ms: number }[], aborted?: (string | undefined)[], next: boolean, read?: string }[]>} */
export async function panics(hubkey) {
  const { fetch, signals, half } = network();
  const hub = new hubkey.Hub({ endpoint: "https://hub.example", fetch, token: TOKEN });
  const cases = {};
  const hanging = () => [hub.request("/api/hang"), hub.listModels({ search: "hang" })[Symbol.asyncIterator]().next(), hub.fetch("https://hub.example/hang")];

  for (const way of WAYS) {
    cases[`sync, ${way}`] = () => [caught(() => hubkey.maskToken(`panic:${way}`))];
    cases[`in the first step, another call pending, ${way}`] = () => {
      const other = hub.request("/api/hang");
      return [() => hub.request(`/panic/first/${way}`), () => other];
    };
    cases[`after an await, ${way}`] = () => [() => hub.request(`/panic/after/${way}`)];
  }
  for (const way of ["panic", "overflow"]) {
    cases[`in a callback of a promise, ${way}`] = () => [() => hub.request(`/panic/callback/${way}`)];
    cases[`in a callback within a call, ${way}`] = () => [() => hub.request(`/panic/within/${way}`)];
    cases[`in a call from within another's fetch, ${way}`] = () => {
      const inner = new hubkey.Hub({ endpoint: "https://hub.example", fetch: () => (hubkey.maskToken(`panic:${way}`), json({})) });
      return [() => inner.request("/api/x")];
    };
    cases[`sync, with a request, a list and a fetch in flight, ${way}`] = async () => {
      const flights = hanging();
      for (const it of flights) it.catch(() => {});
      // In flight is what the network has seen.
      for (let left = 500; signals.length < flights.length && left; left--) await new Promise((resolve) => setTimeout(resolve, 1));
      const first = ended(hubkey, caught(() => hubkey.maskToken(`panic:${way}`)));
      return [() => first.then(({ code }) => { throw Object.assign(new hubkey.HubError({ code, retryable: true })); }), ...flights.map((it) => () => it)];
    };
  }
  let read;
  cases[HANDED_OUT] = async () => {
    const response = await hub.fetch("https://hub.example/half");
    const reader = response.body.getReader();
    half.send("before, ");
    const first = await reader.read();
    const text = async () => {
      half.send("after");
      half.end();
      const decoder = new TextDecoder();
      let out = decoder.decode(first.value);
      for (let it; !(it = await reader.read()).done;) out += decoder.decode(it.value);
      return out;
    };
    return [async () => {
      try { hubkey.maskToken("panic:panic"); } finally { read = text().catch((error) => `${error}`); }
    }];
  };
  cases[MANY] = () => Array.from({ length: 100 }, (_, at) => (at % 2 ? () => hub.request("/panic/after/panic") : caught(() => hubkey.maskToken("panic:panic"))));

  const out = [];
  for (const [name, make] of Object.entries(cases)) {
    signals.length = 0;
    const works = await make();
    const results = await Promise.all(works.map((work) => ended(hubkey, work)));
    out.push({ name, ended: results, aborted: signals.map((it) => it.aborted ?? "no"), next: await works_again(hubkey, hub), read: await read });
    read = undefined;
  }
  return out;
}

/** The client that was there when the module died, a new one, and calls that are synchronous. */
async function works_again(hubkey, hub) {
  const ids = [];
  for await (const model of hub.listModels({ author: "a" })) ids.push(model.id);
  const { ok } = await hub.request("/api/x");
  const fresh = new hubkey.Hub({ endpoint: "https://hub.example" });
  return ok === true && ids.join() === "a/b" && (await hub.getToken()) === TOKEN && fresh.endpoint === "https://hub.example" && hubkey.tokenKind(TOKEN) === "user";
}

/** What is wrong with such a report; empty when nothing is. */
export function complaints(report) {
  const wrong = [];
  for (const { name, ended, aborted, next, read } of report) {
    for (const { code, ms } of ended) {
      if (code !== "internal_panic") wrong.push(`${name}: ended with ${code}`);
      if (name !== MANY && ms > TOLD_WITHIN_MS) wrong.push(`${name}: told after ${ms.toFixed(0)} ms`);
    }
    for (const it of aborted) if (it !== "internal_panic") wrong.push(`${name}: the signal of a fetch says ${it}`);
    const flights = /in flight/.test(name) ? 3 : /pending/.test(name) ? 1 : 0;
    if (aborted.length !== flights) wrong.push(`${name}: ${aborted.length} fetches were in flight, expected ${flights}`);
    if (read !== (name === HANDED_OUT ? "before, after" : undefined)) wrong.push(`${name}: read ${read}`);
    if (!next) wrong.push(`${name}: the next call does not work`);
  }
  if (!report.some(({ name }) => name === HANDED_OUT)) wrong.push("no Response was handed out");
  if (report.length < 20) wrong.push(`only ${report.length} cases ran`);
  return wrong;
}

/** In a line, for whoever wonders how long it takes. */
export function times(report) {
  const all = report.filter(({ name }) => name !== MANY).flatMap(({ name, ended }) => ended.map(({ ms }) => ({ name, ms }))).sort((a, b) => a.ms - b.ms);
  const { name, ms } = all.at(-1);
  return `${all.length} calls, median ${all[all.length >> 1].ms.toFixed(2)} ms, longest ${ms.toFixed(1)} ms (${name})`;
}
