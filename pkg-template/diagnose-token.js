// Where the token is from, and what the Hub says of it. A token never stands in a finding: its kind and its mask do.

import { check, TOKENS } from "./diagnose-check.js";

const NAMES = ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"];
/** Names that people use and no client reads; the module has the same list. */
const NEAR_MISSES = ["HUGGINGFACE_TOKEN", "HF_API_TOKEN", "HUGGINGFACE_HUB_TOKEN", "HUGGINGFACEHUB_API_TOKEN", "HF_ACCESS_TOKEN"];

const set = (env, name) => {
  // A binding may be a proxy that throws.
  try { return typeof env?.[name] === "string" && env[name].trim() !== ""; } catch { return false; }
};
const bare = (text) => text.replace(/[\r\n]/g, "").trim();

export const source = ({ given, anonymous, env, its, store, token, error }) => {
  const [kind] = its.store, reads = its.env;
  const nearMisses = NEAR_MISSES.filter((name) => set(reads, name) || set(env, name));
  const say = (status, message, more) => check("token", status, message, { found: !!token, nearMisses, ...more });
  if (error) return say("failed", `the token could not be read: ${error.message}`, { fix: error.hint });
  if (anonymous) return say("skipped", "asked without a token");
  if (given) return say(token ? "ok" : "failed", token ? "the token that was handed over" : "what was handed over is no token", { from: "call", fix: token ? undefined : `copy it again from ${TOKENS}` });
  if (token) {
    const variable = reads && NAMES.find((name) => set(reads, name) && bare(reads[name]) === token);
    if (variable) return say("ok", `the token is from ${variable}`, { from: "environment", variable });
    if (kind === "getter") return say("ok", "the token is from the client's getter", { from: "getter" });
    if (store.holds) return say("ok", "the token is from the store", { from: "store" });
    const option = typeof its.options.token === "string" && bare(its.options.token) === token;
    return say("ok", option ? "the token is from the client's options" : "the token is in memory", { from: option ? "option" : "memory" });
  }
  const unread = NAMES.find((name) => set(env, name));
  if (unread && !reads) return say("failed", `there is no token: ${unread} is set, but this client does not read the environment`, { fix: "make the client by Hub.fromEnv(env), or give it { store: envStore(env) }" });
  if (nearMisses.length) return say("failed", `there is no token: ${nearMisses.join(", ")} is set, but the name is HF_TOKEN`, { fix: "rename the variable or secret to HF_TOKEN" });
  return say("warning", reads ? "there is no token: HF_TOKEN is not set or empty" : "there is no token: nobody is signed in", { fix: reads ? "set HF_TOKEN as a secret of this environment" : "sign in: hub.login({ token })" });
};

export const format = (token, given, error, told) => {
  const say = (status, message, more) => check("format", status, message, { ...told, ...more });
  if (!token) return given && error?.code === "invalid_token_format" ? say("failed", error.message, { fix: error.hint }) : say("skipped", "there is no token to look at");
  if (told.kind === "user" && token.length < 37) return say("warning", `the token has ${token.length} characters, and the Hub's have 37`, { fix: `a part may be missing: copy all of it from ${TOKENS}` });
  return say("ok", told.kind === "unknown" ? "the token has a shape of this endpoint's own" : `the token is of kind ${told.kind}`);
};

/** How to get another one to where this one came from. */
const REPLACE = {
  call: "try another one",
  option: "and give it to the client",
  environment: "and put it where the variable is set",
  getter: "and put it where the getter looks",
  store: "and sign in with it: hub.login({ token })",
  memory: "and sign in with it: hub.login({ token })",
};

export const accepted = (identity, token, error, { from, variable }) => {
  if (!token) return check("accepted", "skipped", "there is no token to ask about");
  if (identity) return check("accepted", "ok", `the Hub takes the token: it is ${identity.name}'s`, { user: identity.name, type: identity.type });
  const { code, message, restriction } = error;
  if (code === "invalid_token") return check("accepted", "failed", message, { code, fix: `the token is wrong, expired or revoked: make a new one at ${TOKENS} ${variable ? `and put it into ${variable}` : REPLACE[from]}` });
  if (code === "org_restricted") return check("accepted", "failed", message, { code, restriction, fix: error.hint });
  return check("accepted", "unknown", "the Hub did not say whether it takes the token", { code });
};

const unasked = (name) => check(name, "skipped", "the Hub told nothing of the token");

export const role = (identity) => {
  if (!identity) return unasked("role");
  const { role, kind } = identity.token;
  const means = { read: "may read what its owner may", write: "may read and write what its owner may", fineGrained: "may do what it was given one by one" }[role];
  if (means) return check("role", "ok", `the token ${means}`, { role });
  return check("role", role ? "ok" : "unknown", role ? `the token's role is ${role}` : kind === "oauth" ? "a token of OAuth has no role; its rights are the scopes that were consented to" : "the Hub names no role", { role });
};

export const scopes = (identity) => {
  if (!identity) return unasked("scopes");
  const { role, scopes } = identity.token;
  if (role !== "fineGrained") return check("scopes", "skipped", "only fine-grained tokens list their permissions");
  if (!scopes) return check("scopes", "unknown", "the token is fine-grained, and the Hub does not list its permissions");
  const { global, scoped, canReadGatedRepos } = scopes;
  const permissions = [...new Set([...global, ...scoped.flatMap((it) => it.permissions)])].sort();
  const over = scoped.map(({ entity }) => entity.name ?? entity.id);
  const more = { permissions, entities: over, canReadGatedRepos };
  if (!permissions.length) return check("scopes", "warning", "the token was given no permission at all", { ...more, fix: `edit it at ${TOKENS}` });
  return check("scopes", "ok", `the token has ${permissions.join(", ")}${over.length ? ` over ${over.join(", ")}` : ""}`, more);
};

const DAY = 86_400_000, SOON = 7;

export const expiry = (identity, skewMs = 0) => {
  if (!identity) return unasked("expiry");
  const { expiresAt } = identity.token;
  const left = Date.parse(expiresAt) - (Date.now() - skewMs);
  if (expiresAt === undefined) return check("expiry", "ok", "the token does not expire by itself");
  if (Number.isNaN(left)) return check("expiry", "unknown", "the Hub names a time that cannot be read", { expiresAt });
  const daysLeft = Math.floor(left / DAY);
  const more = { expiresAt, daysLeft };
  const fix = identity.token.kind === "user" ? `make a new one in time: ${TOKENS}` : "sign in again when it has";
  if (left < 0) return check("expiry", "warning", "the token should have expired, and the Hub still takes it", { ...more, fix });
  if (daysLeft < SOON && identity.token.kind === "user") return check("expiry", "warning", `the token expires in ${daysLeft ? `${daysLeft} days` : "less than a day"}`, { ...more, fix });
  return check("expiry", "ok", `the token expires in ${daysLeft ? `${daysLeft} days` : "less than a day"}`, more);
};

/** What an organisation may ask for. */
const DEMANDS = {
  sso: "sign in to it by its single sign-on",
  mfa: "turn on a second factor for your account",
  ip: "work from a network that it allows",
  "token-policy": "use a token of the kind that it allows",
  "token-revoked": "make another token: it revoked this one",
};

export const orgs = (identity) => {
  if (!identity) return unasked("orgs");
  const all = identity.orgs.map(({ name, restrictions }) => ({ name, restrictions }));
  const closed = all.filter((it) => it.restrictions.length);
  const names = (list) => list.map((it) => it.name).join(", ");
  if (!closed.length) return check("orgs", "ok", all.length ? `nothing keeps the token from ${names(all)}` : "the token sees no organisation", { orgs: all });
  const fix = closed.flatMap((it) => it.restrictions.map((word) => `${it.name}: ${DEMANDS[word] ?? `ask its admins about \`${word}\``}`)).join("; ");
  return check("orgs", "warning", `an organisation's rules keep the token out: ${names(closed)}`, { orgs: all, fix });
};
