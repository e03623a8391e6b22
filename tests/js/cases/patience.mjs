// What is tried again, when, and how often. tests/THREATS.md, rows 50 to 54.
import { caught, fails, same, yes } from "../support/check.mjs";
import { NOBODYS, pause, until } from "../support/control.mjs";
import { json, spy } from "../support/spy.mjs";
import { collect } from "./models.mjs";

const WHOAMI = "/api/whoami-v2";
const LIMITED = (headers) => json({ error: "slow down" }, 429, headers);

let hubs = 0;
/** A Hub that no case asked before: pauses and budgets are kept for all who ask there. */
const fresh = ({ hubkey }, answer, options) => {
  const fetch = spy(answer);
  return { fetch, hub: new hubkey.Hub({ endpoint: `https://patience-${hubs++}.example`, fetch, token: NOBODYS, ...options }) };
};

/** Without the random part of a wait. */
const hastily = async (run, chance = 0) => {
  const { random } = Math;
  Math.random = () => chance;
  try {
    return await run();
  } finally {
    Math.random = random;
  }
};

export default {
  "what may pass by itself is asked three times in all": (at) => hastily(async () => {
    for (const status of [408, 429, 500, 502, 503, 504]) {
      const passing = fresh(at, (_, count) => (count < 3 ? json({}, status) : json({ id: "a/b" })));
      same((await passing.hub.modelInfo({ repo: "a/b" })).id, "a/b", `${status}`);
      same(passing.fetch.calls.length, 3);
      const lasting = fresh(at, () => json({ error: "no" }, status));
      same((await caught(lasting.hub.modelInfo({ repo: "a/b" }))).status, status);
      same(lasting.fetch.calls.length, 3, `${status}`);
    }
  }),

  "what does not pass is asked once": async (at) => {
    for (const status of [400, 402, 403, 404, 409, 416, 422, 501]) {
      const { hub, fetch } = fresh(at, () => json({ error: "no" }, status));
      await caught(hub.modelInfo({ repo: "a/b" }));
      // What a 403 leaves open is asked of whoami.
      same(fetch.calls.filter(({ url }) => !url.endsWith("/whoami-v2")).length, 1, `${status}`);
    }
  },

  "no answer, half of one, and none in time are asked again": async (at) => {
    // whoami, because no cache of a browser answers it.
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, token: at.token("testwrite"), timeoutMs: 300 });
    for (const fault of [{ type: "reset" }, { type: "cut", bytes: 20 }, { type: "cut_chunked", bytes: 20 }, { type: "silence" }, { type: "stall", bytes: 20 }]) {
      await at.control.forget();
      await at.control.fault(WHOAMI, fault, 2);
      same((await hub.whoami({ cache: false })).name, "ada", fault.type);
      same((await at.control.lines()).filter((it) => it.startsWith("GET")).length, 3, fault.type);
    }
  },

  "how often is the client's to say, and the call's": (at) => hastily(async () => {
    for (const [client, call, count] of [[0, undefined, 1], [1, undefined, 2], [5, undefined, 6], [5, 0, 1], [0, 3, 4]]) {
      const { hub, fetch } = fresh(at, () => json({}, 503), { maxRetries: client });
      await fails(hub.modelInfo({ repo: "a/b", maxRetries: call }), "server_error");
      same(fetch.calls.length, count, `${client} ${call}`);
    }
  }),

  "a wrong number of retries is refused before anything is sent": async (at) => {
    const { hub, fetch } = fresh(at, () => json({}));
    for (const options of [{ maxRetries: -1 }, { maxRetries: 1.5 }, { maxRetries: "2" }, { maxRetries: Infinity }, { maxWaitMs: -1 }, { maxWaitMs: NaN }, { maxWaitMs: "1" }, { onResponse: 5 }]) {
      await fails(hub.modelInfo({ repo: "a/b", ...options }), "invalid_argument");
      await fails(async () => new at.hubkey.Hub(options.onResponse ? { maxRetries: -1 } : options), "invalid_argument");
    }
    same(fetch.calls.length, 0);
  },

  "a told wait is waited out, once": async (at) => {
    const second = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000).toUTCString(), first = new Date(Math.ceil(Date.now() / 1000) * 1000).toUTCString();
    const forms = [{ ratelimit: '"api";r=0;t=1' }, { "retry-after": "1" }, { "retry-after": second, date: first }, { ratelimit: "limit=5, remaining=0, reset=1" }];
    await Promise.all(forms.map(async (headers) => {
      const times = [];
      const { hub, fetch } = fresh(at, (_, count) => (times.push(performance.now()), count === 1 ? LIMITED(headers) : json({ id: "a/b" })));
      same((await hub.modelInfo({ repo: "a/b" })).id, "a/b");
      same(fetch.calls.length, 2);
      yes(times[1] - times[0] >= 990, `${JSON.stringify(headers)}: came again after ${times[1] - times[0]} ms`);
    }));
  },

  "a wait beyond all measure is not waited out": async (at) => {
    for (const [headers, ms] of [[{ "retry-after": "99999" }, 99_999_000], [{ ratelimit: '"api";r=0;t=86400' }, 86_400_000], [{ "retry-after": "Fri, 31 Dec 9999 23:59:59 GMT", date: "Thu, 26 Nov 2026 12:00:00 GMT" }, 251_614_382_399_000]]) {
      const { hub, fetch } = fresh(at, () => LIMITED(headers));
      const error = await fails(hub.modelInfo({ repo: "a/b" }), "rate_limited");
      same([error.status, fetch.calls.length], [429, 1]);
      yes(Math.abs(error.retryAfterMs - ms) < 1e12 && error.retryAfterMs >= 86_400_000, `${error.retryAfterMs}`);
    }
  },

  "how long is the client's to say, and the call's": async (at) => {
    for (const [client, call] of [[500, undefined], [undefined, 0], [60_000, 999]]) {
      const { hub, fetch } = fresh(at, () => LIMITED({ ratelimit: '"api";r=0;t=1' }), { maxWaitMs: client });
      same((await fails(hub.modelInfo({ repo: "a/b", maxWaitMs: call }), "rate_limited")).retryAfterMs, 1000);
      same(fetch.calls.length, 1);
    }
  },

  "garbage in those headers means our own waits": (at) => hastily(async () => {
    for (const headers of [{ ratelimit: "garbage;;;=" }, { ratelimit: "x".repeat(20_000) }, { "retry-after": "soon" }, { "retry-after": "-1" }, { ratelimit: '"api";r=0;t=99999999999999999999', "retry-after": "1e9" }]) {
      const { hub, fetch } = fresh(at, () => LIMITED(headers));
      same((await fails(hub.modelInfo({ repo: "a/b" }), "rate_limited")).retryAfterMs, undefined);
      same(fetch.calls.length, 3);
    }
  }),

  "a storm of failures is not made worse, and passes": (at) => hastily(async () => {
    let down = true;
    const { fetch, hub: first } = fresh(at, () => json({ id: "a/b" }, down ? 503 : 200));
    // Clients of their own: the budget is nobody's.
    const clients = Array.from({ length: 200 }, () => new at.hubkey.Hub({ endpoint: first.endpoint, fetch, token: NOBODYS }));
    for (const it of await Promise.allSettled(clients.map((it) => it.modelInfo({ repo: "a/b" })))) same(it.reason?.code, "server_error");
    const storm = fetch.calls.length;
    yes(storm <= 350 && storm >= 200, `${storm} requests for 200 calls`);
    await Promise.allSettled(clients.slice(0, 50).map((it) => it.modelInfo({ repo: "a/b" })));
    yes(fetch.calls.length - storm <= 75, `${fetch.calls.length - storm} requests for 50 calls`);
    down = false;
    for (let count = 0; count < 20; count++) same((await first.modelInfo({ repo: "a/b" })).id, "a/b");
    let once = true;
    const { hub } = { hub: new at.hubkey.Hub({ endpoint: first.endpoint, fetch: async (...args) => (once ? ((once = false), json({}, 503)) : fetch(...args)) }) };
    same((await hub.modelInfo({ repo: "a/b" })).id, "a/b", "and there is something left again");
  }),

  "one refusal makes all wait, and they come back spread": async (at) => {
    let start;
    const later = [];
    const { hub, fetch } = fresh(at, () => {
      const now = performance.now();
      start ??= now;
      if (now - start < 900) return LIMITED({ ratelimit: '"api";r=0;t=1' });
      later.push(now - start);
      return json({ id: "a/b" });
    });
    const calls = Array.from({ length: 200 }, () => hub.modelInfo({ repo: "a/b" }));
    await until(() => fetch.calls.length === 200, "all were sent");
    await pause(100);
    // Whoever comes meanwhile waits too.
    const more = Array.from({ length: 50 }, () => hub.datasetInfo({ repo: "a/b" }));
    await pause(200);
    same(fetch.calls.length, 200, "nothing goes out during the pause");
    await Promise.all([...calls, ...more]);
    same([fetch.calls.length, later.length], [450, 250]);
    yes(Math.min(...later) >= 990, `the first came back after ${Math.min(...later)} ms`);
    yes(Math.max(...later) - Math.min(...later) > 100, "they come back one after the other");
  },

  "a pause is of one account and one kind of path": async (at) => {
    const { hub, fetch } = fresh(at, ({ url, authorization }) => (authorization.endsWith("7") && url.includes("/api/models/") ? LIMITED({ ratelimit: '"api";r=0;t=200' }) : json({ id: "a/b", type: "user", name: "ada" })));
    await fails(hub.modelInfo({ repo: "a/b" }), "rate_limited");
    const error = await fails(hub.datasetInfo({ repo: "a/b" }), "rate_limited");
    same([error.status, fetch.calls.length], [undefined, 1], "the same quota: nothing was sent");
    yes(error.retryAfterMs > 150_000 && error.retryAfterMs <= 200_000, `${error.retryAfterMs}`);
    same((await hub.datasetInfo({ repo: "a/b", token: "hf_other".padEnd(37, "8") })).id, "a/b");
    same((await hub.fetch(`${hub.endpoint}/a/b/resolve/main/x`)).status, 200);
    same((await hub.whoami()).name, "ada", "whoami has a limit of its own");
  },

  "a signal ends the wait": async (at) => {
    const { hub, fetch } = fresh(at, () => LIMITED({ ratelimit: '"api";r=0;t=20' }));
    const stop = new AbortController();
    const reason = new Error("the user left");
    const under = caught(hub.modelInfo({ repo: "a/b", signal: stop.signal }));
    await until(() => fetch.calls.length === 1, "it was asked");
    await pause(20);
    stop.abort(reason);
    const error = await under;
    same([error.code, error.name, fetch.calls.length], ["aborted", "AbortError", 1]);
    yes(error.cause === reason, "the reason is the cause");
    const late = await caught(hub.modelInfo({ repo: "a/b", signal: stop.signal }));
    same([late.code, fetch.calls.length], ["aborted", 1]);
  },

  "hub.fetch asks reads again and gives the last answer as it is": (at) => hastily(async () => {
    const cancelled = [];
    const body = (count) => new ReadableStream({ pull: (it) => { it.enqueue(new TextEncoder().encode(`answer ${count}`)); it.close(); }, cancel: () => void cancelled.push(count) }, { highWaterMark: 0 });
    const { hub, fetch } = fresh(at, (_, count) => new Response(body(count), { status: 503 }));
    const response = await hub.fetch(`${hub.endpoint}/api/x`);
    same([response.status, await response.text(), fetch.calls.length], [503, "answer 3", 3]);
    same(cancelled, [1, 2], "nobody reads the others");
    same((await hub.fetch(`${hub.endpoint}/api/x`, { method: "POST", body: "x" })).status, 503);
    same(fetch.calls.length, 4, "a write is sent once");
  }),

  "hub.fetch fails as the platform does, also when it waits": async (at) => {
    const { hub } = fresh(at, () => LIMITED({ ratelimit: '"api";r=0;t=20' }));
    const stop = new AbortController();
    const under = caught(hub.fetch(`${hub.endpoint}/api/x`, { signal: stop.signal }));
    await pause(30);
    const reason = new Error("mine");
    stop.abort(reason);
    yes((await under) === reason, "the signal's own reason");
  },

  "a page of a list is asked again by itself": async (at) => {
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl });
    const whole = (await collect(hub.listModels({ author: "ada", sort: "id", limit: 30, pageSize: 10 }))).map((it) => it.id);
    await at.control.fault({ path: "/api/models" }, { type: "status", status: 503 }, 2);
    same((await collect(hub.listModels({ author: "ada", sort: "id", limit: 30, pageSize: 10 }))).map((it) => it.id), whole);
  },

  "onResponse gets every answer, and what it throws ends the call": (at) => hastily(async () => {
    const seen = [];
    const { hub, fetch } = fresh(at, (_, count) => (count === 1 ? json({}, 503) : count === 2 ? new Response(null, { status: 307, headers: { location: "/api/y" } }) : json({ id: "a/b" }, 200, { "x-request-id": "third" })));
    await hub.modelInfo({ repo: "a/b", onResponse: (it) => void seen.push([it.status, it.headers.get("x-request-id")]) });
    same(seen, [[503, null], [307, null], [200, "third"]]);
    const thrown = new Error("mine");
    const error = await fails(hub.modelInfo({ repo: "a/b", onResponse: () => { throw thrown; } }), "aborted");
    yes(error.cause === thrown, "as the cause");
    same(fetch.calls.length, 4);
  }),
};
