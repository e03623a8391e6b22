// <hubkey-sign-in> that makes its own client of its attributes, under the policy that the cell's server sends.
import * as hubkey from "/node_modules/hubkey/inline.js";
import "/node_modules/hubkey/elements.js";
import { story } from "/story.mjs";

const { hubUrl } = await (await fetch("/settings")).json();
const element = document.createElement("hubkey-sign-in");
for (const [name, value] of Object.entries({ "client-id": "hubkey-test-element", endpoint: hubUrl, scopes: "read-repos", store: "session" })) element.setAttribute(name, value);
document.body.append(element);

const inside = (part) => element.shadowRoot.querySelector(`[part=${part}]`);
Object.assign(globalThis, {
  refused: [],
  /** What can be seen of it, in a line. */
  seen() {
    const shown = ["button", "account", "panel"].filter((part) => inside(part).getClientRects().length);
    const { activeElement: focused } = element.shadowRoot;
    return [element.state, shown.join("+"), `on ${focused?.getAttribute("part") ?? document.activeElement.id}`, inside("status").innerText].join(" | ");
  },
  /** Whether its own sheet is in force. */
  looks: () => getComputedStyle(inside("button")).backgroundColor,
  tell: () => globalThis.say((settings) => story(hubkey, settings)),
});
addEventListener("securitypolicyviolation", ({ effectiveDirective }) => globalThis.refused.push(effectiveDirective));
globalThis.ready = true;
