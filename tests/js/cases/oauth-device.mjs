// Signing in on another screen, with a clock that waits for nobody. tests/THREATS.md, row 42.
import { caught, fails, has, hides, same, yes } from "../support/check.mjs";
import { hurried } from "../support/clock.mjs";
import { CLIENT, REFRESH, TOKEN, asked, client, formOf, metadata, server, tokens } from "../support/sign-in.mjs";
import { json } from "../support/spy.mjs";

const DEVICE = { device_code: "fake-device-code-for-tests", user_code: "ABCD-EFGH", verification_uri: "https://hf.co/oauth/device", expires_in: 300 };
const says = (error, status = 400) => () => json({ error, error_description: `${error}, of ${DEVICE.device_code}` }, status);
const pending = says("authorization_pending");

/** A server that answers each poll in turn, the last for ever; and how long was waited before each, in milliseconds. */
const polled = (at, answers, { device = DEVICE, ...rest } = {}) => {
  let turn = 0, last;
  const codes = [], waits = [];
  const fetch = server({
    device: () => {
      last = performance.now();
      return json(device);
    },
    token: (call) => {
      waits.push(performance.now() - last);
      last = performance.now();
      return answers[Math.min(turn++, answers.length - 1)](call);
    },
    ...rest,
  });
  const { hub } = client(at, { fetch });
  const login = (options) => hurried(() => hub.deviceLogin({ onCode: (it) => void codes.push(it), ...options }));
  return { fetch, hub, login, codes, waits };
};

const agreed = () => json(tokens());

export default {
  "a person agrees on another screen": async (at) => {
    const it = polled(at, [pending, pending, agreed]);
    const began = Date.now(), me = await it.login();
    same([me.name, me.grantedScopes, me.warnings], ["ada", ["openid", "profile", "read-repos"], []]);
    same([it.hub.session.status, it.hub.session.profile, await it.hub.getToken()], ["signed_in", "oauth-ada", TOKEN]);
    same(asked(it.fetch), ["GET /.well-known/openid-configuration", "POST /oauth/device", "POST /oauth/token", "POST /oauth/token", "POST /oauth/token", "GET /oauth/userinfo"]);
    const [, first, poll] = it.fetch.calls;
    same(formOf(first), { client_id: CLIENT, scope: "openid profile read-repos" });
    same(formOf(poll), { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: DEVICE.device_code, client_id: CLIENT });
    const [{ expiresAt, ...shown }, ...more] = it.codes;
    same([shown, more], [{ userCode: "ABCD-EFGH", verificationUri: "https://hf.co/oauth/device", verificationUriComplete: "https://hf.co/oauth/device" }, []]);
    yes(Math.abs(expiresAt - began - 300_000) < 30_000);
    same(it.waits, [5000, 5000, 5000]);
  },

  "slow_down slows for good, and the server's own interval is kept": async (at) => {
    const slow = polled(at, [pending, says("slow_down"), pending, says("slow_down"), pending, agreed]);
    await slow.login();
    same(slow.waits, [5000, 5000, 10_000, 10_000, 15_000, 15_000]);
    const told = polled(at, [pending, says("slow_down"), agreed], { device: { ...DEVICE, interval: 7, verification_uri_complete: "https://hf.co/oauth/device?user_code=ABCD-EFGH" } });
    await told.login();
    same([told.waits, told.codes[0].verificationUriComplete], [[7000, 7000, 12_000], "https://hf.co/oauth/device?user_code=ABCD-EFGH"]);
    for (const interval of [0, -1, "5", null, 1e300]) {
      const odd = polled(at, [agreed], { device: { ...DEVICE, interval, expires_in: 900 } });
      await odd.login();
      same(odd.waits, [interval === 1e300 ? 300_000 : 5000], `${interval}`);
    }
  },

  "what says nothing is asked again, as often as before": async (at) => {
    const it = polled(at, [() => Promise.reject(new TypeError("fetch failed")), () => json("<html>"), () => json("", 503), () => json({}, 400), () => json("<html>", 404), () => json({ error: "x" }, 500), agreed]);
    same((await it.login()).name, "ada");
    same(it.waits, [5000, 5000, 5000, 5000, 5000, 5000, 5000]);
  },

  "a server that is silent is asked less often": async (at) => {
    const it = polled(at, [() => new Promise(() => {}), agreed]);
    await it.login();
    same(it.waits, [5000, 20_000], "ten seconds for an answer, and five more than before");
  },

  "it ends when the person says no, or the code is over": async (at) => {
    for (const [word, code] of [["access_denied", "access_denied"], ["expired_token", "state_expired"], ["invalid_client", "invalid_request"], ["invalid_grant", "invalid_request"]]) {
      const it = polled(at, [pending, says(word)]);
      hides(await fails(it.login(), code, word), DEVICE.device_code, at.inspect);
      same([it.waits.length, it.hub.session.status], [2, "signed_out"], word);
    }
    const useless = polled(at, [() => json(tokens({ access_token: "a\nb" }))]);
    await fails(useless.login(), "invalid_token_response");
    same(useless.waits.length, 1);
  },

  "nobody is asked beyond the code's life": async (at) => {
    const it = polled(at, [pending], { device: { ...DEVICE, expires_in: 22 } });
    await fails(it.login(), "state_expired");
    same(it.waits.length, 4);
    const dead = polled(at, [() => Promise.reject(new TypeError("fetch failed"))], { device: { ...DEVICE, expires_in: undefined, interval: 100 } });
    await fails(dead.login(), "state_expired");
    same(dead.waits.length, 9, "without a word a code lasts fifteen minutes");
  },

  "a signal ends it at once": async (at) => {
    const stop = new AbortController(), reason = new Error("left");
    const { hub, fetch } = client(at, { fetch: server({ device: DEVICE, token: pending }) });
    const error = await caught(hub.deviceLogin({ onCode: () => stop.abort(reason), signal: stop.signal }));
    same([error.code, error.cause === reason], ["aborted", true]);
    same(asked(fetch).length, 2);
    const late = new AbortController();
    const under = caught(hub.deviceLogin({ onCode: () => void setTimeout(() => late.abort(), 20), signal: late.signal }));
    same((await under).code, "aborted");
    await fails(hub.deviceLogin({ onCode() {}, signal: AbortSignal.abort() }), "aborted");
    same(asked(fetch).length, 3, "metadata are remembered, and whoever has left asks nothing");
  },

  "what onCode throws is the caller's own, now or later": async (at) => {
    const mine = new RangeError("no screen");
    const { hub, fetch } = client(at, { fetch: server({ device: DEVICE, token: pending }) });
    for (const onCode of [() => { throw mine; }, () => Promise.reject(mine), () => new Promise((_, reject) => setTimeout(reject, 20, mine))]) yes((await caught(hub.deviceLogin({ onCode }))) === mine);
    same(fetch.calls.filter(({ url }) => url.endsWith("/token")).length, 0);
    for (const onCode of [undefined, null, "x", {}]) await fails(hub.deviceLogin({ onCode }), "invalid_argument");
  },

  "a code that cannot be shown is none, and a link is one that may be opened": async (at) => {
    for (const change of [{ device_code: undefined }, { device_code: "a\nb" }, { user_code: 5 }, { user_code: "<\u0000>" }, { verification_uri: "javascript:alert(1)" }, { verification_uri: "http://evil.example/" }, { verification_uri: undefined }]) {
      const { hub } = client(at, { fetch: server({ device: () => json({ ...DEVICE, ...change }) }) });
      await fails(hub.deviceLogin({ onCode: () => yes(false, "it was shown") }), "invalid_token_response", JSON.stringify(change));
    }
    const { hub } = client(at, { fetch: server({ device: () => json({ ...DEVICE, verification_uri_complete: "javascript:alert(1)" }), token: says("access_denied") }) });
    let shown;
    const stop = new AbortController();
    await caught(hub.deviceLogin({ onCode: (it) => { shown = it; stop.abort(); }, signal: stop.signal }));
    same(shown.verificationUriComplete, DEVICE.verification_uri);
  },

  "what the server refuses to begin is told": async (at) => {
    for (const [device, code] of [[says("invalid_client", 401), "invalid_request"], [says("invalid_scope"), "invalid_request"], [503, "server_error"], [429, "rate_limited"], [() => json("<html>"), "invalid_token_response"]]) {
      const { hub } = client(at, { fetch: server({ device }) });
      const error = await fails(hub.deviceLogin({ onCode() {} }), code);
      if (code === "invalid_request") has(error.message, "invalid_");
    }
    const { hub } = client(at, { fetch: server({ metadata: metadata("https://hub.example", { device_authorization_endpoint: undefined }) }) });
    await fails(hub.deviceLogin({ onCode() {} }), "invalid_metadata");
  },

  "without a wish the app's own scopes are asked for, and a secret goes by Basic": async (at) => {
    const { hub, fetch } = client(at, { app: { scopes: undefined }, fetch: server({ device: DEVICE, token: says("access_denied") }) });
    const stop = new AbortController();
    await caught(hub.deviceLogin({ onCode: () => stop.abort(), signal: stop.signal }));
    same(formOf(fetch.calls.at(-1)), { client_id: CLIENT });
    if (typeof document !== "undefined") return;
    const secret = polled(at, [agreed]);
    const confidential = client(at, { fetch: secret.fetch, app: { clientSecret: "fake-client-secret" } });
    await hurried(() => confidential.hub.deviceLogin({ onCode() {} }));
    for (const { authorization, url } of secret.fetch.calls) if (/device|token/.test(url)) same(authorization, `Basic ${btoa(`${CLIENT}:fake-client-secret`)}`);
    for (const it of [TOKEN, REFRESH]) hides(confidential.hub.session, it, at.inspect);
  },
};
