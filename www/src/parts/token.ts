// About the token itself.

import type { TokenInfo, TokenKind } from "hubkey";
import { chip, code, facts, h } from "../dom.ts";
import { isPast, moment, sentence } from "../format.ts";
import { really, type Place, type Session } from "../session.ts";

const KINDS: Record<TokenKind, string> = {
  user: "user access token",
  oauth: "OAuth access token",
  oauth_refresh: "OAuth refresh token",
  jwt: "short-lived token of a repo or a trusted publisher",
  app: "app token",
  s3: "key of the S3 gateway",
  client_secret: "OAuth client secret",
  org: "organisation token, retired",
  legacy: "token of the old inference service, retired",
  unknown: "a kind that this page does not know",
};

const KEPT: Record<Place, string> = {
  memory: "in this page’s memory: a reload forgets it",
  session: "in this tab (sessionStorage): ends with the tab",
  vault: "in this browser, encrypted (IndexedDB): until you sign out",
  local: "in this browser (localStorage): until you sign out",
};

export function tokenCard({ me, mask, place, persisted, warnings, granted }: Session): HTMLElement {
  const { token } = me;
  return h("section", { class: "card", "aria-labelledby": "the-token" },
    h("h2", { id: "the-token" }, "The token"),
    h("p", { class: "mask" }, code(mask), role(token.role)),
    facts([
      ["Name", token.displayName],
      ["Kind", KINDS[token.kind] ?? token.kind],
      ["Made", moment(token.createdAt)],
      ["Expires", expiry({ ...granted, ...token })],
      ["Renewed", granted && "by itself, before it expires and when the Hub refuses it"],
      ["Bound to", boundTo(me.raw)],
      ["Kept", kept(really(place), persisted)],
    ]),
    warnings.map(({ message, code: word }) => h("p", { class: "warning", "data-code": word }, h("b", {}, "Mind: "), sentence(message))));
}

function role(word: string | undefined): HTMLElement | undefined {
  if (word === undefined) return undefined;
  return chip(word === "fineGrained" ? "fine-grained" : word, word === "write" || word === "god" ? "warn" : "key");
}

function expiry({ expiresAt }: TokenInfo): (Node | string | undefined)[] {
  if (expiresAt === undefined) return ["no date: good until it is revoked"];
  return [moment(expiresAt), isPast(expiresAt) ? chip("past", "bad") : ""];
}

/** A credential of a trusted publisher names its repo; the regular form of the answer has no place for that yet. */
function boundTo(raw: Record<string, unknown>): HTMLElement | undefined {
  const { resource } = (raw["auth"] ?? {}) as { resource?: { sub?: unknown } };
  return typeof resource?.sub === "string" ? code(resource.sub) : undefined;
}

function kept(place: Place, persisted: boolean): (Node | string)[] {
  if (persisted) return [KEPT[place]];
  return place === "memory" ? [KEPT.memory] : [chip("not stored", "warn"), " the browser’s storage did not take it; a reload forgets it"];
}
