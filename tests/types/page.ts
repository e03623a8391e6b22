// What only a page's types have.
import { Hub } from "hubkey";

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
export { answer, asFetch };
