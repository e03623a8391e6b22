// What a person would look at when something does not work.

import type { Hub } from "hubkey";
import type { DiagnosisCheck, DiagnosisStatus } from "hubkey/diagnose";
import { announce, chip, fill, h, link } from "../dom.ts";
import { sentence } from "../format.ts";
import { problem } from "./problem.ts";

const TONES: Record<DiagnosisStatus, string> = { ok: "good", warning: "warn", failed: "bad", skipped: "", unknown: "" };

const NAMES: Record<DiagnosisCheck["name"], string> = {
  runtime: "Package", offline: "Offline mode", token: "Token", format: "Its form", store: "Store", endpoint: "Hub", csp: "Page policy", accepted: "Accepted",
  role: "Role", scopes: "Scopes", expiry: "Expiry", orgs: "Organisations", clock: "Clock",
};

export function diagnosisCard(hub: () => Hub, signal?: AbortSignal): HTMLElement {
  const result = h("div", { "aria-live": "polite" });
  const button = h("button", { type: "button", class: "button", click: () => void run() }, "Run the checks");
  let running = false;

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    result.setAttribute("aria-busy", "true");
    announce("Looking at what usually goes wrong.");
    try {
      // Only whoever asks loads it.
      const { diagnose } = await import("hubkey/diagnose");
      const { ok, checks } = await diagnose(hub(), { ...(signal && { signal }) });
      fill(result,
        h("p", {}, h("b", {}, ok ? "Nothing is wrong that can be seen from here." : "Something is wrong; the first that failed is mostly the cause.")),
        h("ul", { class: "checks" }, checks.map((it) =>
          h("li", { "data-check": it.name, "data-status": it.status },
            h("b", {}, NAMES[it.name] ?? it.name), chip(it.status, TONES[it.status]),
            h("span", {}, sentence(it.message), it.fix !== undefined && h("span", { class: "soft" }, " ", linked(sentence(it.fix))))))));
      announce(ok ? "Nothing is wrong that can be seen from here." : "Something is wrong.");
    } catch (error) {
      if (!signal?.aborted) fill(result, problem(error));
    } finally {
      running = false;
      result.removeAttribute("aria-busy");
    }
  }

  return h("section", { class: "card", id: "diagnosis", "aria-labelledby": "diagnosis-title" },
    h("h2", { id: "diagnosis-title" }, "Does something not work?"),
    h("p", { class: "soft" }, "Looks at the token, the store, the way to the Hub, this page’s policy and the clock. Sends one request; the token is in no answer."),
    h("p", { class: "actions" }, button), result);
}

const linked = (text: string): (Node | string)[] =>
  text.split(/(https:\/\/[^\s,;]*[^\s,;.])/).map((part, at) => (at % 2 ? link(part, part.replace("https://", "")) : part));
