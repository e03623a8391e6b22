// A dedicated, a shared or a service worker. Import maps do not reach workers, so the package is named by its path.
import * as hubkey from "/node_modules/hubkey/inline.js";
import { story } from "/story.mjs";

const answer = async ({ data, ports: [port] }) => {
  try {
    port.postMessage({ report: await story(hubkey, data) });
  } catch (error) {
    port.postMessage({ failure: `${error.name}: ${error.message}` });
  }
};

globalThis.onmessage = (event) => {
  const work = answer(event);
  event.waitUntil?.(work);
};
globalThis.onconnect = ({ ports: [port] }) => (port.onmessage = answer);
