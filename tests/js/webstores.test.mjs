// localStore and sessionStore on stand-ins for the browser's own, which Node lacks.
import { same, lacks } from "./support/check.mjs";
import { NOBODYS } from "./support/control.mjs";
import { ENTRY } from "./support/entry.mjs";
import { play } from "./support/node.mjs";
import { amid, storage } from "./support/spy.mjs";

await play({
  "localStore keeps the record under the endpoint's name": async ({ hubkey, hubUrl, token }) => {
    const localStorage = storage();
    await amid({ localStorage }, async () => {
      const make = () => new hubkey.Hub({ endpoint: hubUrl, store: hubkey.localStore() });
      same((await make().login({ token: token("testread") })).persisted, true);
      same([...localStorage.map.keys()], [`hubkey:${hubUrl}`]);
      same((await make().whoami()).name, "ada");
      await make().logout();
      same(localStorage.map.size, 0);
    });
  },

  "sessionStore leaves localStorage alone": async ({ hubkey, hubUrl }) => {
    const [localStorage, sessionStorage] = [storage(), storage()];
    await amid({ localStorage, sessionStorage }, async () => {
      const hub = new hubkey.Hub({ endpoint: hubUrl, store: hubkey.sessionStore() });
      same(await hub.setToken({ token: NOBODYS }), { persisted: true, warnings: [] });
      same([localStorage.map.size, sessionStorage.map.size], [0, 1]);
    });
  },

  "a key of one's own is used as it is": async ({ hubkey, hubUrl }) => {
    const localStorage = storage();
    await amid({ localStorage }, async () => {
      const make = () => new hubkey.Hub({ endpoint: hubUrl, store: hubkey.localStore({ key: "my app" }) });
      await make().setToken({ token: NOBODYS });
      same([...localStorage.map.keys()], ["my app"]);
      same(await make().getToken(), NOBODYS);
    });
  },

  "a token that may write earns a warning in localStorage alone": async ({ hubkey, hubUrl, token }) => {
    await amid({ localStorage: storage(), sessionStorage: storage() }, async () => {
      const warned = async (store, name) => {
        const me = await new hubkey.Hub({ endpoint: hubUrl, store }).login({ token: token(name) });
        lacks(JSON.stringify(me.warnings), token(name));
        return me.warnings.map((it) => it.code);
      };
      same(await warned(hubkey.localStore(), "testwrite"), ["write_token_in_web_storage"]);
      same(await warned(hubkey.localStore(), "testgod"), ["write_token_in_web_storage"]);
      same(await warned(hubkey.localStore(), "testread"), []);
      same(await warned(hubkey.sessionStore(), "testwrite"), []);
      same(await warned(storage(), "testwrite"), []);
    });
  },

  "another tab's sign-out and sign-in are seen": async ({ hubkey, hubUrl, token }) => {
    await amid({ localStorage: storage() }, async () => {
      const tab = () => new hubkey.Hub({ endpoint: hubUrl, store: hubkey.localStore() });
      const [a, b] = [tab(), tab()];
      await a.login({ token: token("testread") });
      same(await b.getToken(), token("testread"));
      await b.logout();
      same(await a.getToken(), null);
      await b.login({ token: token("testgrace") });
      same((await a.whoami()).name, "grace");
    });
  },

  "importing and constructing touch no storage": async ({ hubkey, hubUrl }) => {
    let touched = 0;
    const trap = new Proxy({}, { get: () => void touched++, has: () => (touched++, false) });
    await amid({ localStorage: trap, sessionStorage: trap }, async () => {
      await import(ENTRY);
      for (const store of [undefined, hubkey.localStore(), hubkey.sessionStore(), hubkey.memoryStore()]) new hubkey.Hub({ endpoint: hubUrl, store });
      same(touched, 0);
    });
  },
});
