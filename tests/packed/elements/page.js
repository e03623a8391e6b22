// Elements over a client that the test leads; what the page's policy refuses and what the elements tell is noted.
import { HubError } from "./node_modules/hubkey/inline.js";
import "./node_modules/hubkey/elements.js";
import { ADA, StandIn } from "./stand-in.js";

const told = [], refused = [];
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => refused.push(`${effectiveDirective} ${blockedURI}`));
for (const name of ["signin", "signout", "error"]) addEventListener(`hubkey-${name}`, (event) => told.push({ name, cancelable: event.cancelable, ...event.detail, ...(event.detail.error && { error: event.detail.error.toJSON() }) }));

const hub = new StandIn();
const element = document.querySelector("hubkey-sign-in");
Object.assign(globalThis, {
  ADA, StandIn, told, refused, hub, element,
  fail: (code, message = "no answer within 10 seconds", hint = "try again") => hub.fail(new HubError({ code, message, hint, retryable: true, docs: "" })),
});
const given = new URLSearchParams(location.search), endpoint = given.get("endpoint");
// A client of its own instead, for two elements that say the same.
if (endpoint) {
  const second = element.cloneNode();
  for (const it of [element, second])
    for (const [name, value] of Object.entries({ "client-id": "hubkey-test-element", endpoint, scopes: "read-repos", "redirect-url": `?endpoint=${endpoint}`, ...(given.has("store") && { store: given.get("store") }) }))
      it.setAttribute(name, value);
  element.after(second);
} else if (!given.has("bare")) element.hub = hub;
