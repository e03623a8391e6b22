// Dates, numbers and words for people.

import { h } from "./dom.ts";

const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const ABSOLUTE = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const FULL = new Intl.NumberFormat("en");

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

export function relative(date: Date, now = Date.now()): string {
  const seconds = (date.getTime() - now) / 1000;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? (["second", 1] as const);
  return RELATIVE.format(Math.trunc(seconds / size), unit);
}

const parse = (iso: string | undefined): Date | undefined => {
  const date = new Date(iso ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
};

/** How long ago; the moment itself shows when pointed at. What is no date stays as it came. */
export function ago(iso: string | undefined): HTMLElement | string | undefined {
  const date = parse(iso);
  return date ? h("time", { datetime: date.toISOString(), title: ABSOLUTE.format(date) }, relative(date)) : iso;
}

/** The moment, and how far it is from now. */
export function moment(iso: string | undefined): HTMLElement | string | undefined {
  const date = parse(iso);
  if (!date) return iso;
  return h("time", { datetime: date.toISOString() }, ABSOLUTE.format(date), " ", h("span", { class: "soft" }, `(${relative(date)})`));
}

export const isPast = (iso: string | undefined): boolean => (parse(iso)?.getTime() ?? Infinity) < Date.now();

export const compact = (count: number): string => COMPACT.format(count);
export const full = (count: number): string => FULL.format(count);

export const sentence = (text: string): string => {
  const first = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(first) ? first : `${first}.`;
};

/** Letters to stand for a face. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((it) => /[\p{L}\p{N}]/u.test(it));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((it) => Array.from(it ?? "")[0]).join("").toUpperCase() || "?";
}
