// The form: a token, where to keep it, and nothing else.

import { isHubError } from "hubkey";
import { announce, fill, h, link } from "../dom.ts";
import { canSignIn, endpoint, isLocal, signIn, type Place, type Session } from "../session.ts";
import { oauthCard } from "./oauth.ts";
import { principalList, seeded } from "./principals.ts";
import { problem } from "./problem.ts";

const PLACES: readonly (readonly [Place, string, string])[] = [
  ["memory", "This page only", "Held in memory. A reload forgets it."],
  ["session", "This tab", "In sessionStorage: survives a reload, ends with the tab. Any script that runs on this page can read it."],
  ["local", "This browser", "In localStorage, as plain text, until you sign out: shared by all tabs, there after a restart, and any script that ever runs on this address can read it."],
];

interface Ways {
  signedIn: (session: Session) => unknown;
  /** By the Hub's own page; absent where that would sign in beside somebody. */
  granted?: (place: Place) => unknown;
}

export function signInView({ signedIn, granted }: Ways): HTMLElement {
  const field = h("input", {
    id: "token", type: "password", class: "mono", autocomplete: "off", autocapitalize: "none", spellcheck: "false",
    placeholder: "hf_…", "aria-required": "true", "aria-describedby": "token-help",
  });
  const reveal = h("button", { type: "button", class: "button quiet", "aria-pressed": "false", "aria-controls": "token", click: () => show(field.type === "password") }, "Show");
  const submit = h("button", { type: "submit", class: "button main" }, "Sign in");
  const stop = h("button", { type: "button", class: "button", hidden: true, click: () => running?.abort() }, "Stop");
  const trouble = h("div", { id: "trouble" });
  // Without names nothing could be sent even if the script were gone.
  const form = h("form", { class: "card signin", method: "post", autocomplete: "off", novalidate: true, "aria-labelledby": "paste", submit: onSubmit },
    h("h2", { id: "paste" }, "Paste a token"),
    h("div", { class: "field" },
      h("label", { for: "token" }, "Access token"),
      h("div", { class: "row" }, field, reveal),
      h("p", { id: "token-help", class: "soft" }, "None yet? Make one at ", link("https://huggingface.co/settings/tokens", "huggingface.co/settings/tokens"), "; to look around, a read token is enough."),
      trouble),
    h("fieldset", {},
      h("legend", {}, "Keep it in"),
      PLACES.map(([place, name, what], at) =>
        h("label", { class: "choice" },
          h("input", { type: "radio", name: "place", value: place, checked: at === 0 }),
          h("span", {}, h("b", {}, name), h("span", { class: "soft" }, what))))),
    h("p", { class: "actions" }, submit, stop));

  let running: AbortController | undefined;

  function show(plain: boolean): void {
    field.type = plain ? "text" : "password";
    reveal.textContent = plain ? "Hide" : "Show";
    reveal.setAttribute("aria-pressed", String(plain));
  }

  function onSubmit(event: Event): void {
    event.preventDefault();
    void attempt(field.value, "this token", true);
  }

  async function attempt(token: string, whose: string, pasted: boolean): Promise<void> {
    if (running) return;
    const place = form.querySelector<HTMLInputElement>("input[name=place]:checked")?.value as Place;
    running = new AbortController();
    busy(true);
    announce(`Asking the Hub about ${whose}.`);
    try {
      const session = await signIn(token, place, running.signal);
      field.value = "";
      show(false);
      signedIn(session);
    } catch (error) {
      failed(error, pasted, () => attempt(token, whose, pasted));
    } finally {
      running = undefined;
      busy(false);
    }
  }

  function busy(is: boolean): void {
    const focused = document.activeElement;
    form.setAttribute("aria-busy", String(is));
    submit.textContent = is ? "Asking the Hub…" : "Sign in";
    submit.setAttribute("aria-disabled", String(is));
    stop.hidden = !is;
    if (is) {
      fill(trouble);
      field.removeAttribute("aria-invalid");
      // The button that was pressed may have gone with the trouble.
      if (focused !== document.activeElement) stop.focus();
    } else if (focused === stop) submit.focus();
  }

  function failed(error: unknown, pasted: boolean, again: () => unknown): void {
    const code = isHubError(error) ? error.code : undefined;
    if (code === "aborted") return announce("Stopped.");
    const retry = isHubError(error) && error.retryable ? [{ label: "Try again", run: again }] : [];
    announce("");
    fill(trouble, problem(error, ...retry));
    if (pasted && (code === "invalid_token" || code === "invalid_token_format")) {
      field.setAttribute("aria-invalid", "true");
      field.focus();
    } else {
      trouble.scrollIntoView({ block: "nearest" });
    }
  }

  const split = h("div", { class: "split" }, form);
  const view = h("div", { class: "view" },
    h("div", { class: "hero" },
      h("h1", {}, "Whose key is this?"),
      h("p", {}, canSignIn && granted ? "Sign in or paste a Hugging Face token, and see who it belongs to, when it ends, and what its scopes say." : "Paste a Hugging Face token to see who it belongs to, when it ends, and what its scopes say.")),
    canSignIn && granted && oauthCard(granted),
    split);
  // Where there may be a list to pick from, its place is kept free.
  (isLocal ? view : split).append(care());
  void seeded(AbortSignal.timeout(10_000)).then((list) => {
    if (list.length > 0) split.append(principalList(list, (token, name) => attempt(token, name, false)));
  });
  return view;
}

function care(): HTMLElement {
  return h("section", { class: "card care", "aria-labelledby": "care" },
    h("h2", { id: "care" }, "What happens to it"),
    h("ul", { class: "plain" },
      h("li", {}, "It is sent to ", h("b", {}, new URL(endpoint).host), " and to no other host."),
      h("li", {}, "It is never put into the address, the console or the page, and the field is emptied once you are signed in."),
      h("li", {}, "While you are signed in, a script or an extension that gets into this page could use it. Nothing kept in a browser is safe from that."),
      h("li", {}, "Signing out forgets it here. The token itself stays good until you revoke it.")));
}
