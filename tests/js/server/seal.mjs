// What is sealed opens for this server alone, for its time, and is else nothing. tests/THREATS.md, rows 70, 72.
import { sessions } from "hubkey/server";
import { fails, has, lacks, same, yes } from "../support/check.mjs";
import { made, enter, ENDPOINT, hubOf, OLDER, PUBLIC, SECRET, TOKENS, USERINFO, WHOAMI } from "./common.mjs";

const NAME = "__Host-hubkey";
const NOBODY = { code: "no_token", signedIn: false, own: true, scopes: [] };
const signedIn = async (options) => {
  const { fetch = hubOf() } = options ?? {}, it = made({ fetch, ...options }), visits = it.visits();
  same((await enter(visits)).status, 303);
  return { ...it, fetch, visits };
};
/** Of another server with the same visitors. */
const looked = async (visits, options) => {
  const other = made({ fetch: hubOf(), ...options }).visits();
  other.cookies = new Map(visits.cookies);
  return { it: await other.json("/"), other };
};

export default {
  "who signed in is known at the next request, by the cookie alone": async () => {
    const { visits } = await signedIn();
    same([...visits.cookies.keys()], [NAME]);
    const { it } = await looked(visits);
    same(it, { name: "ada", signedIn: true, own: true, scopes: ["openid", "profile", "read-repos"] });
  },

  "the cookie is for this host, https and the server alone": async () => {
    const { visits } = await signedIn();
    const line = visits.lines.find((it) => it.startsWith(`${NAME}=1.`));
    has(line, "; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax", /; Max-Age=(2592000|2591999)(;|$)/);
    lacks(line, "Domain");
    lacks(line, "Partitioned");
  },

  "on loopback without https it has neither Secure nor the prefix": async () => {
    const { visits } = { visits: made({ fetch: hubOf() }).visits("http://localhost:8787") };
    same((await enter(visits)).status, 303);
    same([...visits.cookies.keys()], ["hubkey-8787"]);
    for (const line of visits.lines) lacks(line, "Secure");
    same((await visits.json("/")).name, "ada");
  },

  "in a frame it goes along with other sites' requests": async () => {
    for (const [embedded, partitioned] of [[true, false], ["partitioned", true]]) {
      const { visits } = await signedIn({ embedded });
      for (const line of visits.lines) {
        has(line, "; Secure", "; SameSite=None");
        same(line.includes("; Partitioned"), partitioned);
      }
    }
  },

  "nothing of it can be read": async () => {
    const { visits } = await signedIn();
    const text = visits.lines.join("\n"), plain = atob(visits.cookies.get(NAME).slice(2).replace(/-/g, "+").replace(/_/g, "/"));
    for (const it of [TOKENS.access_token, TOKENS.refresh_token, "ada", USERINFO.sub]) {
      lacks(text, it);
      lacks(plain, it);
    }
  },

  "sealed twice it is never the same": async () => {
    const [one, other] = [await signedIn(), await signedIn()];
    yes(one.visits.cookies.get(NAME) !== other.visits.cookies.get(NAME));
  },

  "a change at any place makes it nothing, and takes it away": async () => {
    const { visits } = await signedIn(), good = visits.cookies.get(NAME);
    for (let at = 0; at < good.length; at += 37) {
      const bad = good.slice(0, at) + (good[at] === "A" ? "B" : "A") + good.slice(at + 1);
      visits.cookies = new Map([[NAME, bad]]);
      // Bits of the last letter may mean nothing.
      same(await visits.json("/"), NOBODY, `changed at ${at}`);
      same([...visits.cookies.keys()], [], `changed at ${at}: it stays`);
    }
  },

  "odd cookies are nobody's": async () => {
    const { visits } = await signedIn(), good = visits.cookies.get(NAME);
    const odd = ["", "1.", "2.", "9.AAAA", "x", good.slice(2), `2.${good.slice(2)}`, `3.${good.slice(2)}`, good.slice(0, 40), `${good}AAAA`, `1.${"A".repeat(3000)}`, "1.%00%ff", "1.__proto__", '"1.AAAA"', "1.AQ", `1.${"_".repeat(60)}`];
    for (const it of odd) {
      visits.cookies = new Map([[NAME, it]]);
      same(await visits.json("/"), NOBODY, it.slice(0, 20));
    }
  },

  "another secret, name, app or purpose opens nothing": async () => {
    const { visits } = await signedIn();
    same((await looked(visits, { secrets: OLDER })).it, NOBODY);
    same((await looked(visits, { clientId: "another-app" })).it, NOBODY);
    const renamed = new Map([["__Host-other", visits.cookies.get(NAME)]]);
    same((await looked({ cookies: renamed }, { cookie: "other" })).it, NOBODY);
    // A sign-in that was begun is no session.
    const begun = made({ fetch: hubOf() }).visits();
    await begun.ask("/auth/login");
    const [sealed] = begun.cookies.values();
    same((await looked({ cookies: new Map([[NAME, `1.${sealed}`]]) })).it, NOBODY);
  },

  "a new secret in front opens what the old one sealed, and seals it anew": async () => {
    const { visits } = await signedIn({ secrets: OLDER });
    const { it, other } = await looked(visits, { secrets: [SECRET, OLDER] });
    same(it.name, "ada");
    yes(other.cookies.get(NAME) !== visits.cookies.get(NAME), "it was sealed again");
    same((await looked(other, { secrets: SECRET })).it.name, "ada", "the old one can be taken out");
    same((await looked(other, { secrets: [SECRET, OLDER] })).other.lines, [], "once");
    same((await looked(visits, { secrets: [SECRET, undefined, ""] })).it, NOBODY);
  },

  "its time counts from the sign-in, whatever the browser does with Max-Age": async () => {
    const { visits } = await signedIn({ maxAgeSeconds: 3600 }), { now } = Date;
    try {
      Date.now = () => now() + 3_590_000;
      same((await looked(visits)).it.signedIn, true);
      // Sealed again it ends no later.
      const { other } = await looked(visits, { secrets: [OLDER, SECRET] });
      const seconds = Number(/Max-Age=(\d+)/.exec(other.lines[0])[1]);
      yes(seconds > 0 && seconds <= 10, `${seconds} s left`);
      Date.now = () => now() + 3_601_000;
      same((await looked(visits)).it, NOBODY);
      same((await looked(other, { secrets: OLDER })).it, NOBODY);
    } finally { Date.now = now; }
  },

  "long tokens travel in several cookies, each of a length that browsers take": async () => {
    const access_token = `hf_oauth_Fake${"x".repeat(4000)}`, refresh_token = `hf_oauth__refresh_Fake${"y".repeat(1500)}`;
    const fetch = hubOf({ "/oauth/token": { ...TOKENS, access_token, refresh_token } }), visits = made({ fetch }).visits();
    same((await enter(visits)).status, 303);
    same([...visits.cookies.keys()].sort(), [NAME, `${NAME}.1`, `${NAME}.2`]);
    const { it, other } = await looked(visits);
    same([it.name, other.lines], ["ada", []]);
    // One of them lost, or of another session: nobody.
    const without = new Map(visits.cookies);
    without.delete(`${NAME}.1`);
    same((await looked({ cookies: without })).it, NOBODY);
    same((await looked({ cookies: new Map([...visits.cookies, [`${NAME}.1`, visits.cookies.get(`${NAME}.2`)]]) })).it, NOBODY);
    // A shorter one afterwards leaves none behind.
    const shorter = made({ fetch: hubOf() }).visits();
    shorter.cookies = new Map(visits.cookies);
    await enter(shorter);
    same([...shorter.cookies.keys()], [NAME]);
    await visits.post("/auth/logout");
    same([...visits.cookies.keys()], []);
  },

  "who is in more organisations than a cookie holds is signed in, and whoami tells them": async () => {
    const org = (_, at) => ({ sub: `64b0c0ffee01234567${String(at).padStart(6, "0")}`, name: `Organisation ${at}`, preferred_username: `org-${at}`, picture: `${ENDPOINT}/avatars/org-${at}.png`, isEnterprise: false, roleInOrg: "contributor", canPay: false });
    const seen = async (userinfo) => {
      const { auth, visits } = await signedIn({ fetch: hubOf({ "/oauth/userinfo": { ...USERINFO, email: "ada@example.org", ...userinfo }, "/api/whoami-v2": { ...WHOAMI, orgs: [{ type: "org", id: "1", name: "told" }] } }) });
      const visitor = await auth.visitor(new Request("https://app.example/", { headers: { cookie: visits.header } }));
      const { identity } = visitor.session, { orgs } = await visitor.hub.whoami({ cache: false });
      same([orgs[0].name, visitor.session.identity.orgs[0].name], ["told", "told"]);
      same((await visits.json("/auth/session")).identity, identity);
      return identity;
    };
    same((await seen({ orgs: Array.from({ length: 3 }, org) })).orgs.length, 3);
    for (const length of [40, 200]) {
      const it = await seen({ orgs: Array.from({ length }, org) });
      same([it.name, it.email, "orgs" in it], ["ada", "ada@example.org", false], `${length} organisations`);
    }
    const { token, ...it } = await seen({ name: "x".repeat(9000), orgs: Array.from({ length: 40 }, org) });
    same([it, token.kind], [{ type: "user", id: USERINFO.sub, name: "ada" }, "oauth"]);
  },

  "a session that is too long for cookies is an error with a way out": async () => {
    const fetch = hubOf({ "/oauth/token": { ...TOKENS, access_token: `hf_oauth_Fake${"x".repeat(9000)}` } }), visits = made({ fetch }).visits();
    const answer = await enter(visits), text = await answer.text();
    same(answer.status, 503);
    has(text, "storage_unavailable", "durableObjectSessions");
    same([...visits.cookies.keys()], []);
  },

  "secrets that protect nothing are refused before anybody comes": async () => {
    const odd = [undefined, null, "", [], [""], [undefined, SECRET], "short", [SECRET, "short"], 42, {}, [42], [SECRET, 42], "x".repeat(31), new Uint8Array(32)];
    for (const secrets of odd) await fails(() => sessions({ clientId: PUBLIC, secrets }), "invalid_argument", String(secrets));
    const told = await fails(() => sessions({ clientId: PUBLIC, secrets: "a-short-one-which-is-secret" }), "invalid_argument");
    lacks(`${told.message} ${told.hint} ${told.stack}`, "a-short-one-which");
  },

  "options that cannot be right are refused before anybody comes": async () => {
    const odd = [
      { clientId: undefined }, { clientId: "a b" }, { clientId: "http://app.example/x" }, { clientSecret: "" }, { clientSecret: 1 }, { scopes: [1] }, { path: "/" }, { path: "auth" }, { path: "/auth/" }, { path: "/a/../b" },
      { cookie: "" }, { cookie: "a b" }, { cookie: "__Host-x" }, { maxAgeSeconds: 0 }, { maxAgeSeconds: 1e9 }, { maxAgeSeconds: "60" }, { redirectUrl: "/auth/callback" }, { redirectUrl: "http://app.example/auth/callback" },
      { embedded: "yes" }, { store: {} }, { store: "memory" }, { onError: "page" }, { endpoint: "http://hub.example" }, { endpoint: "nonsense" }, { fetch: 1 }, { timeoutMs: -1 },
    ];
    for (const it of odd) {
      const code = "endpoint" in it ? (it.endpoint === "nonsense" ? "invalid_endpoint" : "insecure_endpoint") : "invalid_argument";
      await fails(() => sessions({ clientId: PUBLIC, secrets: SECRET, ...it }), code, JSON.stringify(it));
    }
    for (const [it, hint] of [
      [{ path: "auth" }, "begins with a slash"], [{ path: "/auth/" }, "ends without one"], [{ redirectUrl: "https://app.example/in/callback" }, 'path: "/in"'],
      [{ redirectUrl: "https://app.example/auth/callback/" }, "https://app.example/auth/callback,"], [{ redirectUrl: "https://app.example/callback", path: "/in" }, "https://app.example/in/callback,"],
    ]) {
      const { message, hint: told } = await fails(() => sessions({ clientId: PUBLIC, secrets: SECRET, ...it }), "invalid_argument", JSON.stringify(it));
      has(`${message} ${told}`, hint);
    }
    for (const it of [null, undefined, "request", {}, new URL("https://app.example/")]) for (const name of ["handle", "login", "visitor"]) await fails(sessions({ clientId: PUBLIC, secrets: SECRET })[name](it), "invalid_argument");
  },
};
