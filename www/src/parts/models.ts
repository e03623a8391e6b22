// The models of an account, a page at a time.

import type { Hub, Identity } from "hubkey";
import { announce, chip, fill, h, link } from "../dom.ts";
import { ago, compact, full } from "../format.ts";
import { endpoint, type Session } from "../session.ts";
import { problem } from "./problem.ts";

const PAGE_SIZE = 20;

/** Ends with the signal. */
export function modelsCard({ hub, me }: Session, ended: AbortSignal): HTMLElement {
  const owner = h("select", { id: "owner", change: () => open() }, owners(me));
  const list = h("ul", { class: "models" });
  const foot = h("div", { class: "list-foot", tabindex: -1 });
  let current: AbortController | undefined;

  /** Starts over; what the list before still awaits is dropped. */
  function open(): void {
    current?.abort();
    current = new AbortController();
    const signal = AbortSignal.any([ended, current.signal]);
    fill(list);
    const pages = read(hub, owner.value, signal);
    void more(pages, signal);
  }

  async function more(pages: AsyncIterator<unknown[]>, signal: AbortSignal): Promise<void> {
    const pressed = foot.contains(document.activeElement);
    list.setAttribute("aria-busy", "true");
    if (pressed) foot.focus();
    fill(foot, list.childElementCount === 0 ? skeleton() : h("p", { class: "soft" }, "Loading…"));
    try {
      const { items, isLast } = await next(pages);
      if (signal.aborted) return;
      const rows = items.map((it) => row(model(it)));
      list.append(...rows);
      settle(pages, signal, isLast);
      // The button that was pressed is gone; go on where the new rows begin.
      if (pressed) (rows[0]?.querySelector("a") ?? foot).focus();
    } catch (error) {
      if (signal.aborted) return;
      // The same page is asked for again; those before it stay.
      fill(foot, problem(error, { label: "Try again", run: () => more(pages, signal) }));
    } finally {
      if (!signal.aborted) list.removeAttribute("aria-busy");
    }
  }

  function settle(pages: AsyncIterator<unknown[]>, signal: AbortSignal, isLast: boolean): void {
    const count = list.childElementCount;
    const told = count === 0
      ? `${owner.value} has no models that this token can see.`
      : isLast ? `All ${full(count)} ${count === 1 ? "model" : "models"} shown.` : `${full(count)} models shown.`;
    fill(foot,
      h("p", { class: count === 0 ? "empty" : "soft" }, told),
      !isLast && h("button", { type: "button", class: "button", click: () => more(pages, signal) }, "More models"));
    announce(told);
  }

  open();
  return h("section", { class: "card", id: "models", "aria-labelledby": "models-title" },
    h("div", { class: "title-row" },
      h("h2", { id: "models-title" }, "Models"),
      h("label", { class: "owner" }, h("span", { class: "unseen" }, "Whose models: "), h("span", { "aria-hidden": "true" }, "of"), owner)),
    list,
    foot);
}

function owners(me: Identity): HTMLElement[] {
  const option = (name: string, what: string) => h("option", { value: name }, `${name} (${what})`);
  return [
    option(me.name, me.type === "user" ? "you" : me.type),
    ...me.orgs.map((org) => option(org.name, org.restrictions.length > 0 ? "organisation, restricted" : "organisation")),
  ];
}

const read = (hub: Hub, author: string, signal: AbortSignal): AsyncIterator<unknown[]> =>
  hub.listModels({
    author, signal, sort: "lastModified", pageSize: PAGE_SIZE,
    expand: ["private", "gated", "downloads", "likes", "lastModified", "pipeline_tag"],
  }).pages()[Symbol.asyncIterator]();

/** A page that is not full is the last one mostly; only the list itself knows, so it is asked. */
async function next(pages: AsyncIterator<unknown[]>): Promise<{ items: unknown[]; isLast: boolean }> {
  const items: unknown[] = [];
  while (items.length < PAGE_SIZE) {
    const { done, value } = await pages.next();
    if (done) return { items, isLast: true };
    items.push(...value);
  }
  return { items, isLast: false };
}

interface Model {
  id: string;
  isPrivate: boolean;
  gated: string | undefined;
  task: string | undefined;
  downloads: number | undefined;
  likes: number | undefined;
  updated: string | undefined;
}

/** The package hands the Hub's own JSON through, so nothing in it is certain. */
function model(it: unknown): Model {
  const raw = (typeof it === "object" && it !== null ? it : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof raw[name] === "string" ? raw[name] : undefined);
  const number = (name: string) => (typeof raw[name] === "number" ? raw[name] : undefined);
  return {
    id: text("id") ?? text("modelId") ?? "(no name)",
    isPrivate: raw["private"] === true,
    gated: text("gated"),
    task: text("pipeline_tag"),
    downloads: number("downloads"),
    likes: number("likes"),
    updated: text("lastModified"),
  };
}

function row({ id, isPrivate, gated, task, downloads, likes, updated }: Model): HTMLElement {
  const count = (number: number | undefined, word: string) =>
    number !== undefined && h("span", { title: `${full(number)} ${word}` }, h("b", {}, compact(number)), ` ${word}`);
  return h("li", { class: "model" },
    h("p", { class: "model-name" },
      link(`${endpoint}/${id.split("/").map(encodeURIComponent).join("/")}`, id),
      isPrivate && chip("private"),
      gated !== undefined && chip(gated === "auto" ? "gated" : `gated: ${gated}`, "warn"),
      task !== undefined && h("small", {}, task)),
    h("p", { class: "model-facts" },
      count(downloads, downloads === 1 ? "download" : "downloads"),
      count(likes, likes === 1 ? "like" : "likes"),
      updated !== undefined && h("span", {}, "updated ", ago(updated))));
}

const skeleton = (): HTMLElement =>
  h("div", { class: "skeleton" }, h("p", { class: "unseen" }, "Loading…"), Array.from({ length: 5 }, () => h("span", { "aria-hidden": "true" })));
