// The seeded credentials of a localhub, to try the page without a token of one's own.

import { chip, h } from "../dom.ts";
import { endpoint, isLocal } from "../session.ts";

interface Principal {
  name: string;
  token: string;
  description: string;
  standing?: string;
}

export async function seeded(signal: AbortSignal): Promise<readonly Principal[]> {
  if (!isLocal) return [];
  try {
    const answer = await fetch(`${endpoint}/_localhub/principals`, { signal });
    return answer.ok ? ((await answer.json()) as Principal[]) : [];
  } catch {
    // The form works without them, and says what is wrong when it is used.
    return [];
  }
}

export function principalList(list: readonly Principal[], pick: (token: string, name: string) => unknown): HTMLElement {
  return h("section", { class: "card seeded", "aria-labelledby": "principals" },
    h("h2", { id: "principals" }, "Or pick a seeded one"),
    h("p", { class: "soft" }, "Credentials of the Hub on your machine. None of them is good anywhere else."),
    h("ul", { class: "principals" },
      list.map(({ name, token, description, standing }) =>
        h("li", {},
          h("button", { type: "button", class: "pick", click: () => pick(token, name) },
            h("b", {}, name),
            standing !== undefined && standing !== "good" && chip(standing, "bad"),
            h("span", {}, description))))));
}
