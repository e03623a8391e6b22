// What only a page's types have.
import { Hub } from "hubkey";
import { type HubkeySignIn, type HubkeySignInAttributes, type SignInState } from "hubkey/elements";

const hub = new Hub({ fetch: globalThis.fetch });
const controller = new AbortController();
void hub.whoami({ signal: controller.signal });
const answer: Promise<Response> = hub.fetch(new URL("https://huggingface.co/api/models"), { method: "GET", signal: controller.signal });
void hub.fetch(new Request("https://huggingface.co/api/models"));
const asFetch: typeof globalThis.fetch = hub.fetch;
void hub.downloadFile({ repo: "acme/tiny", path: "a.bin", signal: controller.signal }).then(async (it) => {
  const reader: ReadableStreamDefaultReader<Uint8Array> = it.stream.getReader();
  const blob: Blob = await it.blob();
  return [await reader.read(), blob.size];
});

const element: HubkeySignIn = document.createElement("hubkey-sign-in");
element.hub = hub;
element.words = { signIn: "Anmelden" };
element.addEventListener("hubkey-signin", ({ detail }) => [detail.identity?.name, detail.grantedScopes?.includes("read-repos"), detail.returnTo]);
element.addEventListener("hubkey-error", function ({ detail }) { return [this.state, detail.error.code]; });
element.addEventListener("click", (event) => event.preventDefault());
const shown: SignInState = element.state;
const attributes: HubkeySignInAttributes = { "client-id": "", scopes: "read-repos", popup: true, store: "vault", theme: "dark" };
// @ts-expect-error there is no such store
const wrong: HubkeySignInAttributes = { store: "disk" };
// @ts-expect-error written by the element alone
element.state = "busy";
export { answer, asFetch, attributes, shown, wrong };
