// hubkey/elements: <hubkey-sign-in>. Importing it defines the element, where there are elements at all.

// An element has a client sooner or later. Said here, or what both use would be a file apart, one more for everybody.
import "./core.js";
import { HubkeySignIn } from "./element.js";

// Another copy of the package may have been first, and a name is taken for good.
if (globalThis.customElements?.get("hubkey-sign-in") === undefined) globalThis.customElements?.define("hubkey-sign-in", HubkeySignIn);

export { HubkeySignIn };
