// Several sign-ins side by side: kept by name, listed, switched, dropped; a secret of the environment before them all.
import { fails, has, hides, lacks, same } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { json, spy, storage } from "../support/spy.mjs";

const A = "hf_first".padEnd(37, "A");
const B = "hf_second".padEnd(37, "B");

const sent = (fetch) => fetch.calls.map((it) => it.authorization);
const names = async (hub) => (await hub.authList()).profiles.map((it) => (it.active ? `${it.name}*` : it.name));
const secret = (it) => ({ HF_TOKEN: it });

/** Two sign-ins, the second in use. */
async function two({ hubkey }, options = {}) {
  const store = storage(), fetch = spy(() => json({ type: "user", name: "ada" }));
  const hub = new hubkey.Hub({ store, fetch, ...options });
  await hub.setToken({ token: A, profile: "a" });
  await hub.setToken({ token: B, profile: "b" });
  return { hub, store, fetch, again: () => new hubkey.Hub({ store, fetch }) };
}

export default {
  "sign-ins are kept side by side, the last one in use": async ({ hubkey, hubUrl, token }) => {
    const store = storage();
    const hub = new hubkey.Hub({ endpoint: hubUrl, store });
    same(await hub.authList(), { profiles: [] });
    await hub.login({ token: token("testwrite") });
    await hub.login({ token: token("testgrace"), profile: "work" });
    await hub.login({ token: token("testoauth") });
    const list = await hub.authList();
    same(list, {
      source: "store", token: hubkey.maskToken(token("testoauth")),
      profiles: [
        { name: "laptop", token: hubkey.maskToken(token("testwrite")), kind: "user", active: false },
        { name: "work", token: hubkey.maskToken(token("testgrace")), kind: "user", active: false },
        { name: "oauth-ada", token: hubkey.maskToken(token("testoauth")), kind: "oauth", active: true },
      ],
    });
    for (const name of ["testwrite", "testgrace", "testoauth"]) lacks(JSON.stringify(list), token(name));
    same(await new hubkey.Hub({ endpoint: hubUrl, store }).authList(), list, "a reload sees the same");
  },

  "a sign-in under a name that is there replaces it in its place": async (at) => {
    const { hub, again } = await two(at);
    await hub.setToken({ token: NOBODYS, profile: "a" });
    same([await names(hub), await again().getToken()], [["a*", "b"], NOBODYS]);
  },

  "a switch sends nothing, is answered with what is in use, and lasts": async (at) => {
    const { hub, fetch, again } = await two(at);
    same(await hub.authSwitch("a"), { name: "a", token: at.hubkey.maskToken(A), kind: "user", persisted: true, warnings: [] });
    same(fetch.calls, []);
    await hub.request("/api/x");
    await again().request("/api/x");
    same([sent(fetch), await names(hub)], [[`Bearer ${A}`, `Bearer ${A}`], ["a*", "b"]]);
  },

  "the default store keeps profiles too, until the page ends": async (at) => {
    const { hub } = await two(at, { store: undefined });
    const { persisted } = await hub.authSwitch("a");
    same([persisted, await hub.getToken(), await hub.authList()], [false, A, {
      source: "memory", token: at.hubkey.maskToken(A),
      profiles: [{ name: "a", token: at.hubkey.maskToken(A), kind: "user", active: true }, { name: "b", token: at.hubkey.maskToken(B), kind: "user", active: false }],
    }]);
    await hub.logout({ profile: "a" });
    same([await hub.getToken(), await names(hub)], [null, ["b"]]);
    same(await names(new at.hubkey.Hub()), [], "another client's memory is another");
  },

  "a name that nobody has is refused with those that there are": async (at) => {
    const { hub } = await two(at);
    const error = await fails(hub.authSwitch("c"), "invalid_argument");
    has(error.message, "`c`");
    same(error.hint, "there are: a, b");
    has((await fails(new at.hubkey.Hub().authSwitch("c"), "invalid_argument")).hint, "sign in first");
    for (const it of [undefined, null, 5, {}, ""]) await fails(hub.authSwitch(it), "invalid_argument", String(it));
    const pasted = await fails(hub.authSwitch(NOBODYS), "invalid_argument");
    hides(pasted, NOBODYS, at.inspect);
    same(await hub.getToken(), B, "nothing changed");
  },

  "logout signs out of every profile": async (at) => {
    const { hub, store, again } = await two(at);
    await hub.logout();
    same([await hub.getToken(), await names(hub), store.map.size, await again().getToken()], [null, [], 0, null]);
  },

  "logout from the profile in use signs out, and the others stay": async (at) => {
    const { hub, store, again } = await two(at);
    await hub.logout({ profile: "b" });
    for (const it of [hub, again()]) same([await it.getToken(), await names(it)], [null, ["a"]]);
    lacks([...store.map.values()].join(), B);
    await fails(hub.whoami(), "no_token");
    await hub.authSwitch("a");
    same(await again().getToken(), A);
  },

  "logout from another profile changes nothing else, and the last one takes the record along": async (at) => {
    const { hub, store } = await two(at);
    await hub.logout({ profile: "a" });
    same([await hub.getToken(), await names(hub)], [B, ["b*"]]);
    lacks([...store.map.values()].join(), A);
    await hub.logout({ profile: "a" });
    await hub.logout({ profile: "" });
    same(await names(hub), ["b*"], "one that is not there is fine");
    await hub.logout({ profile: "b" });
    same(store.map.size, 0);
  },

  "a forgotten variable signs nobody out": async (at) => {
    const { hub } = await two(at);
    for (const profile of [undefined, null, 5, {}, ["a"]]) await fails(hub.logout({ profile }), "invalid_argument", String(profile));
    same(await names(hub), ["a", "b*"]);
    for (const profile of [5, {}, ["a"]]) await fails(hub.setToken({ token: A, profile }), "invalid_argument", String(profile));
    for (const profile of [undefined, null, ""]) await hub.setToken({ token: A, profile });
    same(await names(hub), ["a", "b", "default*"], "a sign-in without a name has one all the same");
  },

  "any text is a name, and none of it is a token": async ({ hubkey, inspect }) => {
    const store = storage(), hub = new hubkey.Hub({ store });
    const odd = ["__proto__", "constructor", "a, b", "ключ 🔑", " spaced ", "line\nbreak", "basic plan", "\ud800"];
    for (const profile of odd) await hub.setToken({ token: A, profile });
    for (const profile of odd) same((await hub.authSwitch(profile)).token, hubkey.maskToken(A), profile);
    same((await hub.authList()).profiles.length, odd.length);
    await hub.setToken({ token: B, profile: `mine ${B}` });
    await hub.setToken({ token: B, profile: NOBODYS });
    await hub.setToken({ token: B, profile: "x".repeat(3 << 20) });
    const list = await hub.authList();
    for (const it of [B, NOBODYS]) hides(list, it, inspect);
    same([hub.session.profile.length < 1000, await new hubkey.Hub({ store }).getToken()], [true, B], "a long name is cut, or the record could not be read again");
    await hub.authSwitch("x".repeat(3 << 20));
  },

  "a record of the days of one profile is loaded, and takes a second": async ({ hubkey }) => {
    const key = "hubkey:https://huggingface.co";
    const store = storage({ [key]: `{"version":1,"endpoint":"https://huggingface.co","active":"laptop","profiles":[{"name":"laptop","token":"${A}"}]}` });
    const hub = new hubkey.Hub({ store });
    same(await hub.getToken(), A);
    await hub.setToken({ token: B, profile: "work" });
    same(JSON.parse(store.map.get(key)), {
      version: 1, endpoint: "https://huggingface.co", active: "work",
      profiles: [{ name: "laptop", token: A }, { name: "work", token: B }],
    });
  },

  "a full store keeps the profiles that it has, and uses none of them": async (at) => {
    const { hub, store, again } = await two(at);
    const { setItem } = store;
    const room = Math.max(...[...store.map.values()].map((it) => it.length));
    store.setItem = (key, value) => { if (value.length > room) throw new DOMException("full", "QuotaExceededError"); setItem(key, value); };
    const kept = await hub.setToken({ token: NOBODYS, profile: "third" });
    same([kept.persisted, kept.warnings.map((it) => it.code)], [false, ["storage_unavailable"]]);
    same([await hub.getToken(), (await hub.authList()).source], [NOBODYS, "memory"]);
    same([await again().getToken(), await names(again())], [null, ["a", "b"]]);
  },

  "a secret of the environment comes before what a store holds, and every answer says so": async ({ hubkey, hubUrl, token, inspect }) => {
    const store = storage();
    const env = { HF_TOKEN: token("testread"), HF_ENDPOINT: hubUrl };
    const hub = hubkey.Hub.fromEnv(env, { store });
    const me = await hub.login({ token: token("testgrace"), profile: "grace" });
    same([me.name, me.persisted, me.warnings.map((it) => it.code)], ["grace", true, ["secret_in_use"]]);
    same([(await hub.whoami()).name, hub.session.source], ["ada", "environment"]);
    const list = await hub.authList();
    same([list.source, list.token, list.profiles.map((it) => [it.name, it.active])], ["environment", hubkey.maskToken(token("testread")), [["grace", true]]]);
    const now = await hub.authSwitch("grace");
    same([now.name, now.warnings.map((it) => it.code), await hub.getToken()], ["grace", ["secret_in_use"], token("testread")]);
    hides([me.warnings, list, now], token("testread"), inspect);
    same((await hubkey.Hub.fromEnv({ HF_ENDPOINT: hubUrl }, { store }).whoami()).name, "grace", "once the secret is gone");
    await hub.logout({ profile: "grace" });
    same([await hub.getToken(), store.map.size], [token("testread"), 0]);
  },

  "signing out under a secret empties the store and says that the secret stays": async ({ hubkey }) => {
    const store = storage();
    const hub = hubkey.Hub.fromEnv(secret(A), { store });
    await hub.setToken({ token: B });
    has((await fails(hub.logout(), "storage_read_only")).hint, "secret");
    same([await hub.getToken(), store.map.size], [null, 0]);
    await hub.setToken({ token: B });
    same(await hub.getToken(), B, "who signed out of the secret may be somebody else");
    same(await hubkey.Hub.fromEnv(secret(A), { store }).getToken(), A);
  },

  "a store that fails under a secret leaves the secret in use": async ({ hubkey }) => {
    const store = { ...storage(), setItem() { throw new DOMException("full", "QuotaExceededError"); } };
    const hub = hubkey.Hub.fromEnv(secret(A), { store });
    const kept = await hub.setToken({ token: B });
    same([kept.persisted, kept.warnings.map((it) => it.code), await hub.getToken()], [false, ["storage_unavailable"], A]);
    lacks(kept.warnings[0].message, "signed in");
  },

  "without a store beneath it, an environment has no profiles": async ({ hubkey }) => {
    const hub = hubkey.Hub.fromEnv(secret(A));
    same(await hub.authList(), { source: "environment", token: hubkey.maskToken(A), profiles: [] });
    await fails(hub.authSwitch("environment"), "invalid_argument");
    await hub.logout({ profile: "environment" });
    same(await hub.getToken(), A);
    await hubkey.Hub.fromEnv({}).logout();
  },

  "a token that was given stays in use until another is chosen": async (at) => {
    const { store } = await two(at);
    const hub = new at.hubkey.Hub({ store, token: NOBODYS });
    same([await hub.getToken(), (await hub.authList()).source, await names(hub)], [NOBODYS, "option", ["a", "b*"]]);
    await hub.authSwitch("a");
    same([await hub.getToken(), (await hub.authList()).source], [A, "store"]);
  },

  "git gets what the Python client gives it": async ({ hubkey, hubUrl, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testread") });
    same(await hub.gitCredentials(), { username: "hf_user", password: token("testread") });
    same(await hub.gitCredentials({ token: NOBODYS }), { username: "hf_user", password: NOBODYS });
    for (const it of [undefined, null, "", "Bearer x"]) await fails(hub.gitCredentials({ token: it }), "invalid_token_format", String(it));
    await fails(hub.gitCredentials({ token: false }), "no_token");
    await fails(new hubkey.Hub({ endpoint: hubUrl }).gitCredentials(), "no_token");
  },
};
