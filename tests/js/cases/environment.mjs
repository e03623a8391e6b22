// Hub.fromEnv and envStore: what is read, in which order, and that nothing else is.
import { caught, fails, has, hides, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { json, spy } from "../support/spy.mjs";

const A = "hf_first".padEnd(37, "A");
const B = "hf_second".padEnd(37, "B");

export default {
  "HF_TOKEN signs in": async ({ hubkey, hubUrl, token }) => {
    const hub = hubkey.Hub.fromEnv({ HF_TOKEN: token("testread"), HF_ENDPOINT: hubUrl });
    same([(await hub.whoami()).name, hub.endpoint], ["ada", hubUrl]);
  },

  "HF_TOKEN wins over the legacy name, which counts when the first is missing or empty": async ({ hubkey }) => {
    const { Hub } = hubkey;
    same(await Hub.fromEnv({ HF_TOKEN: A, HUGGING_FACE_HUB_TOKEN: B }).getToken(), A);
    same(await Hub.fromEnv({ HUGGING_FACE_HUB_TOKEN: B }).getToken(), B);
    for (const empty of ["", "  ", "\r\n"]) same(await Hub.fromEnv({ HF_TOKEN: empty, HUGGING_FACE_HUB_TOKEN: B }).getToken(), B);
  },

  "line breaks inside a secret are dropped, as the Python client does": async ({ hubkey }) => {
    same(await hubkey.Hub.fromEnv({ HF_TOKEN: ` ${A.slice(0, 20)}\r\n${A.slice(20)}\n ` }).getToken(), A);
  },

  "an empty or missing HF_TOKEN means signed out and is no error": async ({ hubkey, hubUrl, control }) => {
    for (const env of [{}, { HF_TOKEN: "" }, { HF_TOKEN: undefined }, { HF_TOKEN: " \n" }, { HF_TOKEN: null }]) {
      const hub = hubkey.Hub.fromEnv({ HF_ENDPOINT: hubUrl, ...env });
      same(await hub.getToken(), null);
      has((await fails(hub.whoami(), "no_token")).hint, "HF_TOKEN");
      same((await hub.modelInfo({ repo: "ada/tiny" })).id, "ada/tiny");
    }
    for (const it of await control.requests()) same(it.headers.authorization, undefined);
  },

  "a secret that is not text is an error, and not a missing one": async ({ hubkey }) => {
    const binding = { HF_TOKEN: { get: async () => A } };
    for (const env of [binding, { HF_TOKEN: 7 }, { HUGGING_FACE_HUB_TOKEN: {} }]) {
      const error = await caught(() => hubkey.Hub.fromEnv(env));
      same([error.code, error.message.includes("not text")], ["invalid_token_format", true]);
      same((await caught(() => hubkey.envStore(env))).code, "invalid_token_format");
    }
  },

  "a near miss is named, and its value is not": async ({ hubkey, inspect }) => {
    for (const name of ["HUGGINGFACE_TOKEN", "HF_API_TOKEN", "HUGGINGFACE_HUB_TOKEN", "HUGGINGFACEHUB_API_TOKEN"]) {
      const fetch = spy();
      const error = await fails(hubkey.Hub.fromEnv({ [name]: A }, { fetch }).whoami(), "no_token");
      has(error.hint, name, "HF_TOKEN");
      hides(error, A, inspect);
      same(fetch.calls, []);
    }
    const plain = await fails(hubkey.Hub.fromEnv({}).whoami(), "no_token");
    lacks(plain.hint, "HF_API_TOKEN");
  },

  "a secret that cannot be a token is refused by name, at once": async ({ hubkey, inspect }) => {
    for (const [name, value] of [["HF_TOKEN", "Bearer hf_abcdefghijk"], ["HF_TOKEN", "my secret phrase"], ["HUGGING_FACE_HUB_TOKEN", "sk-abcdefghijklmnop"]]) {
      const error = await fails(() => hubkey.Hub.fromEnv({ [name]: value }), "invalid_token_format");
      has(error.hint, name);
      hides(error, value, inspect);
    }
  },

  "HF_ENDPOINT is taken and checked": async ({ hubkey, hubUrl }) => {
    same(hubkey.Hub.fromEnv({}).endpoint, "https://huggingface.co");
    same(hubkey.Hub.fromEnv({ HF_ENDPOINT: "" }).endpoint, "https://huggingface.co");
    same(hubkey.Hub.fromEnv({ HF_ENDPOINT: ` ${hubUrl}/\n` }).endpoint, hubUrl);
    await fails(() => hubkey.Hub.fromEnv({ HF_ENDPOINT: "http://hub.example" }), "insecure_endpoint");
    await fails(() => hubkey.Hub.fromEnv({ HF_ENDPOINT: "hub.example" }), "invalid_endpoint");
  },

  "an endpoint in the options wins over HF_ENDPOINT": async ({ hubkey, hubUrl }) => {
    same(hubkey.Hub.fromEnv({ HF_ENDPOINT: "https://other.example" }, { endpoint: hubUrl }).endpoint, hubUrl);
  },

  "another endpoint's own kinds of token are taken there and refused at huggingface.co": async ({ hubkey }) => {
    const own = "corp-token-1234567890";
    same(await hubkey.Hub.fromEnv({ HF_TOKEN: own, HF_ENDPOINT: "https://hub.corp.example" }).getToken(), own);
    await fails(() => hubkey.Hub.fromEnv({ HF_TOKEN: own }), "invalid_token_format");
  },

  "HF_HUB_OFFLINE refuses before anything is sent": async ({ hubkey }) => {
    for (const on of ["1", "ON", "yes", "True", "TRUE"]) {
      const fetch = spy();
      const hub = hubkey.Hub.fromEnv({ HF_TOKEN: A, HF_HUB_OFFLINE: on }, { fetch });
      has((await fails(hub.whoami(), "offline", on)).hint, "HF_HUB_OFFLINE");
      await fails(hub.request("/api/models"), "offline");
      await fails(hub.modelInfo({ repo: "a/b" }), "offline");
      const error = await caught(hub.fetch("https://huggingface.co/api/models"));
      yes(error instanceof Error, "hub.fetch refuses too");
      same(fetch.calls.length, 0, on);
      same(await hub.getToken(), A);
    }
    for (const off of ["", "0", "off", "no", "false", undefined]) {
      const fetch = spy(() => json({ id: "a/b" }));
      await hubkey.Hub.fromEnv({ HF_HUB_OFFLINE: off }, { fetch }).modelInfo({ repo: "a/b" });
      same(fetch.calls.length, 1, String(off));
    }
  },

  "offline: true does the same": async ({ hubkey }) => {
    const fetch = spy();
    await fails(new hubkey.Hub({ offline: true, fetch, token: A }).whoami(), "offline");
    same(fetch.calls, []);
  },

  "other options go along": async ({ hubkey }) => {
    const fetch = spy(() => json({ type: "user", id: "1", name: "ada" }));
    const hub = hubkey.Hub.fromEnv({ HF_TOKEN: A }, { fetch, timeoutMs: 1000 });
    await hub.whoami();
    same(fetch.calls[0].authorization, `Bearer ${A}`);
  },

  "a token or a store in its options does not replace the environment": async ({ hubkey }) => {
    const hub = hubkey.Hub.fromEnv({ HF_TOKEN: A }, { token: B, store: hubkey.memoryStore() });
    same(await hub.getToken(), A);
  },

  "nothing is read that was not handed in": async ({ hubkey }) => {
    const inherited = Object.create({ HF_TOKEN: A, HF_ENDPOINT: "https://evil.example" });
    const hub = hubkey.Hub.fromEnv(inherited);
    same([await hub.getToken(), hub.endpoint], [null, "https://huggingface.co"]);
    if (typeof process === "object" && process.env) {
      process.env.HF_TOKEN = B;
      process.env.HF_ENDPOINT = "https://evil.example";
      try {
        const bare = new hubkey.Hub();
        same([await bare.getToken(), bare.endpoint], [null, "https://huggingface.co"]);
        same(await hubkey.Hub.fromEnv({}).getToken(), null);
      } finally {
        delete process.env.HF_TOKEN;
        delete process.env.HF_ENDPOINT;
      }
    }
  },

  "what is no environment is refused": async ({ hubkey }) => {
    for (const it of [undefined, null, "HF_TOKEN=x", 5, true]) await fails(() => hubkey.Hub.fromEnv(it), "invalid_argument");
  },

  "only fromEnv can hand over an environment": async ({ hubkey }) => {
    const hub = new hubkey.Hub({}, { HF_TOKEN: A, env: { HF_TOKEN: A } });
    same(await hub.getToken(), null);
  },

  "the environment is only read: a sign-in beside it lasts as long as the client": async ({ hubkey, hubUrl, token }) => {
    const env = Object.freeze({ HF_TOKEN: token("testread"), HF_ENDPOINT: hubUrl });
    const hub = hubkey.Hub.fromEnv(env);
    const me = await hub.login({ token: token("testgrace") });
    same([me.name, me.persisted, me.warnings.map((it) => it.code)], ["grace", false, ["storage_read_only"]]);
    same((await hub.whoami()).name, "grace");
    same((await hubkey.Hub.fromEnv(env).whoami()).name, "ada");
  },

  "signing out of an environment ends it here and says that the secret stays": async ({ hubkey, hubUrl, token, inspect }) => {
    const hub = hubkey.Hub.fromEnv({ HF_TOKEN: token("testread"), HF_ENDPOINT: hubUrl });
    const error = await fails(hub.logout(), "storage_read_only");
    has(error.hint, "secret");
    hides(error, token("testread"), inspect);
    same(await hub.getToken(), null);
    await fails(hub.whoami(), "no_token");
  },

  "envStore is the same store for the constructor": async ({ hubkey, hubUrl, token }) => {
    const store = hubkey.envStore({ HF_TOKEN: token("testread") });
    lacks(`${JSON.stringify(store)} ${JSON.stringify({ ...store })}`, token("testread"));
    const hub = new hubkey.Hub({ endpoint: hubUrl, store });
    same((await hub.whoami()).name, "ada");
    await fails(() => new hubkey.Hub({ store: hubkey.envStore({ HF_TOKEN: "no token" }) }), "invalid_token_format");
    const none = new hubkey.Hub({ store: hubkey.envStore({ HF_API_TOKEN: NOBODYS }) });
    has((await fails(none.whoami(), "no_token")).hint, "HF_API_TOKEN");
  },
};
