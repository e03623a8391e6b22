// What only a page's types have.
import { Hub } from "hubkey";

const hub = new Hub({ fetch: globalThis.fetch });
const controller = new AbortController();
void hub.whoami({ signal: controller.signal });
const answer: Promise<Response> = hub.fetch(new URL("https://huggingface.co/api/models"), { method: "GET", signal: controller.signal });
void hub.fetch(new Request("https://huggingface.co/api/models"));
const asFetch: typeof globalThis.fetch = hub.fetch;
export { answer, asFetch };
