// Clients on one store hear of each other. What crosses from tab to tab is in tests/packed/tabs.test.mjs.
import { same, yes } from "../support/check.mjs";
import { NOBODYS, pause, until } from "../support/control.mjs";
import { amid, storage } from "../support/spy.mjs";

const A = "hf_first".padEnd(37, "A");
const B = "hf_second".padEnd(37, "B");

const kinds = (hub) => {
  const heard = [];
  const stop = hub.subscribe((session, change) => heard.push(`${change?.kind ?? "-"} ${session.status} ${session.profile ?? "-"}${change?.elsewhere ? " elsewhere" : ""}`));
  return { heard, stop };
};

/** Stands in for the platform's, and remembers what was said. */
function channels() {
  const all = new Set(), said = [];
  class BroadcastChannel {
    constructor(name) { this.name = name; all.add(this); }
    postMessage(data) {
      said.push([this.name, data]);
      for (const it of all) if (it !== this && it.name === this.name) queueMicrotask(() => it.onmessage?.({ data }));
    }
    close() { all.delete(this); }
  }
  return { all, said, BroadcastChannel };
}

/** Stands in for a page's events. */
function events() {
  const all = [];
  return {
    all,
    addEventListener: (name, run) => void all.push({ name, run }),
    removeEventListener: (name, run) => void all.splice(all.findIndex((it) => it.name === name && it.run === run), 1),
    fire: (name, event) => { for (const it of [...all]) if (it.name === name) it.run(event); },
  };
}

/** Each store that several clients may share, with what they need to do so. */
const shared = (hubkey) => ({
  memory: hubkey.memoryStore(), "one's own": storage(), local: hubkey.localStore(), "local, under a key": hubkey.localStore({ key: "mine" }), session: hubkey.sessionStore(),
});

/** As in a page, whatever the place. */
const page = (run) => {
  const [bc, page] = [channels(), events()];
  const { BroadcastChannel } = bc, { addEventListener, removeEventListener } = page;
  return amid({ BroadcastChannel, addEventListener, removeEventListener, localStorage: storage(), sessionStorage: storage() }, () => run(bc, page));
};

export default {
  "two clients on one store hear each other": ({ hubkey }) => page(async () => {
    for (const [name, store] of Object.entries(shared(hubkey))) {
      const [a, b] = [new hubkey.Hub({ store }), new hubkey.Hub({ store })];
      const { heard, stop } = kinds(b);
      await until(() => heard.length === 2, "the store was read");
      await a.setToken({ token: A, profile: "a" });
      await until(() => heard.length === 3, `${name}: a sign-in is heard`);
      await a.setToken({ token: B, profile: "b" });
      await until(() => heard.length === 4, `${name}: another sign-in is heard`);
      await a.setToken({ token: NOBODYS, profile: "b" });
      await until(() => heard.length === 5, `${name}: a new token is heard`);
      await a.logout();
      await until(() => heard.length === 6, `${name}: a sign-out is heard`);
      same(heard, ["- unknown -", "loaded signed_out -", "login signed_in a elsewhere", "switch signed_in b elsewhere", "login signed_in b elsewhere", "logout signed_out - elsewhere"], name);
      same(await b.getToken(), null, name);
      stop();
    }
  }),

  "what is said has nothing in it, and listening ends with the last listener": ({ hubkey }) => page(async ({ all, said }, { all: listening }) => {
    const store = hubkey.localStore();
    const [a, b, c] = [1, 2, 3].map(() => new hubkey.Hub({ store }));
    same([all.size, listening.length], [0, 0]);
    const stops = [kinds(a), kinds(a), kinds(b)];
    same([all.size, listening.map((it) => it.name)], [1, ["storage", "pageshow"]]);
    await c.setToken({ token: A, profile: "secret name" });
    for (const { stop } of stops) { same(all.size, 1); stop(); }
    same([all.size, listening.length], [0, 0]);
    await c.logout();
    same([said, all.size], [[["hubkey:https://huggingface.co", 0], ["hubkey:https://huggingface.co", 0]], 0]);
  }),

  "a word from anywhere makes it look, and is believed no further": ({ hubkey }) => page(async ({ BroadcastChannel }, { fire }) => {
    const store = hubkey.localStore();
    const hub = new hubkey.Hub({ store });
    await hub.setToken({ token: A, profile: "a" });
    const { heard, stop } = kinds(hub);
    const stranger = new BroadcastChannel("hubkey:https://huggingface.co");
    for (const word of ["logout", { kind: "logout" }, null, { token: B, status: "signed_out" }, NOBODYS]) stranger.postMessage(word);
    for (const event of [{ key: null }, { key: "hubkey:https://huggingface.co", newValue: B }, {}]) fire("storage", event);
    await pause(30);
    same([heard, await hub.getToken()], [["- signed_in a"], A]);
    stop();
  }),

  "a flood of words is a few readings": ({ hubkey }) => page(async ({ BroadcastChannel }) => {
    const inner = storage();
    let loads = 0;
    const store = { ...inner, getItem: async (key) => (loads++, await pause(20), inner.getItem(key)) };
    const hub = new hubkey.Hub({ store });
    const { stop } = kinds(hub);
    const stranger = new BroadcastChannel("hubkey:https://huggingface.co");
    for (let i = 0; i < 1000; i++) stranger.postMessage(i);
    await pause(100);
    same(loads, 2, "the one under way, and one more");
    stop();
  }),

  "what another tab wrote is seen by the storage event, of this key alone": ({ hubkey }) => page(async (_, { fire }) => {
    const { localStorage } = globalThis;
    const key = "hubkey:https://huggingface.co";
    const hub = new hubkey.Hub({ store: hubkey.localStore() });
    await hub.setToken({ token: A, profile: "a" });
    const { heard, stop } = kinds(hub);
    await pause(10);
    localStorage.map.delete(key);
    fire("storage", { key: "somebody else's" });
    await pause(20);
    same(heard, ["- signed_in a"]);
    fire("storage", { key });
    await until(() => heard.length === 2, "the sign-out was heard");
    same(heard[1], "logout signed_out - elsewhere");
    stop();
  }),

  "a page that comes back from the browser's cache looks again": ({ hubkey }) => page(async (_, { fire }) => {
    const hub = new hubkey.Hub({ store: hubkey.localStore() });
    await hub.setToken({ token: A, profile: "a" });
    const { heard, stop } = kinds(hub);
    await pause(10);
    globalThis.localStorage.map.clear();
    fire("pageshow", { persisted: true });
    await until(() => heard.length === 2, "the sign-out was heard");
    stop();
  }),

  "clients on different stores, keys or endpoints do not disturb each other": ({ hubkey }) => page(async () => {
    const apart = [
      [{ store: hubkey.memoryStore() }, { store: hubkey.memoryStore() }],
      [{ store: hubkey.localStore() }, { store: hubkey.localStore({ key: "mine" }) }],
      [{ store: hubkey.localStore() }, { store: hubkey.sessionStore() }],
      [{ store: hubkey.localStore() }, { store: hubkey.localStore(), endpoint: "https://hub.example" }],
      [{}, {}],
    ];
    for (const [one, other] of apart) {
      const b = new hubkey.Hub(other);
      const { heard, stop } = kinds(b);
      await pause(10);
      const before = heard.length;
      await new hubkey.Hub(one).setToken({ token: A });
      await pause(10);
      same([heard.length, await b.getToken()], [before, null]);
      stop();
    }
  }),

  "what is in memory on purpose stays, whatever others do": ({ hubkey }) => page(async () => {
    const store = storage();
    const [given, other] = [new hubkey.Hub({ store, token: NOBODYS }), new hubkey.Hub({ store })];
    const { heard, stop } = kinds(given);
    await other.setToken({ token: A });
    await pause(20);
    same([heard, await given.getToken()], [["- signed_in -"], NOBODYS]);
    stop();
  }),

  "a channel that is refused changes nothing in this page": ({ hubkey }) => page(() => {
    class BroadcastChannel { constructor() { throw new DOMException("sandboxed", "SecurityError"); } }
    return amid({ BroadcastChannel }, async () => {
      const store = storage();
      const [a, b] = [new hubkey.Hub({ store }), new hubkey.Hub({ store })];
      const { heard, stop } = kinds(b);
      await a.setToken({ token: A, profile: "a" });
      await until(() => heard.at(-1).includes("signed_in a"), "it was heard");
      stop();
    });
  }),

  "where there are no channels, as in a Worker, each client minds itself": async ({ hubkey }) => {
    await amid({ BroadcastChannel: undefined }, async () => {
      const store = storage();
      let loads = 0;
      const counted = { ...store, getItem: (key) => (loads++, store.getItem(key)) };
      const [a, b] = [new hubkey.Hub({ store: counted }), new hubkey.Hub({ store: counted })];
      const { heard, stop } = kinds(b);
      await until(() => b.session.status === "signed_out", "the store was read");
      const before = loads;
      await a.setToken({ token: A });
      await pause(20);
      yes(loads === before + 1, "the one who wrote looked");
      same(heard.length, 2);
      await b.setToken({ token: B, profile: "b" });
      same(heard.at(-1), "login signed_in b");
      stop();
    });
  },
};
