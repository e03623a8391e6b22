// Signing in at localhub, which was written from the Hub's own documents: what the others show with a made-up server holds there.
import { oauth } from "hubkey/oauth";
import { fails, has, lacks, same } from "../support/check.mjs";

const CALLBACK = "http://127.0.0.1/callback";

const control = async ({ hubUrl }, path, body) => {
  const answer = await fetch(`${hubUrl}/_localhub/oauth${path}`, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
};

const client = ({ hubkey, hubUrl }, app) => new hubkey.Hub({ endpoint: hubUrl, oauth: oauth({ clientId: "hubkey-test-public", redirectUrl: CALLBACK, scopes: ["read-repos"], ...app }), maxRetries: 0 });

/** As a browser goes there: the address that it is sent back to. */
const agreed = async (hub, options) => {
  let url;
  await hub.signIn({ ...options, navigate: (it) => { url = it; } });
  return (await fetch(url, { redirect: "manual" })).headers.get("location");
};

export default {
  "a sign-in there gives a token that works, once for each code": async (at) => {
    await control(at, "", { autoApprove: true });
    const hub = client(at), back = await agreed(hub, { returnTo: "/inbox" });
    has(back, `${CALLBACK}?code=`, "&state=hubkey.", "&iss=");
    const me = await hub.handleRedirect({ url: back });
    same([me.name, me.fullname, me.returnTo, me.grantedScopes], ["ada", "Ada L.", "/inbox", ["openid", "profile", "read-repos"]]);
    same([hub.session.profile, (await hub.whoami()).name], ["oauth-ada", "ada"]);
    same((await at.control.lines()).map((it) => it.split("?")[0]), [
      "GET /.well-known/openid-configuration", "GET /oauth/authorize", "POST /oauth/token", "GET /oauth/userinfo", "GET /api/whoami-v2",
    ]);
    await fails(hub.handleRedirect({ url: back }), "state_mismatch");
  },

  "what the person ticks and refuses is what comes back": async (at) => {
    await control(at, "", { autoApprove: true, orgs: ["acme"], scopes: "openid profile email" });
    const hub = client(at, { scopes: ["email", "read-repos"] });
    const me = await hub.handleRedirect({ url: await agreed(hub) });
    same([me.grantedScopes, me.email, me.orgs.map(({ name }) => name)], [["openid", "profile", "email"], "ada@example.org", ["acme"]]);
    await control(at, "", { autoApprove: "deny" });
    const other = client(at);
    has((await fails(other.handleRedirect({ url: await agreed(other) }), "access_denied")).message, "The user denied the request");
  },

  "a code that is too old is refused there, and told without it": async (at) => {
    await control(at, "", { autoApprove: true, codeSeconds: 0 });
    const hub = client(at), back = await agreed(hub);
    const error = await fails(hub.handleRedirect({ url: back }), "invalid_request");
    has(error.message, "invalid_grant");
    lacks(at.inspect(error), new URL(back).searchParams.get("code"));
    same([error.status, error.request], [400, `POST ${at.hubUrl}/oauth/token`]);
  },

  "a person agrees on another screen, or does not": async (at) => {
    const hub = client(at);
    await control(at, "", { interval: 1 });
    const me = await hub.deviceLogin({ onCode: ({ userCode }) => control(at, `/devices/${userCode}`, { allow: true }) });
    same([me.name, (await hub.whoami()).name], ["ada", "ada"]);
    const other = client(at);
    await fails(other.deviceLogin({ onCode: ({ userCode }) => control(at, `/devices/${userCode}`, { allow: false }) }), "access_denied");
    same(other.session.status, "signed_out");
  },

  "an app with a secret signs in on a server alone": async (at) => {
    if (typeof document !== "undefined") return;
    await control(at, "", { autoApprove: true });
    const hub = client(at, { clientId: "hubkey-test-secret", clientSecret: "hubkey-test-client-secret-not-real" });
    same((await hub.handleRedirect({ url: await agreed(hub) })).name, "ada");
    const wrong = client(at, { clientId: "hubkey-test-secret", clientSecret: "another-fake-secret" });
    has((await fails(wrong.handleRedirect({ url: await agreed(wrong) }), "invalid_request")).message, "invalid_client");
  },
};
