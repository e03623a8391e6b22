// Answers in a worker of any kind, with the package as that worker got it.
import { story } from "/story.mjs";

export function answerWith(hubkey) {
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
}
