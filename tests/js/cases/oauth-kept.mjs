// A sign-in is kept before it is known whose it is: the code is spent by then, and a page may go at any moment.
import { caught, same, yes } from "../support/check.mjs";
import { pause, until } from "../support/control.mjs";
import { json, storage } from "../support/spy.mjs";
import { begun, client, PERSON, server, TOKEN } from "../support/sign-in.mjs";

const KEY = "hubkey:https://hub.example";
const profiles = (store) => JSON.parse(store.map.get(KEY) ?? '{"profiles":[]}').profiles.map((it) => it.name);

/** A sign-in whose userinfo answers when `go` is called. */
async function waiting(at, userinfo) {
  let go;
  const gate = new Promise((done) => { go = done; });
  const store = storage(), { hub } = client(at, { fetch: server({ userinfo: () => gate.then(() => userinfo?.() ?? json(PERSON)) }), store });
  const { back } = await begun(hub);
  const heard = [];
  await hub.getToken();
  const stop = hub.subscribe(({ status, profile, identity }, change) => { if (change) heard.push([change.kind, status, profile, identity?.name ?? ""]); });
  const signing = hub.handleRedirect({ url: back() });
  signing.catch(() => {});
  await until(() => store.map.has(KEY), "it is kept");
  return { hub, store, heard, stop, signing, go };
}

export default {
  "it is in the store while the server still thinks about who it is, and told when that is known": async (at) => {
    const { hub, store, heard, stop, signing, go } = await waiting(at);
    const [name] = profiles(store);
    yes(/^oauth-[\w-]{16}$/.test(name), name);
    await pause(20);
    same([heard, await client(at, { store }).hub.getToken()], [[], TOKEN]);
    go();
    same([(await signing).name, profiles(store), hub.session.profile], ["ada", ["oauth-ada"], "oauth-ada"]);
    same(heard, [["login", "signed_in", "oauth-ada", "ada"]]);
    stop();
  },

  "who signs out meanwhile, or in as somebody else, stays that": async (at) => {
    for (const other of [false, true]) {
      const { hub, store, stop, signing, go } = await waiting(at);
      await (other ? hub.setToken({ token: "hf_exampleFakeTokenForTestsOnly000000002", profile: "work" }) : hub.logout());
      go();
      await signing;
      same([hub.session.status, hub.session.profile], other ? ["signed_in", "work"] : ["signed_out", undefined]);
      same(profiles(store).includes("oauth-ada"), false);
      stop();
    }
  },

  "a token that its own server does not take signs nobody in": async (at) => {
    const { hub, store, heard, stop, signing, go } = await waiting(at, () => json({ error: "no" }, 401));
    go();
    same([(await caught(signing)).code, hub.session.status, profiles(store), heard], ["invalid_token", "signed_out", [], []]);
    stop();
  },
};
