// How a failure is shown, the same everywhere: what happened, what to do about it, and what to quote when asking for help.

import { isHubError, type ErrorCode, type HubError } from "hubkey";
import { code, facts, h, isWebAddress, link } from "../dom.ts";
import { sentence } from "../format.ts";

const TITLES: Partial<Record<ErrorCode, string>> = {
  invalid_token: "The Hub does not take this token",
  invalid_token_format: "This cannot be a token",
  no_token: "There is no token any more",
  unauthorized: "The Hub wants to know who asks",
  insufficient_scope: "This token may not do that",
  forbidden: "The Hub does not allow this",
  org_restricted: "The organisation does not let this token in",
  rate_limited: "The Hub asks for a pause",
  server_error: "The Hub has a problem",
  network: "The Hub could not be reached",
  timeout: "The answer took too long",
  aborted: "Stopped",
  invalid_response: "This was not the Hub’s answer",
  storage_unavailable: "The browser’s storage could not be used",
  internal_panic: "Something broke inside the package",
};

interface Action {
  label: string;
  run: () => unknown;
}

/** A failure, spoken at once by screen readers. */
export function problem(error: unknown, ...actions: readonly Action[]): HTMLElement {
  const body = isHubError(error) ? told(error) : [h("p", { class: "problem-title" }, "Something broke in this page"), h("p", {}, String(error))];
  const buttons = actions.map(({ label, run }) => h("button", { type: "button", class: "button", click: run }, label));
  return h("div", { class: "problem", role: "alert", "data-code": isHubError(error) ? error.code : "unknown" },
    body,
    buttons.length > 0 && h("p", { class: "actions" }, buttons));
}

function told(error: HubError): HTMLElement[] {
  return [
    h("p", { class: "problem-title" }, TITLES[error.code] ?? "That did not work"),
    h("p", { class: "problem-message" }, sentence(error.message)),
    h("p", { class: "problem-hint" }, h("b", {}, "What to do: "), linked(sentence(error.hint)),
      error.fix !== undefined && isWebAddress(error.fix) && [" ", link(error.fix, "Mend it here"), "."]),
    facts([
      ["Code", code(error.code)],
      ["Status", error.status],
      ["Request id", error.requestId && h("span", { class: "long" }, code(error.requestId))],
      ["Wait", error.retryAfterMs && `${Math.ceil(error.retryAfterMs / 1000)} seconds`],
      ["More", isWebAddress(error.docs) && link(error.docs, "the Hub’s documentation")],
    ]),
  ];
}

/** Addresses within a hint can be followed. */
const linked = (text: string): (Node | string)[] =>
  text.split(/(https:\/\/[^\s,;]*[^\s,;.])/).map((part, at) => (at % 2 ? link(part, part.replace("https://", "")) : part));
