// Who it is.

import type { Identity } from "hubkey";
import { chip, h, isWebAddress, link } from "../dom.ts";
import { endpoint } from "../session.ts";
import { avatar } from "./avatar.ts";

const TYPES: Record<string, string> = { user: "person", org: "organisation", app: "app" };

export function profile(me: Identity, signOut: () => unknown): HTMLElement {
  const shown = me.fullname || me.name;
  const page = `${endpoint}/${encodeURIComponent(me.name)}`;
  return h("section", { class: "card profile", "aria-labelledby": "who" },
    avatar(shown, me.avatarUrl, "large"),
    h("div", { class: "who" },
      h("h1", { id: "who", tabindex: -1 }, shown),
      h("p", { class: "names" },
        me.type === "app" || !isWebAddress(page) ? h("span", {}, me.name) : link(page, me.name),
        chip(TYPES[me.type] ?? `type: ${me.type}`),
        me.isPro === true && chip("PRO", "key")),
      (me.email || me.type === "user") && h("p", { class: "soft" }, mail(me))),
    h("button", { type: "button", class: "button", click: signOut }, "Sign out"));
}

function mail({ email, emailVerified }: Identity): (Node | string)[] {
  if (!email) return ["E-mail: not told to this token"];
  return [h("span", { class: "long" }, email), emailVerified === false ? " · not confirmed" : emailVerified ? " · confirmed" : ""];
}
