// What whoami says, made regular: every seeded principal, and answers that no principal gives.
import { same, yes } from "../support/check.mjs";
import { json, spy } from "../support/spy.mjs";

const ID = /^[0-9a-f]{24}$/;
const GROUP = "64b0c0ffee0123456789abcf";

/** Without what is generated: ids and avatars are checked by their form and taken out, and so is `raw`. */
function plain({ id, avatarUrl, raw, orgs, ...it }, hubUrl) {
  yes(ID.test(id), "expected 24 hex digits");
  if (avatarUrl) yes(/^https?:\/\//.test(avatarUrl), "expected an absolute address");
  if (raw.avatarUrl?.startsWith("/")) same(avatarUrl, hubUrl + raw.avatarUrl);
  return { ...it, orgs: orgs.map(({ id, avatarUrl, ...org }) => (yes(ID.test(id) && /^https?:\/\//.test(avatarUrl)), org)) };
}

const acme = (role, restrictions = []) => ({
  name: "acme", fullname: "Acme", plan: "enterprise", role, restrictions, resourceGroups: [{ id: GROUP, name: "research", role: "read" }],
});
const LAB = {
  name: "research-lab", fullname: "Research Lab", plan: "team", role: "read", restrictions: [],
  resourceGroups: [{ id: "64b0c0ffee0123456789abd1", name: "annotators", role: "label-reviewer" }],
};
const createdAt = "2026-01-05T09:00:00.000Z";
const user = (role, displayName, more) => ({ kind: "user", role, displayName, createdAt, ...more });
const ada = (role, token, more = {}) => ({
  type: "user", name: "ada", fullname: "Ada L.", email: "ada@example.org", emailVerified: true, isPro: false, orgs: [acme(role), LAB], token, ...more,
});

const FINE = {
  canReadGatedRepos: true,
  global: ["discussion.write", "post.write"],
  scoped: [
    { entity: { type: "user", name: "ada" }, permissions: ["repo.content.read", "repo.write", "inference.serverless.write", "repo.timetravel.write"] },
    { entity: { id: "64b0c0ffee0123456789abd0", type: "model", name: "acme/m1" }, permissions: ["repo.content.read", "repo.write"] },
    { entity: { id: GROUP, type: "resource-group" }, permissions: ["repo.content.read"] },
  ],
};

const PEOPLE = {
  testread: ada("contributor", user("read", "reader")),
  testwrite: ada("write", user("write", "laptop")),
  testfinebare: ada("write", user("fineGrained", "bare")),
  testrestricted: ada("write", user("write", "travel"), { orgs: [acme("write", ["sso", "ip"])] }),
  testgrace: { type: "user", name: "grace", fullname: "Grace H.", email: "grace@example.org", emailVerified: true, isPro: true, orgs: [], token: user("write", "desk") },
  testapp: {
    type: "app", name: "bot", orgs: [], token: { kind: "app" },
    app: { role: "read", entities: [{ name: "legacy/name" }, { type: "bucket", name: "acme/b" }] },
  },
  testoauth: ada("write", { kind: "oauth", expiresAt: "2100-01-01T00:00:00.000Z", oauthScopes: ["openid", "profile", "email", "read-repos", "write-repos", "inference-api"] }, { orgs: [acme("write")] }),
  testjwt: {
    type: "user", name: "oidc-publisher", fullname: "OIDC publisher", isPro: false, orgs: [],
    token: { kind: "jwt", expiresAt: "2100-01-01T00:00:00.000Z" },
  },
};

const cases = {};

for (const [name, person] of Object.entries(PEOPLE))
  cases[`${name} is told as who it is`] = async ({ hubkey, hubUrl, token }) => {
    const me = await new hubkey.Hub({ endpoint: hubUrl, token: token(name) }).whoami();
    same(plain(me, hubUrl), person);
  };

/** An answer of whoami by a fetch that is handed in. */
async function told(hubkey, body, token = "hf_some") {
  const hub = new hubkey.Hub({ endpoint: "https://hub.example", fetch: spy(() => json(body)), token });
  return hub.whoami();
}

Object.assign(cases, {
  "every seeded principal is told, and its raw answer is untouched": async ({ hubkey, hubUrl, principals }) => {
    const good = principals.filter((it) => it.standing === "good");
    yes(good.length >= 12, "expected a dozen principals");
    for (const { name, token } of good) {
      const me = await new hubkey.Hub({ endpoint: hubUrl }).whoami({ token });
      const bare = await fetch(`${hubUrl}/api/whoami-v2`, { headers: { authorization: `Bearer ${token}` } });
      same(me.raw, await bare.json(), name);
      same(Object.keys(me).filter((key) => me[key] === undefined), [], `${name}: absent is absent, not undefined`);
    }
  },

  "fine-grained scopes come whole, with permissions nobody has heard of": async ({ hubkey, hubUrl, token }) => {
    const me = await new hubkey.Hub({ endpoint: hubUrl, token: token("testfine") }).whoami();
    const { scopes } = me.token;
    yes(ID.test(scopes.scoped[0].entity.id));
    delete scopes.scoped[0].entity.id;
    same(scopes.scoped.map((it) => it.permissions), FINE.scoped.map((it) => it.permissions));
    same(scopes.scoped.map((it) => it.entity), FINE.scoped.map((it) => it.entity));
    same([scopes.canReadGatedRepos, scopes.global], [true, FINE.global]);
  },

  "a name pattern that narrows a scope is told": async ({ hubkey, hubUrl, token }) => {
    const me = await new hubkey.Hub({ endpoint: hubUrl, token: token("testfine") }).whoami();
    same(me.token.scopes.scoped[0].patterns, [{ resourceType: "inference-endpoint", wildcardPatterns: ["gpt2-*"] }]);
    same("patterns" in me.token.scopes.scoped[1], false);
  },

  "scopes that were not told are absent, and none are empty lists": async ({ hubkey, hubUrl, token }) => {
    const bare = await new hubkey.Hub({ endpoint: hubUrl, token: token("testfinebare") }).whoami();
    same("scopes" in bare.token, false);
    const fine = { role: "fineGrained", fineGrained: {} };
    const none = await told(hubkey, { type: "user", id: "1", name: "ada", auth: { type: "access_token", accessToken: fine } });
    same(none.token.scopes, { global: [], scoped: [] });
    const ungated = await new hubkey.Hub({ endpoint: hubUrl, token: token("testfineungated") }).whoami();
    same([ungated.token.scopes.canReadGatedRepos, ungated.token.scopes.global], [false, []]);
  },

  "types and roles nobody has heard of are kept as they are": async ({ hubkey, hubUrl, token, principals }) => {
    for (const name of ["testgod", "testunknown"].filter((it) => principals.some((one) => one.name === it))) {
      const me = await new hubkey.Hub({ endpoint: hubUrl, token: token(name) }).whoami();
      same([me.type, me.token.role], name === "testgod" ? ["user", "god"] : ["service", "curator"]);
    }
    const me = await told(hubkey, {
      type: "droid", id: "1", name: "r2", orgs: [{ name: "o", roleInOrg: "jester", plan: "galactic", securityRestrictions: ["curfew"] }],
    });
    same([me.type, me.orgs[0].role, me.orgs[0].plan, me.orgs[0].restrictions], ["droid", "jester", "galactic", ["curfew"]]);
  },

  "an organisation's own token is told as an organisation": async ({ hubkey, hubUrl, token }) => {
    const me = await new hubkey.Hub({ endpoint: hubUrl, token: token("testorg") }).whoami();
    same([me.type, me.name, me.token.role, me.orgs], ["org", "acme", "read", []]);
  },

  "an address that the token may not see is absent": async ({ hubkey, hubUrl, token }) => {
    const me = await new hubkey.Hub({ endpoint: hubUrl, token: token("testnomail") }).whoami();
    same(["email" in me, "emailVerified" in me], [false, false]);
    const none = await told(hubkey, { type: "user", id: "1", name: "a", email: null });
    same("email" in none, false);
  },

  "a sparse answer becomes a whole identity": async ({ hubkey }) => {
    const me = await told(hubkey, { type: "user", name: "ada" });
    same({ ...me, raw: 0 }, { type: "user", id: "", name: "ada", orgs: [], token: { kind: "user" }, raw: 0 });
  },

  "an expiry is found on either side of the token": async ({ hubkey }) => {
    const expiresAt = "2030-01-01T00:00:00.000Z";
    const body = (auth) => ({ type: "user", id: "1", name: "ada", auth });
    same((await told(hubkey, body({ expiresAt }))).token.expiresAt, expiresAt);
    same((await told(hubkey, body({ accessToken: { expiresAt } }))).token.expiresAt, expiresAt);
  },

  "the kind comes from the token and not from the answer": async ({ hubkey }) => {
    const body = { type: "user", id: "1", name: "ada", auth: { type: "access_token" } };
    same((await told(hubkey, body, "hf_jwt_e30.e30.c2ln")).token.kind, "jwt");
    same((await told(hubkey, body, "mine-alone")).token.kind, "unknown");
  },

  "fields of another shape than expected are left out and break nothing": async ({ hubkey }) => {
    const odd = [5, "x", true, null, [], {}, [[]], [null], [{}]];
    for (const it of odd) {
      const me = await told(hubkey, { type: "user", id: it, name: "ada", fullname: it, avatarUrl: it, orgs: it, isPro: it, scope: it, auth: it });
      same([me.type, me.name, Array.isArray(me.orgs), me.token.kind], ["user", "ada", true, "user"], JSON.stringify(it));
      const deep = { accessToken: { role: it, displayName: it, fineGrained: { global: it, scoped: it, canReadGatedRepos: it } }, expiresAt: it };
      const orgs = [{ name: "o", roleInOrg: it, resourceGroups: it, securityRestrictions: it, avatarUrl: it }];
      await new hubkey.Hub().logout();
      const other = await told(hubkey, { type: "user", id: "1", name: "ada", orgs, auth: deep });
      same(Array.isArray(other.orgs[0].restrictions), true, JSON.stringify(it));
    }
  },
});

export default cases;
