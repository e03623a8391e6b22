// What a person pastes and what a program hands over by mistake. tests/THREATS.md, rows 19, 20, 21.
import { caught, fails, hides, same } from "../support/check.mjs";
import { spy } from "../support/spy.mjs";

const GOOD = "hf_pasted".padEnd(37, "Q");

/** Every door through which a token comes in; each gives a promise or throws. */
export const doors = (hubkey, fetch, endpoint) => {
  const hub = () => new hubkey.Hub({ fetch, endpoint });
  return {
    constructor: (token) => new hubkey.Hub({ token, fetch, endpoint }),
    login: (token) => hub().login({ token }),
    setToken: (token) => hub().setToken({ token }),
    validateToken: (token) => hub().validateToken(token),
    "validateToken, object": (token) => hub().validateToken({ token }),
    authHeaders: (token) => hub().authHeaders({ token }),
    whoami: (token) => hub().whoami({ token }),
    modelInfo: (token) => hub().modelInfo({ repo: "a/b", token }),
    createRepo: (token) => hub().createRepo({ repo: "a/b", token }),
    request: (token) => hub().request("/x", { token }),
    listModels: (token) => hub().listModels({ token })[Symbol.asyncIterator]().next(),
  };
};

/** Refused at every door, with nothing sent and nothing told. */
async function refused({ hubkey, inspect }, token, about, endpoint) {
  for (const name of Object.keys(doors(hubkey))) {
    const fetch = spy();
    const error = await fails(() => doors(hubkey, fetch, endpoint)[name](token), "invalid_token_format", `${name}: ${about}`);
    same(fetch.calls.length, 0, `${name}: ${about}`);
    if (typeof token === "string" && token.length > 8) hides(error, token, inspect);
  }
}

const SECRET = "hf_verySecretValue";

export default {
  "a character that no token has is refused at every door": async (at) => {
    const inside = {
      "carriage return": "\r", "line feed": "\n", "both": "\r\n", "nul": "\0", "delete": "\x7f", "escape": "\x1b", "smart quote": "\u2019", "zero-width space": "\u200b", "zero-width joiner": "\u200d",
      "soft hyphen": "\xad", "right-to-left": "\u202e", "lone surrogate": "\ud83d", "emoji": "\u{1f511}", "space": " ", "tab": "\t", "no-break space": "\xa0",
      "line separator": "\u2028", "letter of another script": "\u0430", "accent": "é", "inner mark": "\ufeff",
    };
    for (const [name, it] of Object.entries(inside)) await refused(at, `${SECRET}${it}andTheRest12345678`, name);
    for (const name of ["zero-width space", "smart quote", "lone surrogate", "nul", "delete"]) {
      await refused(at, `${inside[name]}${GOOD}`, `${name} in front`);
      await refused(at, `${GOOD}${inside[name]}`, `${name} behind`);
    }
  },

  "a character that splits a header is refused for any endpoint": async (at) => {
    for (const it of ["\r", "\n", "\0", " ", "\t", "é", "\x7f"]) await refused(at, `${SECRET}${it}x`, JSON.stringify(it), "https://hub.example");
  },

  "a token of a megabyte is refused quickly": async (at) => {
    const started = Date.now();
    await refused(at, `hf_${"a".repeat(1 << 20)}`, "1 MB");
    if (Date.now() - started > 5000) throw new Error(`took ${Date.now() - started} ms`);
  },

  "what is no text is refused at every door, and is never asked as nobody": async (at) => {
    const odd = [undefined, null, 0, 1, NaN, true, {}, [], () => {}, Symbol("hf_x"), 5n, { toString: () => GOOD }, [GOOD], new String(GOOD), new Date(0), new Proxy({}, {}), Object.create(null)];
    for (const it of odd) await refused(at, it, typeof it);
  },

  "what is no token is refused at every door": async (at) => {
    const odd = ["", " ", "\n", "\ufeff", "Bearer ", "Bearer", "bearer x y", `Bearer ${GOOD}`, `Bearer${GOOD}`, "hf_", "hf_oauth_", "hf_jwt_", "undefined", "null",
      "[object Object]", "NaN", "sk-1234567890", GOOD.slice(3), `"${GOOD}"`, `'${GOOD}'`, `${GOOD},`, `<${GOOD}>`, `${GOOD};x`, `HF_TOKEN=${GOOD}`];
    for (const it of odd) await refused(at, it, JSON.stringify(it));
  },

  "a credential of another kind is told for what it is": async ({ hubkey }) => {
    const rows = {
      [`hf_oauth__refresh_${"a".repeat(34)}`]: /refresh token/, "hf_s3_aaaaaa.bbbbbb.cccccc": /S3/, HFAKabcdefghijklmnop: /S3/, [`oauth_app_secret_${"a".repeat(34)}`]: /client secret/,
      [`api_org_${"a".repeat(34)}`]: /retired/, [`api_${"a".repeat(34)}`]: /retired/, [`sk-${"a".repeat(34)}`]: /starts with hf_/, [`Bearer ${GOOD}`]: /Bearer/, "": /empty/,
    };
    for (const [token, words] of Object.entries(rows)) {
      const error = await fails(() => new hubkey.Hub({ token }), "invalid_token_format");
      if (!words.test(error.message)) throw new Error(`${token}: ${error.message}`);
      hides(error, token || "\u0000");
    }
  },

  "another endpoint may have tokens of its own shape": async ({ hubkey }) => {
    for (const token of ["corp-1234", "sk-live-éx".slice(0, 7), "x", "a.b.c", `api_org_${"a".repeat(34)}`, "pa$$word!#"]) {
      same(await new hubkey.Hub({ endpoint: "https://hub.example", token }).getToken(), token);
      await fails(() => new hubkey.Hub({ token }), "invalid_token_format");
    }
  },

  "what stands around a token is taken away": async ({ hubkey }) => {
    for (const pasted of [` ${GOOD}`, `${GOOD}\n`, `\r\n\t ${GOOD} \r\n`, `\ufeff${GOOD}`, `\ufeff ${GOOD}\u3000`, `\xa0${GOOD}\u2028`, `\v\f${GOOD}`]) {
      const hub = new hubkey.Hub();
      await hub.setToken({ token: pasted });
      same(await hub.getToken(), GOOD, JSON.stringify(pasted));
      same(await new hubkey.Hub({ token: pasted }).getToken(), GOOD);
      same(await hub.authHeaders({ token: pasted }), { Authorization: `Bearer ${GOOD}` });
    }
  },

  "every kind that the Hub takes as a bearer is taken": async ({ hubkey }) => {
    const jwt = ["eyJhbGciOiJFZERTQSJ9", "eyJzdWIiOiJhIn0", "c2lnbmF0dXJl-_"].join(".");
    for (const token of [GOOD, `hf_oauth_${jwt}`, `hf_jwt_${jwt}`, `hf_app_${"a".repeat(32)}`, `hf_oauth_${"x".repeat(4000)}`]) same(await new hubkey.Hub({ token }).getToken(), token);
  },

  "a token key that is there counts as given, a key that is not does not": async ({ hubkey }) => {
    const fetch = spy();
    const hub = new hubkey.Hub({ token: GOOD, fetch });
    await fails(hub.request("/x", { token: undefined }), "invalid_token_format");
    await hub.request("/x", {});
    await hub.request("/x");
    await hub.request("/x", { token: false });
    same(fetch.calls.map((it) => it.authorization), [`Bearer ${GOOD}`, `Bearer ${GOOD}`, null]);
    await fails(hub.login({}), "invalid_token_format");
    await fails(hub.login(), "invalid_token_format");
    await fails(hub.setToken({}), "invalid_token_format");
    for (const call of [() => hub.login({ token: false }), () => hub.setToken({ token: false })]) await fails(call, "invalid_token_format");
    same((await caught(() => new hubkey.Hub({ token: false }))).code, "invalid_token_format");
    same(await hub.getToken(), GOOD);
  },
};
