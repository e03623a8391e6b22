// Who signed in, from userinfo: in the form that whoami is given in. There `name` is what is shown and
// `preferred_username` the login; in whoami, and here, `name` is the login.

import { userinfo } from "./oauth-wire.js";
import { pick, text } from "./snippets.js";

const KINDS = [["hf_oauth_", "oauth"], ["hf_jwt_", "jwt"]];

const flag = (it, key) => (typeof pick(it, key) === "boolean" ? pick(it, key) : undefined);
const list = (it, key) => (Array.isArray(pick(it, key)) ? pick(it, key) : []);
const address = (it, key, base) => { try { return new URL(text(it, key).trim(), base).href; } catch {} };
const whole = (all) => {
  for (const key in all) if (all[key] === undefined) delete all[key];
  return all;
};

const restrictionsOf = (it) => {
  const words = list(it, "securityRestrictions").filter((word) => typeof word === "string");
  // Two older fields said the same.
  if (flag(it, "pendingSSO")) words.push("sso");
  if (flag(it, "missingMFA")) words.push("mfa");
  return [...new Set(words)];
};

const orgOf = (it, base) => whole({
  id: text(it, "sub"), name: text(it, "preferred_username") ?? text(it, "name"), fullname: text(it, "name"), avatarUrl: address(it, "picture", base),
  plan: text(it, "plan"), role: text(it, "roleInOrg"), restrictions: restrictionsOf(it),
  resourceGroups: list(it, "resourceGroups").filter((group) => text(group, "sub")).map((group) => whole({ id: text(group, "sub"), name: text(group, "name"), role: text(group, "role") })),
});

const tokenOf = ({ token, grant }) => whole({
  kind: KINDS.find(([start]) => token.startsWith(start))?.[1] ?? "unknown",
  expiresAt: grant.expiresAt === null ? undefined : new Date(grant.expiresAt).toISOString(),
  oauthScopes: scopesOf(grant),
});

/** Nothing where it does not say who. */
const identityOf = (it, { endpoint, token, grant }) => {
  const id = text(it, "sub");
  if (!id) return;
  return whole({
    type: "user", id, name: text(it, "preferred_username") || id, fullname: text(it, "name"), email: text(it, "email"), emailVerified: flag(it, "email_verified"),
    avatarUrl: address(it, "picture", endpoint), isPro: flag(it, "isPro"),
    orgs: list(it, "orgs").filter((org) => text(org, "sub")).map((org) => orgOf(org, endpoint)),
    token: tokenOf({ token, grant }),
    raw: it,
  });
};

const scopesOf = ({ scope = "" }) => scope.split(" ").filter(Boolean);

/**
 * Who signed in. A server that does not say it now keeps nobody from being signed in: then it is not known yet.
 * @returns the identity, or undefined
 */
export const identify = async (at, { token, grant }, { signal } = {}) => {
  if (grant.userinfoEndpoint === undefined) return;
  for (let tries = 2;;) {
    try { return identityOf(await userinfo(at, grant.userinfoEndpoint, token, { signal }), { endpoint: at.endpoint, token, grant }); }
    catch (error) {
      // Who left, and who was given a token that is none, is not signed in.
      if (error.code === "aborted" || error.code === "invalid_token") throw error;
      if (!--tries || !/^(network|server_error|truncated)$/.test(error.code)) return;
    }
  }
};

const UNKNOWN = { code: "identity_unknown", message: "the server did not say who signed in; hub.whoami() asks again" };
const nobody = (session) => ({ type: "user", id: "", name: "", orgs: [], token: tokenOf(session), raw: {} });

/**
 * Keeps a sign-in, and says what came of it. `first`: before it is known whose it is, because a page may go at any moment, and the
 * code is spent.
 */
export const signedIn = async (port, { token, grant, returnTo, state }, { signal, remember, first }) => {
  const keep = (profile, more) => port.keep({ token, grant: { ...grant, ...more }, profile: `oauth-${profile}`, remember });
  const work = async () => {
    let kept = first && (await keep(grant.id)), identity;
    try { identity = await identify(port, { token, grant }, { signal }); }
    catch (error) {
      if (kept && port.session.grant?.id === grant.id) await port.leave(port.session.profile).catch(() => {});
      throw error;
    }
    if (identity) {
      const { raw: _, ...known } = identity;
      // Who signed out meanwhile, or in as somebody else, stays that.
      if (!kept || port.session.grant?.id === grant.id) kept = await keep(identity.name, { identity: known });
    }
    const { persisted, warnings } = kept || (await keep(grant.id));
    return whole({ ...(identity ?? nobody({ token, grant })), persisted, warnings: identity ? warnings : [...warnings, UNKNOWN], grantedScopes: scopesOf(grant), returnTo, state });
  };
  return first ? port.session.quietly(work) : work();
};
