// The sign-ins that are kept side by side in one place.

import type { Profile } from "hubkey";
import { announce, chip, code, fill, h } from "../dom.ts";
import type { Session } from "../session.ts";
import { problem } from "./problem.ts";

interface Ways {
  /** Another sign-in beside those. */
  add: () => unknown;
  /** The one in use is another now, or none. */
  changed: () => unknown;
}

export function profilesCard({ hub }: Session, ways: Ways): HTMLElement {
  const content = h("div", { "aria-busy": "true" }, h("p", { class: "soft" }, "Looking into the store…"));
  const trouble = h("div", {});
  const card = h("section", { class: "card", id: "profiles", "aria-labelledby": "profiles-title" },
    h("h2", { id: "profiles-title" }, "Sign-ins kept here"),
    content, trouble,
    h("p", { class: "actions" }, h("button", { type: "button", class: "button", click: ways.add }, "Add another")));

  async function list(): Promise<void> {
    try {
      const { profiles } = await hub.authList();
      fill(content, profiles.length > 0
        ? h("ul", { class: "profiles" }, profiles.map(row))
        : h("p", {}, "None has a name here: this one is held in memory alone."));
    } catch (error) {
      fill(content, problem(error, { label: "Try again", run: list }));
    } finally {
      content.removeAttribute("aria-busy");
    }
  }

  const row = (it: Profile): HTMLElement =>
    h("li", {},
      h("span", { class: "long" }, h("b", {}, it.name), " ", code(it.token)),
      it.active && chip("in use", "good"),
      h("span", { class: "actions" },
        !it.active && h("button", { type: "button", class: "button", "aria-label": `Use ${it.name}`, click: () => run(() => hub.authSwitch(it.name), true) }, "Use"),
        h("button", { type: "button", class: "button quiet", "aria-label": `Forget ${it.name}`, click: () => run(() => hub.logout({ profile: it.name }), it.active, `${it.name} is forgotten here.`) }, "Forget")));

  async function run(work: () => Promise<unknown>, inUse: boolean, done = ""): Promise<void> {
    try {
      await work();
      fill(trouble);
      announce(done);
      if (inUse) ways.changed();
      else await list();
    } catch (error) {
      fill(trouble, problem(error));
    }
  }

  void list();
  return card;
}
