// login, setToken, logout, getToken, authHeaders.
import { caught, fails, hides, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { json, spy, storage } from "../support/spy.mjs";

export default {
  "login asks the Hub once and says who it is": async ({ hubkey, hubUrl, control, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const me = await hub.login({ token: token("testwrite") });
    same([me.type, me.name, me.token.role, me.token.displayName], ["user", "ada", "write", "laptop"]);
    same([me.persisted, me.warnings], [false, []]);
    same(await control.lines(), ["GET /api/whoami-v2"]);
    same(await hub.getToken(), token("testwrite"));
  },

  "a pasted token is cleaned before it is sent and stored": async ({ hubkey, hubUrl, control, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    await hub.login({ token: `\ufeff \t${token("testread")}\r\n ` });
    same(await hub.getToken(), token("testread"));
    same((await control.requests())[0].headers.authorization, `Bearer ${token("testread")}`);
  },

  "a refused token is not kept, and the one before stays": async ({ hubkey, hubUrl, token, inspect }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    await hub.login({ token: token("testread") });
    const error = await fails(hub.login({ token: NOBODYS }), "invalid_token");
    same([error.status, error.request], [401, `GET ${hubUrl}/api/whoami-v2`]);
    yes(error.requestId?.startsWith("Root="), "expected a request id");
    hides(error, NOBODYS, inspect);
    same(await hub.getToken(), token("testread"));
    same((await hub.whoami()).name, "ada");
  },

  "expired and revoked tokens are refused like wrong ones": async ({ hubkey, hubUrl, token }) => {
    for (const name of ["testexpired", "testrevoked"]) {
      const hub = new hubkey.Hub({ endpoint: hubUrl });
      await fails(hub.login({ token: token(name) }), "invalid_token", name);
      same(await hub.getToken(), null);
    }
  },

  "both wordings of a refusal mean the same": async ({ hubkey, hubUrl, control }) => {
    for (const badTokenWords of ["Invalid username or password.", "Invalid credentials in Authorization header"]) {
      await control.settings({ badTokenWords });
      await fails(new hubkey.Hub({ endpoint: hubUrl }).login({ token: NOBODYS }), "invalid_token", badTokenWords);
    }
  },

  "a token that lost characters on its way is told by its length": async ({ hubkey, hubUrl }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const error = await fails(hub.login({ token: NOBODYS.slice(0, 30) }), "invalid_token");
    yes(error.hint.includes("37"), error.hint);
    const whole = await fails(hub.login({ token: NOBODYS }), "invalid_token");
    yes(!whole.hint.includes("37"), whole.hint);
  },

  "setToken stores without asking": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    same(await hub.setToken({ token: ` ${NOBODYS}\n` }), { persisted: false, warnings: [] });
    same(await hub.getToken(), NOBODYS);
    same(await control.lines(), []);
  },

  "a token given to the constructor is in use and in memory only": async ({ hubkey, hubUrl, token }) => {
    const store = storage();
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testread"), store });
    same((await hub.whoami()).token.role, "read");
    same(store.map.size, 0);
    await hub.logout();
    same(await hub.getToken(), null);
  },

  "after logout nothing is sent with the old token": async ({ hubkey, hubUrl, control, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    await hub.login({ token: token("testread") });
    await hub.logout();
    await hub.logout();
    same(await hub.getToken(), null);
    await control.forget();
    await fails(hub.whoami(), "no_token");
    await fails(hub.authHeaders(), "no_token");
    await fails(hub.validateToken(), "no_token");
    await fails(hub.createRepo({ repo: "ada/x" }), "no_token");
    same(await control.lines(), []);
    await hub.modelInfo({ repo: "ada/tiny" });
    for (const it of await control.requests()) same(it.headers.authorization, undefined);
  },

  "signing in again replaces the token": async ({ hubkey, hubUrl, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    await hub.login({ token: token("testread") });
    await hub.login({ token: token("testgrace") });
    same((await hub.whoami()).name, "grace");
    await hub.setToken({ token: token("testread") });
    same(await hub.getToken(), token("testread"));
  },

  "authHeaders gives the one header, or none when asked for none": async ({ hubkey, hubUrl, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testread") });
    same(await hub.authHeaders(), { Authorization: `Bearer ${token("testread")}` });
    same(await hub.authHeaders({ token: ` ${NOBODYS} ` }), { Authorization: `Bearer ${NOBODYS}` });
    same(await hub.authHeaders({ token: false }), {});
    const signedOut = new hubkey.Hub({ endpoint: hubUrl });
    same(await signedOut.authHeaders({ token: false }), {});
    await fails(signedOut.authHeaders(), "no_token");
  },

  "a token of one call is for that call only": async ({ hubkey, hubUrl, control, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testread") });
    same((await hub.whoami({ token: token("testgrace") })).name, "grace");
    same((await hub.whoami()).name, "ada");
    await hub.modelInfo({ repo: "ada/tiny", token: false });
    const sent = (await control.requests()).map((it) => it.headers.authorization?.slice(10, 19));
    same(sent, ["testgrace", "testread0", undefined]);
    await fails(hub.whoami({ token: false }), "no_token");
  },

  "two clients do not share a sign-in": async ({ hubkey, hubUrl, token }) => {
    const [a, b] = [new hubkey.Hub({ endpoint: hubUrl }), new hubkey.Hub({ endpoint: hubUrl })];
    await a.login({ token: token("testread") });
    same(await b.getToken(), null);
    await b.login({ token: token("testgrace") });
    same([(await a.whoami()).name, (await b.whoami()).name], ["ada", "grace"]);
  },

  "whoami is never from the platform's cache": async ({ hubkey, token }) => {
    const fetch = spy(() => json({ type: "user", id: "1", name: "ada", orgs: [] }));
    const hub = new hubkey.Hub({ endpoint: "https://hub.example", fetch, token: token("testread") });
    await hub.whoami();
    await hub.whoami({ cache: false });
    same(fetch.calls.map((it) => it.init.cache), ["no-store", "no-store"]);
  },

  "each method can be passed around alone": async ({ hubkey, hubUrl, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const { login, setToken, getToken, authHeaders, whoami, validateToken, listModels, modelInfo, createRepo, request, fetch, logout } = hub;
    await login({ token: token("testwrite") });
    await setToken({ token: token("testwrite") });
    same(await getToken(), token("testwrite"));
    yes((await authHeaders()).Authorization);
    same((await whoami()).name, "ada");
    same((await validateToken()).valid, true);
    for await (const model of listModels({ author: "ada", limit: 1 })) yes(model.id.startsWith("ada/"));
    same((await modelInfo({ repo: "ada/tiny" })).id, "ada/tiny");
    same((await createRepo({ repo: "ada/alone" })).name, "ada/alone");
    same((await request("/api/models/ada/tiny")).id, "ada/tiny");
    same((await fetch(`${hubUrl}/api/models/ada/tiny`)).status, 200);
    await logout();
    same(await getToken(), null);
    same(hub.whoami, whoami, "the same function each time");
  },

  "a client shows no token when it is printed": async ({ hubkey, hubUrl, token, inspect }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testread") });
    await hub.login({ token: token("testread") });
    lacks(`${inspect?.(hub)} ${JSON.stringify(hub)} ${hub}`, token("testread"));
  },

  "the endpoint is told without a slash at its end": async ({ hubkey, hubUrl }) => {
    same(new hubkey.Hub().endpoint, "https://huggingface.co");
    same(new hubkey.Hub({ endpoint: `${hubUrl}/` }).endpoint, hubUrl);
    same(new hubkey.Hub({ endpoint: "https://proxy.example/hf/" }).endpoint, "https://proxy.example/hf");
  },

  "tokens are masked and told apart without a request": async ({ hubkey }) => {
    const { maskToken, tokenKind } = hubkey;
    same(maskToken(NOBODYS), "hf_****7777");
    for (const short of ["", "hf_x", "hf_shortone", undefined, null, 5, {}]) same(maskToken(short), "****");
    const jwt = ["eyJhbGciOiJub25lIn0", "e30", "c2ln"].join(".");
    const kinds = {
      [NOBODYS]: "user", [`hf_oauth_${jwt}`]: "oauth", [`hf_oauth__refresh_${"a".repeat(34)}`]: "oauth_refresh", [`hf_jwt_${jwt}`]: "jwt",
      [`hf_app_${"a".repeat(32)}`]: "app", "hf_s3_a.b.c": "s3", HFAKabc: "s3", [`oauth_app_secret_${"a".repeat(34)}`]: "client_secret",
      [`api_org_${"a".repeat(34)}`]: "org", api_abc: "legacy", "sk-abc": "unknown", "": "unknown",
    };
    for (const [value, kind] of Object.entries(kinds)) same(tokenKind(value), kind, value);
    same(tokenKind(undefined), "unknown");
  },

  "a subclass is a client too": async ({ hubkey, hubUrl, token }) => {
    class Mine extends hubkey.Hub {
      name = () => this.whoami().then((it) => it.name);
    }
    same(await new Mine({ endpoint: hubUrl, token: token("testread") }).name(), "ada");
    class Loud extends hubkey.Hub {
      async whoami(options) {
        const me = await super.whoami(options);
        return { ...me, name: me.name.toUpperCase() };
      }
    }
    const loud = new Loud({ endpoint: hubUrl, token: token("testread") });
    same([(await loud.whoami()).name, (await loud.whoami()).name], ["ADA", "ADA"]);
    const mocked = new hubkey.Hub();
    mocked.whoami = async () => "mock";
    same(await mocked.whoami(), "mock", "a test may put its own in place");
    yes(Mine.fromEnv({ HF_ENDPOINT: hubUrl }) instanceof Mine, "fromEnv makes the subclass");
    yes((await caught(() => hubkey.Hub())) instanceof TypeError, "a class cannot be called");
  },
};
