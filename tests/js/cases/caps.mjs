// Answers without end, or longer than they seem. tests/THREATS.md, rows 59, 60, 67.
import { fails, same, yes } from "../support/check.mjs";
import { until } from "../support/control.mjs";
import { json, spy } from "../support/spy.mjs";

const INFO = "/api/models/ada/tiny";
const MOST = 2 ** 24, MOST_OF_ERROR = 2 ** 16;
const signed = ({ hubkey, hubUrl, token }) => new hubkey.Hub({ endpoint: hubUrl, token: token("testread"), maxRetries: 0 });
const mocked = ({ hubkey }, answer) => new hubkey.Hub({ endpoint: "https://hub.example", fetch: spy(answer) });

/** A body of so many blanks in chunks that says no length; counts what was taken from it. */
const blanks = (size, counted = {}) => {
  counted.left = size;
  return new ReadableStream({
    pull(it) {
      const count = Math.min(counted.left, 2 ** 20);
      counted.left -= count;
      if (count) it.enqueue(new Uint8Array(count).fill(32));
      else it.close();
    },
    cancel() { counted.cancelled = true; },
  }, { highWaterMark: 0 });
};

export default {
  "an answer without end is given up, and its connection closed": async (at) => {
    for (const status of [200, 400, 500])
      for (const run of [(hub) => hub.modelInfo({ repo: "ada/tiny" }), (hub) => hub.request(INFO), (hub) => hub.listModels().pages()[Symbol.asyncIterator]().next()]) {
        await at.control.forget();
        await at.control.fault({}, { type: "endless", status });
        await fails(run(signed(at)), "response_too_large", String(status));
        await until(async () => (await at.control.requests())[0].aborted, "the connection was closed");
      }
    await at.control.fault("/api/whoami-v2", { type: "endless" });
    await fails(signed(at).whoami(), "response_too_large");
  },

  "no more is read than the limit and a chunk": async (at) => {
    for (const [status, most] of [[200, MOST], [500, MOST_OF_ERROR]]) {
      const counted = {};
      await fails(mocked(at, () => new Response(blanks(100 * MOST, counted), { status })).modelInfo({ repo: "a/b" }), "response_too_large");
      yes(100 * MOST - counted.left <= most + 2 ** 20, `${100 * MOST - counted.left} bytes were read`);
      yes(counted.cancelled, "the rest was let go");
    }
  },

  "what is as long as the limit is read": async (at) => {
    same(await mocked(at, () => new Response(blanks(MOST))).request("/api/x").then((it) => it.length), MOST);
    await fails(mocked(at, () => new Response(blanks(MOST + 1))).request("/api/x"), "response_too_large");
    const error = await fails(mocked(at, () => new Response(blanks(MOST_OF_ERROR), { status: 404 })).request("/api/x"), "not_found");
    same(error.status, 404);
    await fails(mocked(at, () => new Response(blanks(MOST_OF_ERROR + 1), { status: 404 })).request("/api/x"), "response_too_large");
  },

  "a length that is too long is believed, and nothing is read": async (at) => {
    const counted = {};
    await fails(mocked(at, () => new Response(blanks(5, counted), { headers: { "content-length": String(MOST + 1) } })).request("/api/x"), "response_too_large");
    same([counted.left, counted.cancelled], [5, true]);
  },

  "a proxy's long page keeps the status": async (at) => {
    const page = { "content-type": "text/html; charset=utf-8" };
    await at.control.fault(INFO, { type: "endless", status: 502, headers: page });
    same((await fails(signed(at).modelInfo({ repo: "ada/tiny" }), "server_error")).status, 502);
    await until(async () => (await at.control.requests())[0].aborted, "the connection was closed");
  },

  "what is packed counts as it is unpacked": async (at) => {
    await at.control.fault(INFO, { type: "gzip", bytes: 1000 });
    same(await signed(at).modelInfo({ repo: "ada/tiny" }), {});
    await at.control.fault(INFO, { type: "gzip", bytes: MOST + 1000 });
    await fails(signed(at).modelInfo({ repo: "ada/tiny" }), "response_too_large");
  },

  "what is not packed as it says is an error of ours": async (at) => {
    for (const name of ["gzip", "deflate", "br"]) {
      await at.control.answer(INFO, 200, { id: "ada/tiny" }, { "content-encoding": name });
      const it = await signed(at).modelInfo({ repo: "ada/tiny" }).catch((error) => error);
      // A platform that does not know the packing unpacks nothing.
      yes(["truncated", "network"].includes(it.code) || (name !== "gzip" && it.id === "ada/tiny"), `${name}: ${it.code}`);
    }
  },

  "characters that are split between chunks are whole": async (at) => {
    const bytes = new TextEncoder().encode(JSON.stringify({ id: "日本/ü𝄞" }));
    const body = new ReadableStream({ start(it) { for (const byte of bytes) it.enqueue(Uint8Array.of(byte)); it.close(); } });
    same(await mocked(at, () => new Response(body)).modelInfo({ repo: "a/b" }), { id: "日本/ü𝄞" });
    same(await mocked(at, () => new Response("\ufeff{}", { headers: { "content-encoding": "identity" } })).modelInfo({ repo: "a/b" }), {});
  },

  "an answer of another make is read as before": async (at) => {
    const answer = { status: 200, headers: new Headers(), text: async () => '{"id":"a/b"}', body: { pipe() {} } };
    same((await mocked(at, () => answer).modelInfo({ repo: "a/b" })).id, "a/b");
    same((await mocked(at, () => json({ id: "a/b" })).modelInfo({ repo: "a/b" })).id, "a/b");
  },

  "a header of ten megabytes is no answer": async (at) => {
    await at.control.answer(INFO, 200, { id: "ada/tiny" }, { "x-long": "x".repeat(10 << 20) });
    await fails(signed(at).modelInfo({ repo: "ada/tiny" }), "network");
  },

  "hub.fetch caps nothing": async (at) => {
    await at.control.fault(INFO, { type: "gzip", bytes: MOST + 1000 });
    same((await (await signed(at).fetch(at.hubUrl + INFO)).text()).length, MOST + 1000);
  },
};
