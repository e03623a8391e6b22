// examples/worker by way of a scripted browser: the session in the cookie and in a Durable Object.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { config, control, hubUrl, oauth, reset, said, start } from "./worker.mjs";

beforeEach(reset);

const cookie = await start("cookie"), objects = await start("objects");
const KINDS = { cookie, objects };
const SAME = { "sec-fetch-site": "same-origin" };
const entered = async ({ visits }) => {
  const browser = visits();
  const answer = await browser.signIn("/auth/login?returnTo=/");
  assert.deepEqual([answer.status, answer.headers.get("location")], [303, "/"], await answer.text());
  return browser;
};
const models = async (browser) => (await browser.ask("/api/models", { headers: SAME })).json();
/** Eight at once, of which half go to the other isolate where that is said. */
const eight = (browser, apps) => Promise.all(Array.from({ length: 8 }, async (_, at) => {
  const answer = await apps[at % apps.length](new Request(`${browser.origin}/api/models`, { headers: { cookie: browser.header, ...SAME } }));
  return { answer, body: await answer.json() };
}));
const secrets = async () => (await (await fetch(`${hubUrl}/_localhub/principals`)).json()).map((it) => it.token);

for (const [kind, at] of Object.entries(KINDS)) {
  test(`${kind}: signs in, lists private models too, signs out`, async () => {
    const browser = await entered(at);
    const session = await (await browser.ask("/auth/session", { headers: SAME })).json();
    assert.deepEqual([session.signedIn, session.identity.name, session.scopes], [true, "ada", ["openid", "profile", "read-repos"]]);
    const all = await models(browser);
    assert.equal(all.find((it) => it.id === "ada/private-notes")?.private, true, JSON.stringify(all));
    assert.ok(all.every((it) => it.id.startsWith("ada/")));
    assert.equal((await browser.post("/auth/logout", SAME)).status, 303);
    assert.equal((await browser.ask("/api/models", { headers: SAME })).status, 401);
    assert.deepEqual(await (await browser.ask("/auth/session", { headers: SAME })).json(), { signedIn: false });
  });

  test(`${kind}: no token in any answer, and none that can be read in a cookie`, async () => {
    const browser = await entered(at);
    for (const path of ["/", "/page.js", "/page.css", "/auth/session", "/api/models", "/nothing", "/auth/callback?code=x&state=y", "/auth/login"]) await browser.ask(path, { headers: SAME });
    await oauth.revoke();
    await models(browser);
    const text = [...browser.seen, ...browser.lines].join("\n");
    const all = await secrets();
    assert.ok(all.length > 20 && browser.seen.length > 9);
    for (const secret of all) assert.ok(!text.includes(secret), "a token");
    assert.doesNotMatch(text, /hf_[A-Za-z0-9_]{8,}|verifier|refresh_token/);
  });

  test(`${kind}: other sites get nothing`, async () => {
    const browser = await entered(at);
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }, { origin: "https://evil.example" }]) {
      await control.forget();
      assert.equal((await browser.ask("/api/models", { headers })).status, 403);
      assert.deepEqual(await control.lines(), []);
      assert.equal((await browser.ask("/auth/logout", { method: "POST", headers })).status, 403);
    }
    assert.equal((await browser.ask("/api/models", { method: "POST", headers: SAME })).status, 405);
    assert.ok((await models(browser)).length > 0, "still signed in");
  });

  test(`${kind}: eight requests at once with a token that the Hub refuses are one renewal`, async () => {
    const browser = await entered(at);
    await oauth.revoke();
    for (const { answer, body } of await eight(browser, [at.one])) assert.equal(answer.status, 200, JSON.stringify(body));
    assert.deepEqual([await oauth.count("refreshes"), await oauth.count("familiesKilled")], [1, 0]);
  });

  test(`${kind}: two visitors in one isolate are never taken for each other`, async () => {
    const ada = await entered(at);
    await oauth.set({ account: "grace" });
    const grace = await entered(at);
    const names = await Promise.all(Array.from({ length: 16 }, async (_, turn) => {
      const { identity } = await (await (turn % 2 ? ada : grace).ask("/auth/session", { headers: SAME })).json();
      const all = await models(turn % 2 ? ada : grace);
      return [identity.name, ...new Set(all.map((it) => it.id.split("/")[0]))].join();
    }));
    for (const [turn, it] of names.entries()) assert.match(it, turn % 2 ? /^ada(,ada)?$/ : /^grace(,grace)?$/);
  });

  test(`${kind}: a Hub that is down signs nobody out`, async () => {
    const browser = await entered(at);
    await oauth.revoke();
    await control.answer("/oauth/token", 503, "busy", {}, 2);
    const answer = await browser.ask("/api/models", { headers: SAME });
    assert.deepEqual([answer.status, (await answer.json()).error.code], [503, "server_error"]);
    // Those who met a failure together are given the same for a moment.
    for (let tries = 0; ; tries++) {
      const again = await browser.ask("/api/models", { headers: SAME });
      if (again.status === 200) break;
      assert.ok(tries < 50, `it stays broken: ${await again.text()}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  });

  test(`${kind}: a grant that the Hub has ended signs out`, async () => {
    const browser = await entered(at);
    await oauth.revoke();
    await control.answer("/oauth/token", 400, { error: "invalid_grant", error_description: "revoked" });
    const answer = await browser.ask("/api/models", { headers: SAME });
    assert.deepEqual([answer.status, (await answer.json()).error.code], [401, "signed_out"]);
    assert.deepEqual([...browser.cookies.keys()], []);
  });
}

test("objects: two isolates at once are one renewal, and no cookie changes", async () => {
  const browser = await entered(objects);
  await oauth.revoke();
  for (const { answer, body } of await eight(browser, [objects.one, objects.other])) {
    assert.equal(answer.status, 200, JSON.stringify(body));
    assert.deepEqual(answer.headers.getSetCookie(), []);
  }
  assert.deepEqual([await oauth.count("refreshes"), await oauth.count("familiesKilled")], [1, 0]);
});

test("cookie: two isolates share nothing, so that the second renewal ends the sign-in: what the objects are for", async () => {
  const browser = await entered(cookie);
  await oauth.revoke();
  const ask = async (app) => (await app(new Request(`${browser.origin}/api/models`, { headers: { cookie: browser.header, ...SAME } }))).status;
  assert.deepEqual([await ask(cookie.one), await ask(cookie.other)], [200, 401]);
  assert.equal(await oauth.count("familiesKilled"), 1);
});

test("objects: signed out in one isolate is signed out in the other", async () => {
  const browser = await entered(objects), before = browser.header;
  await browser.post("/auth/logout", SAME);
  assert.equal((await objects.other(new Request(`${browser.origin}/api/models`, { headers: { cookie: before, ...SAME } }))).status, 401);
});

test("a worker that is not set up yet says what is missing", async () => {
  for (const [change, word] of [[{ CLIENT_ID: "" }, /client id.*settings\/applications/s], [{ SESSION_SECRET: "" }, /secret.*openssl/s], [{ SESSION_SECRET: "short" }, /32 bytes.*openssl/s]]) {
    const { one, url } = await start("cookie", change), answer = await one(new Request(`${url}/`));
    assert.equal(answer.status, 500);
    assert.match(await answer.text(), word);
  }
});

test("both ways are in wrangler's configuration, under the names that the code has", () => {
  assert.match(config, /\[\[env\.objects\.durable_objects\.bindings\]\]\nname = "SESSIONS"\nclass_name = "HubkeySession"/);
  assert.match(config, /new_sqlite_classes = \["HubkeySession"\]/);
  assert.doesNotMatch(config, /SECRET *=/);
});

test("the runtime said nothing of its own", () => assert.equal(said.join(""), ""));
