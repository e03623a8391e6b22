// A visitor's token is renewed for whoever needs it, once. tests/THREATS.md, rows 18, 45, 47, 48, 73.
import { same, yes } from "../support/check.mjs";
import { hurried } from "../support/clock.mjs";
import { json } from "../support/spy.mjs";
import { enter, hubOf, made, oauth, open, OLDER, TOKENS, USERINFO } from "./common.mjs";

const HOUR_MS = 3_600_000;
const later = async (ms, run) => {
  const { now } = Date;
  Date.now = () => now() + ms;
  try { return await run(); } finally { Date.now = now; }
};
let hubs = 0;
/** A Hub whose refresh tokens are good once, and whose access tokens are good until the next. */
const rotating = (change) => {
  // What a refresh token gave is remembered across the tests too.
  let at = ++hubs * 1000;
  const spent = new Set();
  const access = (number) => `hf_oauth_FakeAccessForTests00${number}`, refresh = (number) => `hf_oauth__refresh_FakeForTests00${number}`;
  const fetch = hubOf({
    "/oauth/token": (call) => {
      const { grant_type, refresh_token } = Object.fromEntries(new URLSearchParams(call.init.body));
      const other = change?.(grant_type);
      if (other) return other;
      if (grant_type === "refresh_token") {
        if (refresh_token !== refresh(at) || spent.has(refresh_token)) return json({ error: "invalid_grant", error_description: "used before" }, 400);
        spent.add(refresh_token);
        at++;
      }
      return json({ ...TOKENS, access_token: access(at), refresh_token: refresh(at) });
    },
    "/api/whoami-v2": (call) => call.authorization === `Bearer ${access(at)}` ? json({ type: "user", id: USERINFO.sub, name: "ada", orgs: [], auth: { accessToken: { displayName: "x", role: "read" } } }) : json({ error: "Invalid credentials in Authorization header" }, 401),
  });
  fetch.refreshes = () => fetch.forms().filter((it) => it.grant_type === "refresh_token").length;
  return fetch;
};
const entered = async (fetch, options) => {
  const it = made({ fetch, maxRetries: 0, ...options }), visits = it.visits();
  same((await enter(visits)).status, 303);
  visits.lines.length = 0;
  return { ...it, visits };
};
const copyOf = (visits, other) => {
  other.cookies = new Map(visits.cookies);
  return other;
};

export default {
  "before the token ends it is renewed, and the cookie has the new one": async () => {
    const fetch = rotating(), { visits } = await entered(fetch);
    await later(HOUR_MS - 400_000, async () => {
      same((await visits.json("/")).name, "ada");
      same([fetch.refreshes(), visits.lines.length], [0, 0], "there is time");
    });
    await later(HOUR_MS - 200_000, async () => {
      const answer = await visits.ask("/");
      same([(await answer.json()).name, answer.headers.get("cache-control")], ["ada", "no-store"]);
      same([fetch.refreshes(), visits.lines.length], [1, 1]);
      same((await visits.json("/")).name, "ada");
      same(fetch.refreshes(), 1, "with the new cookie nothing is renewed");
    });
  },

  "a token that the Hub refuses is renewed too, and the call made again": async (at) => {
    const { visits } = await open(at), browser = visits();
    await browser.signIn();
    const [token] = (await at.control.requests()).filter((it) => it.path === "/oauth/userinfo").map((it) => it.headers.authorization);
    yes(token);
    const mine = (await (await fetch(`${at.hubUrl}/_localhub/principals`)).json()).find((it) => token === `Bearer ${it.token}`);
    await at.control.standing(mine.name, { revoked: true });
    same((await browser.json("/")).name, "ada");
    same((await oauth(at)).counts?.refreshes ?? (await oauth(at)).refreshes, 1);
  },

  "eight requests at once with the same old cookie: one renewal, and all get it": async () => {
    const fetch = rotating(), { visits, app } = await entered(fetch), header = visits.header;
    await later(HOUR_MS + 1000, async () => {
      const all = await Promise.all(Array.from({ length: 8 }, () => app(new Request("https://app.example/", { headers: { cookie: header } }))));
      same(await Promise.all(all.map(async (it) => (await it.json()).name)), Array(8).fill("ada"));
      same(fetch.refreshes(), 1);
      for (const it of all) {
        // Whichever of their cookies the browser keeps last.
        const other = copyOf(visits, made({ fetch }).visits());
        other.keep(it);
        same((await other.json("/")).name, "ada");
      }
      same(fetch.refreshes(), 1);
    });
  },

  "who comes with the old cookie a little later gets what the first one got": async () => {
    const fetch = rotating(), { visits } = await entered(fetch);
    await later(HOUR_MS + 1000, async () => {
      // Two servers in one process, made for each request as a Worker does it.
      const [late, later] = [copyOf(visits, made({ fetch }).visits()), copyOf(visits, made({ fetch }).visits())];
      for (const it of [visits, late, later]) same([(await it.json("/")).name, it.lines.length], ["ada", 1]);
      same(fetch.refreshes(), 1);
    });
  },

  "an old cookie that comes too late ends the sign-in for that browser alone": async () => {
    const fetch = rotating(), { visits } = await entered(fetch), old = copyOf(visits, made({ fetch, maxRetries: 0 }).visits());
    await later(HOUR_MS + 1000, async () => same((await visits.json("/")).name, "ada"));
    await later(HOUR_MS + 65_000, async () => {
      same((await old.json("/")).code, "signed_out");
      same(old.cookies.size, 0);
      same((await visits.json("/")).name, "ada");
    });
  },

  "two visitors whose requests interleave are never taken for each other": async (at) => {
    const { visits } = await open(at), [ada, grace] = [visits(), visits()];
    await ada.signIn();
    await oauth(at, { account: "grace" });
    await grace.signIn();
    for (let round = 0; round < 3; round++) {
      if (round) await oauth(at, { accessSeconds: 600 });
      const names = await Promise.all(Array.from({ length: 12 }, async (_, turn) => (await (turn % 2 ? ada : grace).json("/")).name));
      same(names, Array.from({ length: 12 }, (_, turn) => (turn % 2 ? "ada" : "grace")));
    }
  },

  "a renewal that fails for now leaves the visitor signed in": async () => {
    for (const [bad, code] of [[() => json("busy", 503), "server_error"], [() => { throw new TypeError("reset"); }, "network"], [() => json("<!doctype html>"), "invalid_token_response"], [() => json("{}", 429), "rate_limited"]]) {
      let broken = false;
      const fetch = rotating((kind) => broken && kind === "refresh_token" && bad()), { visits, app, auth } = await entered(fetch);
      broken = true;
      const before = visits.header;
      await later(HOUR_MS - 100_000, async () => same((await visits.json("/")).name, "ada", `${code}: with the token that there is`));
      fetch.calls.length = 0;
      await later(HOUR_MS + 1000, async () => {
        const visitor = await auth.visitor(new Request("https://app.example/", { headers: { cookie: before } }));
        same([visitor.signedIn, visits.header === before], [true, true], code);
        broken = false;
        same((await (await app(new Request("https://app.example/", { headers: { cookie: before } }))).json()).name, "ada", `${code}: later it works`);
      });
    }
  },

  "who waits for a renewal that was cut off goes on without, and renews nothing that nobody hears of": async () => {
    await hurried(async () => {
      let hangs = true;
      const wait = (ms) => new Promise((go) => setTimeout(go, ms));
      const fetch = rotating((kind) => hangs && kind === "refresh_token" && new Promise(() => {})), { visits, app } = await entered(fetch), header = visits.header;
      await wait(HOUR_MS - 200_000);
      const ask = async () => (await (await app(new Request("https://app.example/", { headers: { cookie: header } }))).json()).name;
      same(await Promise.all([ask(), ask(), ask()]), ["ada", "ada", "ada"], "with the token that there is");
      hangs = false;
      await wait(60_000);
      same(fetch.refreshes(), 1);
      same([await ask(), await ask(), fetch.refreshes()], ["ada", "ada", 2], "the next one renews");
    });
  },

  "a refresh token that the Hub knows no more signs out, once, and takes the cookie": async () => {
    let ended = false;
    const fetch = rotating((kind) => ended && kind === "refresh_token" && json({ error: "invalid_grant" }, 400)), { visits } = await entered(fetch);
    ended = true;
    await later(HOUR_MS + 1000, async () => {
      const it = await visits.json("/");
      same([it.code, it.signedIn, visits.cookies.size], ["signed_out", false, 0]);
      same((await visits.json("/")).code, "no_token");
      same(fetch.refreshes(), 1);
    });
  },

  "after the answer nothing is renewed that nobody could be told of": async () => {
    const fetch = rotating(), { visits, auth } = await entered(fetch);
    await later(HOUR_MS - 100_000, async () => {
      const visitor = await auth.visitor(new Request("https://app.example/", { headers: { cookie: visits.header } }));
      await visitor.respond(new Response("streaming"));
      same((await visitor.hub.whoami({ cache: false })).name, "ada");
      same(fetch.refreshes(), 0);
    });
  },

  "an answer is passed on as it is, and changed only for a cookie": async () => {
    const fetch = rotating(), { visits, auth } = await entered(fetch), request = () => new Request("https://app.example/", { headers: { cookie: visits.header } });
    const plain = new Response("x", { status: 201, headers: { "cache-control": "max-age=60" } });
    yes((await (await auth.visitor(request())).respond(plain)) === plain, "the same object");
    const visitor = await auth.visitor(request());
    await visitor.signOut();
    const out = await visitor.respond(new Response("x", { status: 201, headers: { "cache-control": "max-age=60", "x-own": "1", "set-cookie": "own=1" } }));
    same([out.status, await out.text(), out.headers.get("x-own"), out.headers.get("cache-control")], [201, "x", "1", "no-store"]);
    same(out.headers.getSetCookie().map((it) => it.split("=")[0]), ["own", "__Host-hubkey"]);
  },

  "with another's secret in front, the new token is sealed by the new secret": async () => {
    const fetch = rotating(), { visits } = await entered(fetch, { secrets: OLDER });
    await later(HOUR_MS + 1000, async () => {
      const it = copyOf(visits, made({ fetch, secrets: ["a-newer-secret-of-the-tests-no-secret", OLDER] }).visits());
      same((await it.json("/")).name, "ada");
      same((await copyOf(it, made({ fetch, secrets: "a-newer-secret-of-the-tests-no-secret" }).visits()).json("/")).name, "ada");
    });
  },

  "a visitor cannot be signed in by the client's own ways": async () => {
    const { visits, auth } = await entered(rotating());
    const { hub } = await auth.visitor(new Request("https://app.example/", { headers: { cookie: visits.header } }));
    for (const name of ["signIn", "handleRedirect", "deviceLogin"]) same(await hub[name]().catch(({ code }) => code), "invalid_argument");
  },
};
