// The organisations that the token can see, and what keeps it out of them.

import type { Identity, OrgMembership } from "hubkey";
import { chip, facts, h, link } from "../dom.ts";
import { endpoint } from "../session.ts";
import { avatar } from "./avatar.ts";

const RESTRICTIONS: Record<string, string> = {
  mfa: "Its members must use a second factor, and this account has none.",
  "token-policy": "Its token policy does not admit this token.",
  "token-revoked": "An admin took this token’s access away.",
  sso: "It asks for a single sign-on, and none is in force.",
  ip: "This network address is not on its list.",
};

export function orgsCard(me: Identity): HTMLElement {
  return h("section", { class: "card", "aria-labelledby": "orgs" },
    h("h2", { id: "orgs" }, "Organisations"),
    me.orgs.length > 0
      ? h("ul", { class: "orgs" }, me.orgs.map(item))
      : h("p", {}, "None, or none that this token may see."));
}

function item(org: OrgMembership): HTMLElement {
  const shown = org.fullname || org.name;
  return h("li", { class: "org", "data-org": org.name },
    avatar(shown, org.avatarUrl, "small"),
    h("div", {},
      h("h3", {}, link(`${endpoint}/${encodeURIComponent(org.name)}`, shown), " ", h("small", {}, org.name)),
      facts([
        ["Role", org.role ?? "not told"],
        ["Plan", org.plan],
        ["Groups", org.resourceGroups.length > 0 && groups(org)],
      ]),
      org.restrictions.length > 0 && restrictions(org)));
}

const groups = (org: OrgMembership): HTMLElement[] =>
  org.resourceGroups.map(({ id, name, role }) =>
    h("span", { class: "group" }, name ?? id, role !== undefined && h("small", {}, ` (${role})`)));

function restrictions({ restrictions }: OrgMembership): HTMLElement {
  return h("div", { class: "warning" },
    h("p", {}, h("b", {}, "Closed to this token at the moment")),
    h("ul", {}, restrictions.map((it) =>
      h("li", {}, chip(it, "bad"), " ", RESTRICTIONS[it] ?? "A reason that this page does not know."))));
}
