// `remember`, an option of each way to sign in: in the store, or in this client's memory alone.
import { vaultStore } from "hubkey/vault";
import { fails, has, hides, lacks, same } from "../support/check.mjs";
import { hurried } from "../support/clock.mjs";
import { NOBODYS } from "../support/control.mjs";
import { onDatabase, standIn } from "../support/database.mjs";
import { client, server } from "../support/sign-in.mjs";
import { amid, getter, storage } from "../support/spy.mjs";

const SECOND = "hf_second".padEnd(37, "8");

const recordOf = (store, { hubUrl }) => JSON.parse(store.map.get(`hubkey:${hubUrl}`) ?? "null");

export default {
  "who is not remembered is signed in here and nowhere else": async (at) => {
    const store = storage();
    const make = () => new at.hubkey.Hub({ endpoint: at.hubUrl, store });
    const [hub, other] = [make(), make()];
    const me = await hub.login({ token: at.token("testread"), remember: false });
    same([me.name, me.persisted, me.warnings], ["ada", false, []]);
    same([hub.session.status, hub.session.persisted, hub.session.source], ["signed_in", false, "memory"]);
    same((await hub.whoami({ cache: false })).name, "ada");
    same([store.map.size, await other.getToken(), await make().getToken()], [0, null, null]);
    same(await hub.setToken({ token: NOBODYS, remember: false }), { persisted: false, warnings: [] });
    same([await hub.getToken(), store.map.size], [NOBODYS, 0]);
    await hub.logout();
    same(await hub.getToken(), null);
  },

  "who is not remembered leaves nobody in use in the store, and nothing older of their own": async (at) => {
    const store = storage();
    const make = () => new at.hubkey.Hub({ endpoint: at.hubUrl, store });
    await make().setToken({ token: SECOND, profile: "home" });
    await make().setToken({ token: NOBODYS, profile: "work" });
    const hub = make();
    await hub.setToken({ token: at.token("testread"), profile: "work", remember: false });
    const record = recordOf(store, at);
    same([record.active, record.profiles], [undefined, [{ name: "home", token: SECOND }]]);
    same([await hub.getToken(), await make().getToken()], [at.token("testread"), null]);
    await hub.authSwitch("home");
    same([await hub.getToken(), await make().getToken()], [SECOND, SECOND], "and those who stay can be used");
    await make().setToken({ token: NOBODYS, profile: "home", remember: false });
    same(store.map.size, 0, "the last one is gone");
  },

  "a store that cannot forget who was before is told of": async (at) => {
    const store = storage();
    await new at.hubkey.Hub({ endpoint: at.hubUrl, store }).setToken({ token: NOBODYS });
    const down = () => { throw new DOMException("no", "SecurityError"); };
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, store: { ...store, setItem: down, removeItem: down } });
    const me = await hub.login({ token: at.token("testread"), profile: "default", remember: false });
    same([me.persisted, me.warnings.map((it) => it.code), await hub.getToken()], [false, ["storage_unavailable"], at.token("testread")]);
    has(me.warnings[0].message, "may be again after a reload");
    hides(me.warnings, NOBODYS, at.inspect);
  },

  "true is what a store that lasts does anyway": async (at) => {
    const store = storage();
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, store });
    same((await hub.login({ token: at.token("testread"), remember: true })).persisted, true);
    same(recordOf(store, at).profiles.length, 1);
    for (const remember of [undefined, null]) same((await hub.setToken({ token: NOBODYS, remember })).persisted, true);
  },

  "true without a store that lasts is refused before anything is sent": async (at) => {
    const { hubkey, hubUrl: endpoint, control } = at;
    const hubs = [
      new hubkey.Hub({ endpoint }), new hubkey.Hub({ endpoint, store: hubkey.memoryStore() }), new hubkey.Hub({ endpoint, store: hubkey.envStore({}) }),
      new hubkey.Hub({ endpoint, store: hubkey.getterStore(() => null) }), hubkey.Hub.fromEnv({}, { endpoint }),
    ];
    for (const hub of hubs)
      for (const name of ["login", "setToken"]) {
        const error = await fails(hub[name]({ token: at.token("testread"), remember: true }), "invalid_argument");
        has(error.hint, "vaultStore");
        same(await hub.getToken(), null);
      }
    same(await control.lines(), []);
  },

  "what is neither true nor false is refused before anything is sent": async (at) => {
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl, store: storage() });
    for (const remember of ["false", 0, 1, "", {}, [], () => false, Symbol("x")]) {
      const error = await fails(hub.login({ token: at.token("testread"), remember }), "invalid_argument");
      has(error.message, "remember");
    }
    same([await at.control.lines(), await hub.getToken()], [[], null]);
  },

  "each way to sign in with OAuth takes it": async (at) => {
    const fetch = server();
    const begin = (store) => client(at, { fetch, store }).hub;
    for (const store of [undefined, at.hubkey.memoryStore()])
      for (const name of ["signIn", "handleRedirect", "deviceLogin"])
        has((await fails(begin(store)[name]({ remember: true, onCode() {} }), "invalid_argument", name)).hint, "vaultStore");
    same(fetch.calls, []);
    const store = storage();
    const login = (hub, remember) => hurried(() => hub.deviceLogin({ onCode() {}, remember }));
    const hub = begin(store);
    same((await login(hub, false)).persisted, false);
    same([hub.session.status, hub.session.source, store.map.size], ["signed_in", "memory", 0]);
    same((await login(begin(store), true)).persisted, true);
    same(store.map.size, 1);
  },

  "in memory false is as ever": async (at) => {
    const hub = new at.hubkey.Hub({ endpoint: at.hubUrl });
    for (const profile of ["a", "b"]) await hub.setToken({ token: NOBODYS, profile, remember: false });
    same((await hub.authList()).profiles.map((it) => it.name), ["a", "b"]);
  },

  "beside a secret of the environment it is in use, and the store is left to others": async (at) => {
    const store = storage();
    const hub = at.hubkey.Hub.fromEnv({ HF_TOKEN: NOBODYS }, { endpoint: at.hubUrl, store });
    same((await hub.login({ token: at.token("testread"), remember: false })).persisted, false);
    same([await hub.getToken(), store.map.size], [at.token("testread"), 0]);
  },

  "the vault remembers, or not, or says that it cannot": async (at) => {
    const make = (name) => new at.hubkey.Hub({ endpoint: at.hubUrl, store: vaultStore({ name }) });
    await onDatabase(async (_, name) => {
      const hub = make(name);
      same((await hub.login({ token: at.token("testread"), remember: true })).persisted, true);
      same([hub.session.persisted, hub.session.source, await make(name).getToken()], [true, "store", at.token("testread")]);
      same((await hub.login({ token: at.token("testread"), remember: false })).persisted, false);
      same([await hub.getToken(), await make(name).getToken()], [at.token("testread"), null]);
    })(at);
    const refused = () => { throw new DOMException("Access is denied for this document.", "SecurityError"); };
    await amid({ indexedDB: standIn({ refused }), sessionStorage: getter(refused) }, async () => {
      const hub = make("none");
      const me = await hub.login({ token: at.token("testread"), remember: true });
      same([me.persisted, hub.session.persisted, hub.session.source], [false, false, "memory"]);
      same(await hub.getToken(), at.token("testread"));
    });
  },

  "the vault is asked anew, since other tabs write it too": onDatabase(async (at, name) => {
    const make = () => new at.hubkey.Hub({ endpoint: at.hubUrl, store: vaultStore({ name }) });
    const [one, other] = [make(), make()];
    await one.login({ token: at.token("testwrite") });
    same(await other.getToken(), at.token("testwrite"));
    const { warnings } = await one.login({ token: at.token("testwrite") });
    lacks(JSON.stringify(warnings), "write_token_in_web_storage");
    await other.logout();
    same([await one.getToken(), one.session.status], [null, "signed_out"]);
  }),
};
