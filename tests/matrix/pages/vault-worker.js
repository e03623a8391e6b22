// A worker that signs nobody in and finds who is. Import maps do not reach workers.
import { Hub } from "/node_modules/hubkey/inline.js";
import { vaultStore } from "/node_modules/hubkey/vault.js";

const answers = {
  whoami: async (hub) => (await hub.whoami()).name,
  place: async (hub, store) => (await hub.getToken(), store.place),
  logout: (hub) => hub.logout(),
};

const answer = async ({ data: { what, endpoint }, ports: [port] }) => {
  try {
    const store = vaultStore();
    port.postMessage({ answer: await answers[what](new Hub({ endpoint, store }), store) });
  } catch (error) {
    port.postMessage({ failure: `${error.name}: ${error.message}` });
  }
};
globalThis.onmessage = (event) => {
  const work = answer(event);
  event.waitUntil?.(work);
};
