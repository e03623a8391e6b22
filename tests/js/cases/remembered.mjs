// whoami's answers of the last minute. tests/THREATS.md, rows 18, 26, 71.
import { caught, fails, same, yes } from "../support/check.mjs";
import { NOBODYS, pause, until } from "../support/control.mjs";
import { json, spy } from "../support/spy.mjs";

const OTHERS = "hf_other".padEnd(37, "8");
const PEOPLE = { [`Bearer ${NOBODYS}`]: "ada", [`Bearer ${OTHERS}`]: "grace" };

const asked = ({ hubkey }, options, answer = ({ authorization }) => json({ type: "user", id: "1", name: PEOPLE[authorization], orgs: [] })) => {
  const fetch = spy(answer);
  return { fetch, make: (more) => new hubkey.Hub({ endpoint: "https://hub.example", fetch, token: NOBODYS, ...options, ...more }) };
};

/** As if so many milliseconds had passed. */
const after = async (ms, run) => {
  const { now } = Date;
  Date.now = () => now() + ms;
  try {
    return await run();
  } finally {
    Date.now = now;
  }
};

export default {
  "an answer serves every client for a minute": async (at) => {
    const { fetch, make } = asked(at);
    same([(await make().whoami()).name, (await make().whoami()).name, fetch.calls.length], ["ada", "ada", 1]);
    await after(59_000, () => make().whoami());
    same(fetch.calls.length, 1);
    await after(61_000, () => make().whoami());
    same(fetch.calls.length, 2);
    await after(-600_000, () => make().whoami());
    same(fetch.calls.length, 3, "a clock that was set back makes nothing younger");
  },

  "cache: false asks, and what it learns serves others": async (at) => {
    let name = "ada";
    const { fetch, make } = asked(at, {}, () => json({ type: "user", id: "1", name, orgs: [] }));
    const hub = make();
    await hub.whoami();
    name = "lovelace";
    same((await hub.whoami()).name, "ada");
    same((await hub.whoami({ cache: false })).name, "lovelace");
    same([(await hub.whoami()).name, fetch.calls.length], ["lovelace", 2]);
  },

  "two users in one isolate are never taken for each other": async (at) => {
    const { make } = asked(at);
    const [ada, grace] = [make(), make({ token: OTHERS })];
    for (let turn = 0; turn < 5; turn++) same([(await ada.whoami()).name, (await grace.whoami()).name, (await ada.whoami({ token: OTHERS })).name], ["ada", "grace", "grace"]);
    const elsewhere = make({ endpoint: "https://other.example" });
    await elsewhere.whoami();
    same(make().endpoint === elsewhere.endpoint, false);
  },

  "another endpoint is asked itself": async (at) => {
    const { fetch, make } = asked(at);
    await make().whoami();
    await make({ endpoint: "https://other.example" }).whoami();
    same(fetch.calls.map((it) => new URL(it.url).host), ["hub.example", "other.example"]);
  },

  "everybody gets an answer of their own": async (at) => {
    const { make } = asked(at);
    const hub = make();
    const all = await Promise.all([hub.whoami(), hub.whoami(), hub.whoami()]);
    all.push(await hub.whoami());
    for (const it of all) it.orgs.push("mine");
    same(all.map((it) => it.orgs.length), [1, 1, 1, 1]);
  },

  "validateToken and login ask each time": async (at) => {
    const { fetch, make } = asked(at);
    const hub = make();
    await hub.whoami();
    await hub.validateToken();
    await hub.validateToken(NOBODYS);
    await hub.login({ token: NOBODYS });
    same(fetch.calls.length, 4);
    await hub.whoami();
    same(fetch.calls.length, 4, "and what login learnt is known");
  },

  "a failure is not remembered, and ends what was": async (at) => {
    let status = 200;
    const { fetch, make } = asked(at, { maxRetries: 0 }, () => (status === 200 ? json({ type: "user", id: "1", name: "ada" }) : json({ error: "Invalid credentials in Authorization header" }, status)));
    const hub = make();
    await hub.whoami();
    status = 503;
    await fails(hub.whoami({ cache: false }), "server_error");
    same((await hub.whoami()).name, "ada", "a Hub that is down says nothing about who it is");
    status = 401;
    same((await hub.validateToken()).valid, false);
    await fails(hub.whoami(), "invalid_token");
    same(fetch.calls.length, 4);
  },

  "logout leaves nothing": async (at) => {
    const { fetch, make } = asked(at);
    const hub = make();
    await hub.whoami();
    await hub.logout();
    await make().whoami();
    same(fetch.calls.length, 2);
  },

  "those who ask at the same time make one request": async (at) => {
    const { fetch, make } = asked(at);
    const hub = make();
    const names = await Promise.all(Array.from({ length: 50 }, () => hub.whoami({ cache: false })));
    same([names.every((it) => it.name === "ada"), fetch.calls.length], [true, 1]);
    const mixed = await Promise.all([hub.whoami({ cache: false }), hub.whoami({ cache: false, token: OTHERS }), hub.whoami({ cache: false, token: OTHERS })]);
    same([mixed.map((it) => it.name), fetch.calls.length], [["ada", "grace", "grace"], 3]);
  },

  "one who leaves takes nobody along, and the last one ends it": async (at) => {
    await at.control.fault("/api/whoami-v2", { type: "delay", ms: 300 });
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, token: at.token("testread") });
    const [first, second] = [new AbortController(), new AbortController()];
    const reason = new Error("left");
    const leaving = caught(hub.whoami({ signal: first.signal }));
    const staying = hub.whoami({ signal: second.signal });
    const waiting = hub.whoami();
    await until(async () => (await at.control.lines()).length > 0, "it was asked");
    first.abort(reason);
    const error = await leaving;
    same([error.code, error.name], ["aborted", "AbortError"]);
    yes(error.cause === reason, "the reason is the cause");
    same([(await staying).name, (await waiting).name, (await at.control.lines()).length], ["ada", "ada", 1]);
    second.abort();

    await at.control.fault("/api/whoami-v2", { type: "silence" });
    await at.control.forget();
    const both = [new AbortController(), new AbortController()];
    const under = both.map((it) => caught(hub.whoami({ cache: false, signal: it.signal })));
    await until(async () => (await at.control.lines()).length === 1, "it was asked");
    both[0].abort();
    await pause(50);
    same((await at.control.requests())[0].aborted ?? false, false, "the other still waits");
    both[1].abort();
    same((await Promise.all(under)).map((it) => it.code), ["aborted", "aborted"]);
    await until(async () => (await at.control.requests())[0].aborted, "the server saw it end");
  },

  "a failure is everybody's, and the next one asks again": async (at) => {
    let fine = false;
    const { fetch, make } = asked(at, { maxRetries: 0 }, () => (fine ? json({ type: "user", id: "1", name: "ada" }) : json({}, 500)));
    const hub = make();
    const errors = await Promise.all([caught(hub.whoami()), caught(hub.whoami())]);
    same([errors.map((it) => it.code), fetch.calls.length], [["server_error", "server_error"], 1]);
    fine = true;
    same((await hub.whoami()).name, "ada");
  },

  "a sign-in meanwhile is asked about by itself": async (at) => {
    const { fetch, make } = asked(at);
    const hub = make();
    const before = hub.whoami({ cache: false });
    await hub.setToken({ token: OTHERS });
    const later = hub.whoami({ cache: false });
    same([(await before).name, (await later).name, fetch.calls.length], ["ada", "grace", 2]);
  },
};
