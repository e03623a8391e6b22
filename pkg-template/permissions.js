// Takes questions about permissions apart, and tells from the requests of an app what they needed of a token.

import { isHubError, refuse } from "./error.js";
import { own, reading } from "./options.js";

const wrong = (message, hint) => refuse("invalid_argument", message, hint ?? "see the types of the package");

/** What a permission is asked about: one thing, or none. */
export const placeOf = (where) => {
  const all = own(where), given = ["repo", "org", "user"].filter((key) => all[key] != null);
  if (given.length > 1) throw wrong("give one of `repo`, `org` and `user`");
  // A forgotten variable would be answered for the own account.
  const empty = given.length ? undefined : ["repo", "org", "user"].find((key) => key in all);
  if (empty) throw wrong(`\`${empty}\` is given, and is nothing`, "leave it out to ask about the own account");
  for (const key of given) if (typeof all[key] !== "string" || !all[key]) throw wrong(`\`${key}\` should be a name`);
  return all;
};

/** The same wish has the same address. */
export const wishOf = (options) => reading(() => {
  const all = own(options);
  for (const key of ["permissions", "orgs", "ownUserPermissions", "globalPermissions"]) {
    const list = all[key];
    if (list == null) continue;
    if (!Array.isArray(list) || !list.every((it) => typeof it === "string")) throw wrong(`\`${key}\` should be a list of text`);
    all[key] = [...new Set(list)].sort();
  }
  if (all.canReadGatedRepos != null && typeof all.canReadGatedRepos !== "boolean") throw wrong("`canReadGatedRepos` should be true or false");
  return all;
});

// Reads (R), writes (W) or all (A), how the path goes on (* any part, T a type of repo), about what: a repo (r), one that is
// not public (p), lists (l), the owner in the path (o) or in the body (b), the own account (u), everything (g), nothing (-),
// and the permission. The first that fits counts.
const ROWS = `A api/whoami-v2 - -
A api/credentials - -
A oauth - -
A api/resolve-cache - -
R api/T/*/*/auth-check/write r repo.write
R api/T/*/*/xet-write-token r repo.write
R api/T/*/*/user-access-request r repo.access.read
R api/T/*/*/user-access-report r repo.access.read
W api/T/*/*/paths-info p repo.content.read
W api/T/*/*/user-access-request/cancel - -
W api/T/*/*/user-access-request r repo.access.write
W api/T/*/*/discussions r discussion.write
W api/T/*/discussions r discussion.write
R api/T/* p repo.content.read
W api/T/* r repo.write
R api/T l repo.content.read
A api/repos b repo.write
W api/buckets/* o repo.write
R api/collections - -
W api/collections/* o collection.write
W api/collections b collection.write
A api/jobs/* o job.write
A api/scheduled-jobs/* o job.write
W api/inference-endpoints/*/auth-check - -
W api/inference-endpoints/*/*/auth-check - -
W api/inference-endpoints/* o inference.endpoints.write
W api/posts g post.write
R api/settings/webhooks u user.webhooks.read
W api/settings/webhooks u user.webhooks.write
R api/notifications u user.notifications.read
W api/notifications u user.notifications.write
R api/organizations/*/service-accounts o org.serviceAccounts.read
W api/organizations/*/service-accounts o org.serviceAccounts.write
W api/organizations/*/resource-groups o resourceGroup.write
R api/organizations/*/overview - -
R api/organizations/*/members - -
W api/organizations/*/members o org.write
R api/users - -
R api/daily_papers - -
R api/papers - -
R T/*/*/resolve p repo.content.read
R T/*/*/raw p repo.content.read
R */*/resolve p repo.content.read
R */*/raw p repo.content.read
W v1 u inference.serverless.write
W */v1 u inference.serverless.write
W hf-inference u inference.serverless.write
R v1 - -`.split("\n").map((row) => row.split(" "));

const TYPE = /^(model|dataset|space|kernel)s$/;
/** Behind a canonical repo, which has no owner. */
const BEHIND = /^(tree|revision|paths-info|auth-check|discussions|commits|refs)$/;
const read = (text) => { try { return JSON.parse(text); } catch {} };

/** What a request needs, by method and path below the endpoint; nothing where that is not known. */
const needOf = ({ method, body, payer }, path) => {
  const parts = path.split("/").filter(Boolean), verb = /^(GET|HEAD)$/.test(method) ? "R" : "W";
  const fits = ([its, pattern]) => (its === verb || its === "A") &&
    pattern.split("/").every((it, at) => (it === "*" ? parts[at] : it === "T" ? TYPE.test(parts[at]) : it === parts[at]));
  const [, pattern, about, permission] = ROWS.find(fits) ?? [];
  if (about === "o") return { about, permission, owner: parts[2] };
  if (about === "r" || about === "p") {
    const at = pattern.startsWith("api") ? 2 : pattern.startsWith("T") ? 1 : 0, name = parts[at + 1];
    const type = at ? TYPE.exec(parts[at - 1])[1] : "model";
    return name && !BEHIND.test(name) ? { about, permission, owner: parts[at], repo: `${parts[at]}/${name}`, type } : { about, permission, repo: parts[at], type };
  }
  if (about === "b") {
    const { organization, namespace, fromRepo } = { ...read(body) };
    const owner = organization ?? namespace ?? fromRepo?.split("/")[0];
    return { about, permission, ...(owner && { owner }) };
  }
  return about && { about, permission, ...(payer && { owner: payer }) };
};

/** As in the module: `.write` grants the matching `.read`, a shorter path covers deeper ones. */
const covers = (given, wanted) => {
  const [[, path, verb], [, under, its]] = [given, wanted].map((it) => /^(.*)\.(.*)$/.exec(it));
  return `${under}.`.startsWith(`${path}.`) && (verb === its || verb === "write");
};
const least = (words) => [...words].filter((it) => ![...words].some((other) => other !== it && covers(other, it))).sort();

/** Somebody without a token sees what is public. */
const publicly = async (hub, { type, repo }) => {
  try { return await hub.request(`/api/${type}s/${repo}`, { token: false }); }
  catch (error) { return isHubError(error) && [401, 404].includes(error.status) ? { private: true } : undefined; }
};

/** Of the requests that carried the token: what they needed, and the page for it as a wish. */
export const recorded = async (hub, calls, me) => {
  const needs = new Map(), reads = new Map(), unknown = new Set();
  let canReadGatedRepos = false;
  const add = ({ about, ...it }) => needs.set(JSON.stringify(it), { about, it });
  for (const call of calls) {
    const { method, url, status, text } = call, at = [hub.endpoint, "https://router.huggingface.co"].find((it) => url.startsWith(`${it}/`));
    const path = at ? url.slice(at.length).split("?")[0] : "", need = needOf(call, path), line = `${method} ${path || url.split("?")[0]}`, answer = read(text);
    // A pull request is open to whoever may discuss.
    if (need?.permission === "repo.write" && /\/commit\/[^?]*\?.*\bcreate_pr=(1|true)\b/.test(url)) need.permission = "discussion.write";
    if (!need) unknown.add(line);
    else if (need.about === "l") {
      if (!Array.isArray(answer)) unknown.add(line);
      else for (const { id, private: hidden } of answer) if (hidden === true) add({ about: "r", permission: need.permission, owner: `${id}`.split("/")[0], repo: `${id}`, type: TYPE.exec(path.split("/")[2])[1] });
    } else if (need.about !== "p") { if (need.about !== "-") add(need); }
    // What was not there for this token would not be there for a lesser one.
    else if (status >= 400) unknown.add(line);
    else {
      const key = `${need.type} ${need.repo}`, known = reads.get(key) ?? { need, lines: new Set() };
      if (typeof answer?.private === "boolean") known.info = answer;
      known.content ||= !/^\/api\/\w+\/[^/]+(\/[^/]+)?$/.test(path);
      known.lines.add(line);
      reads.set(key, known);
    }
  }
  for (const { need, info, content, lines } of reads.values()) {
    const it = info ?? await publicly(hub, need);
    if (typeof it?.private !== "boolean") lines.forEach((line) => unknown.add(line));
    else if (it.private) add(need);
    else canReadGatedRepos ||= !!content && !!it.gated;
  }
  const all = [...needs.values()];
  const own = new Set(), global = new Set(), ofOrgs = new Set(), orgs = new Set();
  for (const { about, it: { permission, owner, repo } } of all) {
    if (owner ? owner === me?.name : about !== "g" && !repo) own.add(permission);
    else if (!owner || (permission === "discussion.write" && !me?.orgs.some((it) => it.name === owner))) global.add(permission);
    else { orgs.add(owner); ofOrgs.add(permission); }
  }
  const [ownUserPermissions, globalPermissions, permissions] = [own, global, ofOrgs].map(least);
  return {
    found: { permissions: [...new Set([...ownUserPermissions, ...globalPermissions, ...permissions])].sort(), orgs: [...orgs].sort(), canReadGatedRepos, needs: all.map(({ it }) => it), unknown: [...unknown] },
    wish: { ownUserPermissions, globalPermissions, permissions, orgs: [...orgs], canReadGatedRepos },
  };
};
