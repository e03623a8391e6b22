// What the token's scopes say, as they say it. Whether a certain call would pass is another question.

import type { Identity, Scopes } from "hubkey";
import { chip, code, facts, h } from "../dom.ts";
import type { Session } from "../session.ts";
import { scopeList } from "./oauth.ts";
import { meaning } from "./permissions.ts";

type Scoped = Scopes["scoped"][number];

/** Wide things first. */
const ORDER = ["user", "org", "resource-group", "model", "dataset", "space", "bucket", "kernel", "collection", "oauth-app"];

const ROLES: Record<string, string> = {
  read: "A read token has no scopes of its own. By its role it reads what its owner can read, private repos included, and writes nothing.",
  write: "A write token has no scopes of its own. By its role it reads and writes wherever its owner can.",
  god: "The Hub gives this role no scopes, and this page has no description of it.",
};

export function scopesCard({ me, granted }: Session): HTMLElement {
  return h("section", { class: "card", id: "scopes", "aria-labelledby": "scopes-title" },
    h("h2", { id: "scopes-title" }, granted ? "What was granted" : "What its scopes say"),
    granted?.oauthScopes ? scopeList(granted.oauthScopes) : content(me));
}

function content(me: Identity): HTMLElement | HTMLElement[] {
  const { role, scopes, kind } = me.token;
  if (me.app) return app(me.app);
  if (role === "fineGrained") return scopes ? told(scopes, me) : untold();
  if (role !== undefined) return h("p", {}, ROLES[role] ?? `The Hub gives no scopes for the role “${role}”, and this page does not know it.`);
  if (kind === "oauth") return h("p", {}, "An OAuth token may do what was agreed to at sign-in. The Hub’s answer does not repeat that list.");
  return h("p", {}, "The Hub gives neither a role nor scopes for this token.");
}

function untold(): HTMLElement {
  return h("div", { class: "note" },
    h("p", {}, h("b", {}, "The Hub did not say.")),
    h("p", {}, "This token is fine-grained, and the answer leaves its permissions out. That means unknown, not none: it may be allowed more or less than you expect."));
}

function told(scopes: Scopes, me: Identity): HTMLElement[] {
  const gated = scopes.canReadGatedRepos;
  const scoped = scopes.scoped.toSorted((a, b) => rank(a) - rank(b));
  return [
    facts([
      ["Public gated repos", gated === undefined ? chip("not told") : gated ? chip("yes, may read", "good") : chip("no")],
      ["Everywhere", scopes.global.length > 0 ? permissions(scopes.global) : "nothing"],
    ]),
    scoped.length > 0 ? table(scoped, me) : h("p", {}, "Nothing is granted on any account, organisation or repo."),
  ];
}

const rank = ({ entity }: Scoped): number => (ORDER.includes(entity.type) ? ORDER.indexOf(entity.type) : ORDER.length);

// On a narrow screen rows become blocks, and blocks lose their meaning as a table unless told.
function table(scoped: readonly Scoped[], me: Identity): HTMLElement {
  const patterned = scoped.some((it) => (it.patterns ?? []).length > 0);
  const heads = ["Where", "Permissions", ...(patterned ? ["Only names like"] : [])];
  return h("table", { role: "table", class: "scopes" },
    h("caption", { class: "unseen" }, "Permissions for each account, organisation and repo"),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads.map((it) => h("th", { role: "columnheader", scope: "col" }, it)))),
    h("tbody", { role: "rowgroup" }, scoped.map((it) =>
      h("tr", { role: "row" },
        h("th", { role: "rowheader", scope: "row" }, entity(it, me)),
        h("td", { role: "cell" }, it.permissions.length > 0 ? permissions(it.permissions) : "nothing"),
        patterned && h("td", { role: "cell", class: "patterns" }, patterns(it))))));
}

function entity({ entity: { id, type, name } }: Scoped, me: Identity): Node[] {
  const group = groupOf(id, me);
  const shown = name ?? group?.name;
  return [
    shown === undefined ? code(id) : h("span", { class: "long" }, shown),
    h("small", {}, type.replace("-", " "), group && ` of ${group.org}`, shown === undefined && ", name not told"),
  ];
}

/** Resource groups come without a name; the organisations of the same answer may have it. */
function groupOf(id: string, me: Identity): { name: string | undefined; org: string } | undefined {
  for (const org of me.orgs) {
    const group = org.resourceGroups.find((it) => it.id === id);
    if (group) return { name: group.name, org: org.name };
  }
  return undefined;
}

const permissions = (list: readonly string[]): HTMLElement =>
  h("ul", { class: "permissions" }, list.map((it) =>
    h("li", {}, code(it), h("small", {}, meaning(it) ?? "not known to this page"))));

function patterns({ patterns = [] }: Scoped): HTMLElement[] {
  if (patterns.length === 0) return [h("span", { class: "soft wide-only" }, "any")];
  return [h("small", { class: "narrow-only" }, "only names like "), ...patterns.flatMap((it) => it.wildcardPatterns).map((it) => code(it))];
}

function app({ role, entities }: NonNullable<Identity["app"]>): HTMLElement[] {
  return [
    facts([["Role", role === undefined ? "not told" : chip(role, "key")]]),
    h("ul", { class: "plain" }, entities.map(({ type, name }) =>
      h("li", {}, h("span", { class: "long" }, name), " ", h("small", {}, type ?? "kind not told")))),
  ];
}
