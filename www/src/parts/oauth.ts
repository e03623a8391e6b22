// Signing in by the Hub's own page, with the package's element.

import "hubkey/elements";
import { SCOPES } from "hubkey/oauth";
import { code, h } from "../dom.ts";
import { choose, chosen, clientOf, wanted, type Choice, type Place } from "../session.ts";

export function oauthCard(granted: (place: Place) => unknown): HTMLElement {
  const element = h("hubkey-sign-in");
  const lasts: HTMLInputElement = h("input", { type: "checkbox", change: () => aim(lasts.checked ? "vault" : "session") });
  const beside: HTMLInputElement = h("input", { type: "checkbox", change: () => element.toggleAttribute("popup", beside.checked) });
  lasts.checked = chosen() === "vault";

  function aim(place: Choice): void {
    choose(place);
    element.hub = clientOf(place);
  }

  // Of other ways to sign in it tells too; those show themselves.
  element.addEventListener("hubkey-signin", ({ detail }) => detail.grantedScopes && granted(chosen()));
  element.hub = clientOf(chosen());

  return h("section", { class: "card oauth", "aria-labelledby": "by-page" },
    h("div", {},
      h("h2", { id: "by-page" }, "Sign in at the Hub"),
      h("p", { class: "soft" }, "The Hub asks you, and gives this page a token that ends within hours and is renewed while you use it. No token to make, copy or lose."),
      h("p", { class: "actions" }, element),
      h("p", { class: "checks" }, h("label", {}, lasts, " Stay signed in after a restart"), h("label", {}, beside, " Use a window of its own"))),
    h("div", {},
      h("h3", {}, "What this page asks for"),
      scopeList(wanted)));
}

export const scopeList = (scopes: readonly string[]): HTMLElement =>
  h("ul", { class: "permissions" }, scopes.map((it) =>
    h("li", {}, code(it), h("small", {}, Object.hasOwn(SCOPES, it) ? SCOPES[it as keyof typeof SCOPES] : "not known to this page"))));
