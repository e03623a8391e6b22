// What this token may do, where, and the link that mends each gap.

import type { Hub, Identity, Permission, RepoType, Verdict } from "hubkey";
import { announce, chip, code, fill, h, isWebAddress, link } from "../dom.ts";
import { sentence } from "../format.ts";
import type { Session } from "../session.ts";
import { meaning } from "./permissions.ts";
import { problem } from "./problem.ts";

/** Those that most programs need; the others are in the scopes. */
const ASKED: readonly Permission[] = [
  "repo.content.read", "repo.write", "discussion.write", "collection.write", "inference.serverless.write", "inference.endpoints.write", "job.write",
];
/** Columns that fit. */
const MOST_ORGS = 4;
const TYPES: readonly RepoType[] = ["model", "dataset", "space", "kernel"];

interface Place {
  title: string;
  where: { user: string } | { org: string };
}

export function canCard({ hub, me }: Session, signal: AbortSignal): HTMLElement {
  const orgs = me.orgs.slice(0, MOST_ORGS);
  const places: Place[] = [
    ...(me.type === "user" ? [{ title: me.name, where: { user: me.name } }] : []),
    ...orgs.map(({ name }) => ({ title: name, where: { org: name } })),
  ];
  const grid = h("div", { "aria-busy": "true" });
  const left = me.orgs.length - orgs.length;
  void answers(hub, places, signal).then((rows) => {
    if (signal.aborted) return;
    fill(grid, table(places, rows), gaps(places, rows));
    grid.removeAttribute("aria-busy");
  }, (error: unknown) => {
    if (!signal.aborted) fill(grid, problem(error));
    grid.removeAttribute("aria-busy");
  });
  return h("section", { class: "card", id: "can", "aria-labelledby": "can-title" },
    h("h2", { id: "can-title" }, "What it may do"),
    h("p", { class: "soft" }, "Worked out here from role, scopes, membership and restrictions; the Hub was not asked again.", left > 0 && ` ${left} more of its organisations are not shown.`),
    places.length > 0 ? grid : h("p", {}, "The Hub names neither an account nor an organisation to ask about."),
    repoForm(hub, me, signal));
}

type Row = readonly [Permission, readonly Verdict[]];

const answers = (hub: Hub, places: readonly Place[], signal: AbortSignal): Promise<Row[]> =>
  Promise.all(ASKED.map(async (it) => [it, await Promise.all(places.map(({ where }) => hub.can(it, { ...where, signal })))] as const));

const WORDS = { true: ["yes", "good"], false: ["no", "bad"], unknown: ["not known", "warn"] } as const;

function mark({ allowed, reason }: Verdict): HTMLElement {
  const [word, tone] = WORDS[`${allowed}`];
  const it = chip(word, tone);
  it.title = sentence(reason);
  return it;
}

// On a narrow screen rows become blocks, and blocks lose their meaning as a table unless told.
const table = (places: readonly Place[], rows: readonly Row[]): HTMLElement =>
  h("table", { role: "table", class: "scopes grid" },
    h("caption", { class: "unseen" }, "Permissions by account and organisation"),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" },
      ["Permission", ...places.map((it) => it.title)].map((it) => h("th", { role: "columnheader", scope: "col" }, h("span", { class: "long" }, it))))),
    h("tbody", { role: "rowgroup" }, rows.map(([permission, verdicts]) =>
      h("tr", { role: "row" },
        h("th", { role: "rowheader", scope: "row" }, code(permission), h("small", {}, meaning(permission) ?? "")),
        verdicts.map((it, at) => h("td", { role: "cell" }, h("small", { class: "narrow-only" }, places[at]?.title ?? ""), mark(it)))))));

/** Those with one reason stand together; each has the link that mends it, or else what to do. */
function gaps(places: readonly Place[], rows: readonly Row[]): HTMLElement | undefined {
  const groups = new Map<string, { place: string; reason: string; list: [Permission, Verdict][] }>();
  let count = 0;
  for (const [permission, verdicts] of rows) {
    for (const [at, verdict] of verdicts.entries()) {
      if (verdict.allowed === true) continue;
      count++;
      const place = places[at]?.title ?? "";
      // A sentence that names the permission is its own alone.
      const { reason } = verdict, key = JSON.stringify([place, reason, verdict.fix ? "" : verdict.hint]);
      const group = groups.get(key) ?? { place, reason, list: [] };
      group.list.push([permission, verdict]);
      groups.set(key, group);
    }
  }
  if (count === 0) return undefined;
  return h("details", { class: "gaps" },
    h("summary", {}, count === 1 ? "One gap, and what mends it" : `${count} gaps, and what mends each`),
    h("ul", { class: "plain" }, [...groups.values()].map(({ place, reason, list }) =>
      h("li", {}, "In ", h("b", { class: "long" }, place), ": ", sentence(reason), " ", mends(place, list)))));
}

function mends(place: string, list: readonly [Permission, Verdict][]): (Node | string)[] {
  const hint = list[0]?.[1].hint;
  const linked = list.flatMap(([permission, { fix }]) => (fix !== undefined && isWebAddress(fix) ? [[permission, fix] as const] : []));
  if (linked.length === 0) return [hint === undefined ? "" : `${sentence(hint)} `, ...list.flatMap(([permission]) => [code(permission), " "])];
  return ["What mends it: ", ...linked.flatMap(([permission, fix]) => {
    const it = link(fix, code(permission));
    it.setAttribute("aria-label", `Mend ${permission} in ${place}`);
    return [it, " "];
  })];
}

function repoForm(hub: Hub, me: Identity, signal: AbortSignal): HTMLElement {
  const name = h("input", { id: "ask-repo", class: "mono", autocomplete: "off", autocapitalize: "none", spellcheck: "false", placeholder: `${me.name}/my-model` });
  const type = h("select", { id: "ask-type" }, TYPES.map((it) => h("option", { value: it }, it)));
  const answer = h("div", { "aria-live": "polite" });
  const form = h("form", { class: "ask", novalidate: true, "aria-labelledby": "ask-title", submit: (event) => { event.preventDefault(); void ask(); } },
    h("h3", { id: "ask-title" }, "And in one repo?"),
    h("div", { class: "row" },
      h("div", { class: "field" }, h("label", { for: "ask-repo" }, "Repo"), name),
      h("div", { class: "field" }, h("label", { for: "ask-type" }, "Type"), type),
      h("button", { type: "submit", class: "button" }, "Ask the Hub")),
    answer);

  async function ask(): Promise<void> {
    const repo = name.value.trim();
    const where = { repo, type: type.value as RepoType, signal };
    fill(answer, h("p", { class: "soft" }, "Asking…"));
    const rows = await Promise.all([["Read its files", false], ["Write to it", true]].map(async ([what, write]) => {
      const verdict = await hub.authCheck({ ...where, write: write === true }).then(() => chip("yes", "good"), (error: unknown) => problem(error));
      return h("div", { class: "verdict" }, h("b", {}, String(what)), verdict);
    }));
    if (signal.aborted) return;
    fill(answer, rows);
    announce(`The Hub answered about ${repo}.`);
  }
  return form;
}
