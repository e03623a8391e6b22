// What a page shows of the sign-in: a snapshot, and word of each change.
import { caught, fails, hides, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS, pause, until } from "../support/control.mjs";
import { amid, json, spy, storage } from "../support/spy.mjs";

const A = "hf_first".padEnd(37, "A");
const B = "hf_second".padEnd(37, "B");

/** A Hub that knows a token's owner by its seventh letter, and calls some bad. */
const hubOf = (bad = new Set()) => spy(({ authorization }) => {
  const token = `${authorization}`.slice(7);
  if (bad.has(token)) return json({ error: "Invalid user token." }, 401, { "x-error-message": "Invalid user token." });
  return json({ type: "user", id: "1", name: token === A ? "ada" : "grace", secret: "of the Hub's own", auth: { accessToken: { displayName: token === A ? "laptop" : "desk", role: "read" } } });
});

/** Everything that a listener was told. */
function listen(hub) {
  const heard = [];
  const stop = hub.subscribe((session, change) => heard.push([change?.kind, session.status, session.profile, session.identity?.name, change?.elsewhere].filter((it) => it !== undefined)));
  return { heard, stop };
}

/** After the first reading. */
async function settled(hub) {
  await until(() => hub.session.status !== "unknown", "the store was read");
}

export default {
  "the snapshot is there at once, the same until something changes, and frozen": async ({ hubkey }) => {
    const hub = new hubkey.Hub({ fetch: hubOf() });
    const before = hub.session;
    same(before, { status: "signed_out" });
    yes(hub.session === before, "the same object");
    await hub.login({ token: A });
    const after = hub.session;
    same([after.status, after.profile, after.persisted, after.source, after.identity.name], ["signed_in", "laptop", false, "memory", "ada"]);
    await hub.modelInfo({ repo: "a/b" });
    await hub.whoami({ cache: false });
    yes(hub.session === after, "asking again who it is changes nothing");
    for (const it of [after, after.identity, after.identity.token, after.identity.orgs]) yes(Object.isFrozen(it), "frozen");
    await hub.logout();
    yes(before !== hub.session, "a snapshot is not used twice");
    same(hub.session, before);
  },

  "what is known without asking is known at once, a store is read first": async ({ hubkey }) => {
    same(new hubkey.Hub({ token: A }).session, { status: "signed_in", persisted: false, source: "option" });
    same(hubkey.Hub.fromEnv({ HF_TOKEN: A }).session, { status: "signed_in", persisted: true, source: "environment" });
    same(new hubkey.Hub({ store: hubkey.envStore({ HF_TOKEN: A }) }).session, { status: "signed_in", persisted: true, source: "environment" });
    same(hubkey.Hub.fromEnv({}).session, { status: "signed_out" });
    for (const store of [hubkey.memoryStore(), storage(), hubkey.localStore(), hubkey.getterStore(() => A)]) same(new hubkey.Hub({ store }).session, { status: "unknown" });
    const store = storage();
    await new hubkey.Hub({ store }).setToken({ token: A, profile: "a" });
    const hub = new hubkey.Hub({ store });
    await hub.getToken();
    same(hub.session, { status: "signed_in", profile: "a", persisted: true, source: "store" });
  },

  "a listener is called at once and told of the store, sign-in, switch and sign-out": async ({ hubkey }) => {
    const store = storage();
    await new hubkey.Hub({ store }).setToken({ token: A, profile: "a" });
    const hub = new hubkey.Hub({ store, fetch: hubOf() });
    const { heard, stop } = listen(hub);
    same(heard, [["unknown"]]);
    await settled(hub);
    await hub.whoami();
    await hub.login({ token: B });
    await hub.authSwitch("a");
    await hub.logout({ profile: "desk" });
    await hub.logout({ profile: "a" });
    await hub.setToken({ token: B });
    await hub.logout();
    stop();
    await hub.setToken({ token: A });
    same(heard, [
      ["unknown"], ["loaded", "signed_in", "a", false], ["identity", "signed_in", "a", "ada", false], ["login", "signed_in", "desk", "grace", false],
      ["switch", "signed_in", "a", false], ["logout", "signed_out", false], ["login", "signed_in", "default", false], ["logout", "signed_out", false],
    ]);
  },

  "a sign-in is told once, when it is whole; a sign-out at once, however slow the store": async ({ hubkey }) => {
    const slow = storage();
    const store = { ...slow, setItem: async (...args) => (await pause(30), slow.setItem(...args)), removeItem: async (key) => (await pause(60), slow.removeItem(key)) };
    const hub = new hubkey.Hub({ store, fetch: hubOf() });
    const { heard } = listen(hub);
    await settled(hub);
    const under = hub.login({ token: A });
    await pause(10);
    await hub.getToken();
    same(heard.slice(2), []);
    await under;
    same(heard.slice(2), [["login", "signed_in", "laptop", "ada", false]]);
    const leaving = hub.logout();
    same(heard.slice(3), [["logout", "signed_out", false]]);
    await leaving;
    same(heard.length, 4);
  },

  "the owner of one token is never shown with another": async ({ hubkey }) => {
    const hub = new hubkey.Hub({ store: storage(), fetch: hubOf() });
    await hub.login({ token: A });
    await hub.login({ token: B });
    same(hub.session.identity.name, "grace");
    await hub.authSwitch("laptop");
    same([hub.session.profile, hub.session.identity], ["laptop", undefined]);
    await hub.whoami({ token: B });
    same(hub.session.identity, undefined);
    await hub.whoami({ token: A });
    same(hub.session.identity.name, "ada", "about the very token");
    await hub.logout();
    same(hub.session, { status: "signed_out" });
  },

  "an answer that comes after a switch tells nothing of the other token": async ({ hubkey }) => {
    const bad = new Set([A]), quick = hubOf(bad);
    const hub = new hubkey.Hub({ store: storage(), fetch: async (...args) => (await pause(new Headers(args[1].headers).get("authorization") === `Bearer ${A}` ? 40 : 0), quick(...args)) });
    await hub.setToken({ token: A, profile: "a" });
    const under = caught(hub.whoami());
    await pause(10);
    await hub.setToken({ token: B, profile: "b" });
    same((await under).code, "invalid_token");
    same(hub.session, { status: "signed_in", profile: "b", persisted: true, source: "store" });
  },

  "a token that the Hub calls bad is expired, and stays": async ({ hubkey, hubUrl, control, token }) => {
    const store = storage();
    const hub = new hubkey.Hub({ endpoint: hubUrl, store });
    await hub.login({ token: token("testread") });
    const { heard } = listen(hub);
    const record = [...store.map];
    await control.standing("testread", { revoked: true });
    // The Hub hides a repo behind the same answer; whoami settles it.
    await fails(hub.modelInfo({ repo: "ada/none" }), "invalid_token");
    same(heard.at(-1), ["expired", "expired", "reader", "ada", false]);
    same([hub.session.status, await hub.getToken(), [...store.map]], ["expired", token("testread"), record]);
    await fails(hub.whoami(), "invalid_token");
    same((await hub.validateToken()).valid, false);
    same(heard.length, 2, "told once");
    await control.standing("testread", { revoked: false });
    await hub.whoami();
    same([hub.session.status, heard.at(-1).slice(0, 2)], ["signed_in", ["identity", "signed_in"]]);
  },

  "a doubt condemns nobody": async ({ hubkey, hubUrl, control, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testread") });
    await fails(hub.modelInfo({ repo: "ada/none" }), "repo_not_found");
    for (const status of [403, 404, 500]) {
      await control.fault("/api/whoami-v2", { type: "status", status });
      await caught(hub.whoami({ cache: false, maxRetries: 0 }));
      same(hub.session.status, "signed_in", String(status));
    }
    await caught(hub.whoami({ token: token("testrevoked") }));
    same(hub.session.status, "signed_in", "another token is another matter");
  },

  "nothing in it is a token, whatever the Hub repeats": async ({ hubkey, inspect }) => {
    const fetch = spy(({ authorization }) => json({ type: "user", id: "1", name: "ada", fullname: `Ada ${authorization}`, echo: authorization, auth: { accessToken: { displayName: `laptop ${authorization.slice(7)}` } } }));
    const hub = new hubkey.Hub({ store: storage(), fetch });
    const all = [];
    hub.subscribe((...args) => all.push(args));
    await hub.login({ token: A });
    await hub.whoami();
    hides([hub.session, all], A, inspect);
    lacks(JSON.stringify(all), "echo");
    const own = new hubkey.Hub({ endpoint: "https://hub.corp.example", token: "corp-token-1234567890", fetch });
    await own.whoami();
    hides(own.session, "corp-token-1234567890", inspect);
  },

  "a listener that throws disturbs nobody, and is heard of": async ({ hubkey }) => {
    const reported = [];
    await amid({ queueMicrotask: (run) => { try { run(); } catch (error) { reported.push(error.message); } } }, async () => {
      const hub = new hubkey.Hub({ fetch: hubOf() });
      hub.subscribe(() => { throw new Error("a page's mistake"); });
      const { heard } = listen(hub);
      same((await hub.login({ token: A })).name, "ada");
      same([heard.length, reported], [2, ["a page's mistake", "a page's mistake"]]);
    });
  },

  "a listener may leave, come, sign in and sign out meanwhile": async ({ hubkey }) => {
    const hub = new hubkey.Hub({ fetch: hubOf() });
    const order = [];
    let last;
    const leaves = hub.subscribe((session, change) => { order.push(`1 ${session.status}`); if (change) leaves(); });
    const second = hub.subscribe((session, change) => {
      order.push(`2 ${session.status}`);
      if (change?.kind === "login") {
        third();
        hub.subscribe((it) => order.push(`4 ${it.status}`));
        last = hub.logout();
      }
    });
    const third = hub.subscribe(({ status }) => order.push(`3 ${status}`));
    hub.subscribe(({ status }) => order.push(`5 ${status}`));
    order.length = 0;
    await hub.setToken({ token: A });
    await last;
    // The fifth is told of what came of it, and not of what was before.
    same(order, ["1 signed_in", "2 signed_in", "4 signed_in", "2 signed_out", "5 signed_out", "4 signed_out"]);
    second();
    second();
    leaves();
  },

  "the same function twice is two listeners": async ({ hubkey }) => {
    const hub = new hubkey.Hub();
    let calls = 0;
    const count = () => calls++;
    const [one, other] = [hub.subscribe(count), hub.subscribe(count)];
    one();
    one();
    await hub.setToken({ token: A });
    same(calls, 3);
    other();
    await hub.logout();
    same(calls, 3);
  },

  "both can be passed around, and neither works on a wrapped client": async ({ hubkey }) => {
    const hub = new hubkey.Hub({ token: A });
    const { subscribe } = hub;
    let seen;
    subscribe((it) => { seen = it; })();
    yes(seen === hub.session, "the snapshot itself");
    for (const it of [undefined, null, {}, "x"]) await fails(() => subscribe(it), "invalid_argument");
    const proxy = new Proxy(hub, {});
    await fails(() => proxy.session, "invalid_argument");
    await fails(() => proxy.subscribe(() => {}), "invalid_argument");
  },

  "the first listener has the store read once, and a store that cannot be read leaves it unknown": async ({ hubkey }) => {
    const inner = storage();
    let loads = 0;
    const store = { ...inner, getItem: (key) => (loads++, inner.getItem(key)) };
    const hub = new hubkey.Hub({ store });
    const stops = [listen(hub), listen(hub), listen(hub)];
    await settled(hub);
    same([loads, hub.session.status], [1, "signed_out"]);
    for (const { stop } of stops) stop();
    const blocked = new hubkey.Hub({ store: { ...inner, getItem() { throw new DOMException("no", "SecurityError"); } } });
    const { heard } = listen(blocked);
    await pause(10);
    same([blocked.session.status, heard], ["unknown", [["unknown"]]]);
  },

  "a sign-in that failed or was overtaken is not told as one": async ({ hubkey }) => {
    const hub = new hubkey.Hub({ store: storage(), fetch: hubOf(new Set([NOBODYS])) });
    await hub.setToken({ token: A, profile: "a" });
    const { heard } = listen(hub);
    await fails(hub.login({ token: NOBODYS }), "invalid_token");
    await fails(hub.login({ token: "no token" }), "invalid_token_format");
    await fails(hub.authSwitch("nobody"), "invalid_argument");
    same([heard.length, hub.session.status], [1, "signed_in"]);
  },
};
