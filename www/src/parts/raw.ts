// The answer as the Hub sent it. It never holds the token.

import type { Identity } from "hubkey";
import { h } from "../dom.ts";

export const rawCard = (me: Identity): HTMLElement =>
  h("details", { class: "card" },
    h("summary", {}, "The Hub’s own answer"),
    h("pre", { tabindex: 0, role: "region", "aria-label": "The Hub’s own answer, as JSON" }, JSON.stringify(me.raw, null, 2)));
