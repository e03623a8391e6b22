// Files: whole, in part, and on after a cut. tests/THREATS.md, rows 1, 11, 12, 57, 58, 61, 62, 67.
import { caught, fails, has, lacks, same, yes } from "../support/check.mjs";
import { NOBODYS, pause, until } from "../support/control.mjs";
import { redirect, spy } from "../support/spy.mjs";

const LARGE = { repo: "ada/tiny", path: "model.safetensors" }, SMALL = { repo: "ada/tiny", path: "config.json" };
const CDN = { origin: "cdn", path: "/xet-bridge-us/*" }, CACHE = "/api/resolve-cache/*";
const signed = ({ hubkey, hubUrl, token }, options) => new hubkey.Hub({ endpoint: hubUrl, token: token("testread"), ...options });
const mocked = ({ hubkey }, answer) => new hubkey.Hub({ endpoint: "https://hub.example", fetch: spy(answer), token: NOBODYS });

/** A page is not told where it was sent, nor what was said on the way there; and its cache completes ranges by itself. */
const PAGE = typeof document === "object";

/** The bytes as the platform's own fetch gives them. */
const plainly = async (at, { repo, path }) => new Uint8Array(await (await fetch(`${at.hubUrl}/${repo}/resolve/main/${path}`, PAGE ? { cache: "no-store" } : {})).arrayBuffer());
/** Without what a page asks before. */
const gets = async (at) => (await at.control.requests()).filter((it) => it.method === "GET");
const asked = async (at) => (await gets(at)).filter((it) => !it.path.includes("/resolve/")).map((it) => [it.headers.range, it.headers["if-match"]]);
const closed = (at) => until(async () => (await gets(at)).at(-1).aborted, "the connection was closed");
const equal = (is, should, about = "") => same([...is].join(), [...should].join(), about);

/** A body that gives these chunks, then ends, or breaks where `broken`. */
const parts = (chunks, broken) => {
  const left = chunks.map((it) => (typeof it === "string" ? new TextEncoder().encode(it) : it));
  return new ReadableStream({ pull: (it) => (left.length ? it.enqueue(left.shift()) : broken ? it.error(new Error("reset")) : it.close()) }, { highWaterMark: 0 });
};
const answer = (chunks, headers, { status = 206, broken } = {}) => new Response(parts(chunks, broken), { status, headers });
const ABC = { etag: '"abc"' };

/** Public models, all with the same files: where a case asks again and again, a browser's cache would answer for one. */
async function models({ hubkey, hubUrl, control }, limit) {
  const found = [];
  for await (const { id } of new hubkey.Hub({ endpoint: hubUrl }).listModels({ author: "globex", gated: false, limit })) found.push(id);
  await control.forget();
  return found;
}

/** All that came of a stream, and how it ended. */
async function drained(stream) {
  const reader = stream.getReader();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text };
      text += new TextDecoder().decode(value);
    }
  } catch (error) {
    return { text, error };
  }
}

export default {
  "a large file comes whole, with what is known of it, and the token stays at the Hub": async (at) => {
    const file = await signed(at).downloadFile(LARGE);
    const bytes = await file.bytes();
    equal(bytes, await plainly(at, LARGE));
    const hash = [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((it) => it.toString(16).padStart(2, "0")).join("");
    same([file.size, file.contentType], [5000, "application/octet-stream"]);
    if (PAGE) same([file.etag?.length, file.commit], [64, undefined]);
    else same([file.etag, /^[0-9a-f]{40}$/.test(file.commit)], [hash, true]);
    const [hub, cdn] = await at.control.requests();
    same([hub.headers.authorization, cdn.origin, cdn.headers.authorization], [`Bearer ${at.token("testread")}`, "cdn", undefined]);
    lacks(JSON.stringify(cdn), at.token("testread"));
  },

  "a small file is bytes, text, JSON or a blob": async (at) => {
    const hub = signed(at);
    const text = new TextDecoder().decode(await plainly(at, SMALL));
    equal(await (await hub.downloadFile(SMALL)).bytes(), new TextEncoder().encode(text));
    same(await (await hub.downloadFile(SMALL)).text(), text);
    same(await (await hub.downloadFile(SMALL)).json(), JSON.parse(text));
    const blob = await (await hub.downloadFile(SMALL)).blob();
    same([await blob.text(), blob.type.replace(" ", "")], [text, "text/plain;charset=utf-8"]);
    let read = "";
    for await (const chunk of (await hub.downloadFile(SMALL)).stream) read += new TextDecoder().decode(chunk);
    same(read, text);
  },

  "an empty file is empty": async (at) => {
    const seen = [];
    const file = await signed(at).downloadFile({ repo: "ada/odd-files", path: "empty.txt", onProgress: (it) => seen.push(it) });
    same([file.size, (await file.bytes()).length, seen], [0, 0, []]);
    has((await fails(signed(at).downloadFile({ repo: "ada/odd-files", path: "empty.txt", range: [0, 1] }), "range_mismatch")).hint, "within the file");
  },

  "a file is asked for by its own name": async (at) => {
    for (const path of ["100%.txt", "a b?c#d%20e&f=g+h.txt", "dir/sub/deep.txt", "dir/ünï çode/日本.txt", "quote\"s and 'more'.txt", "semi;colon,comma.txt"]) {
      await at.control.forget();
      same(await (await signed(at).downloadFile({ repo: "ada/odd-files", path })).text(), `I am ${path}\n`, path);
      same(decodeURIComponent((await at.control.requests())[0].path), `/ada/odd-files/resolve/main/${path}`);
    }
  },

  "a path that climbs or cannot be sent is refused, and nothing is": async (at) => {
    const bad = ["", "/", "/config.json", "a//b", "a/", ".", "..", "../x", "a/../../x", "a/..", "%2e%2e/x", "a/%2E%2e/x", ".%2e/x", "a\\b", "..\\x", "\tx", "\t../x", "a\nb", "a\0b", "a\x7fb"];
    for (const path of bad) await fails(signed(at).downloadFile({ repo: "ada/tiny", path }), "invalid_path", path);
    await fails(signed(at).downloadFile({ repo: "ada/tiny" }), "invalid_path");
    for (const path of [{}, [], null]) yes(["invalid_path", "invalid_argument"].includes((await caught(signed(at).downloadFile({ repo: "ada/tiny", path }))).code));
    await fails(signed(at).downloadFile({ repo: "ada/../tiny", path: "x" }), "invalid_repo");
    await fails(signed(at).downloadFile({ path: "x" }), "invalid_repo");
    await fails(signed(at).downloadFile({ ...SMALL, type: "modle" }), "invalid_argument");
    for (const revision of ["", ".", ".."]) await fails(signed(at).downloadFile({ ...SMALL, revision }), "invalid_path");
    same(await at.control.lines(), []);
  },

  "a revision is one part of the path, and a dataset has its own place": async (at) => {
    await (await signed(at).downloadFile({ ...SMALL, revision: "refs/pr/1" })).text();
    await caught(signed(at).downloadFile({ repo: "ada/none", type: "dataset", path: "a/b" }));
    await caught(signed(at).downloadFile({ repo: "ada/none", type: "space", path: "a" }));
    const paths = (await at.control.requests()).map((it) => it.path);
    same(paths.filter((it) => !it.startsWith("/api/")), ["/ada/tiny/resolve/refs%2Fpr%2F1/config.json", "/datasets/ada/none/resolve/main/a/b", "/spaces/ada/none/resolve/main/a"]);
  },

  "a name that was moved is followed": async (at) => {
    const file = await signed(at).downloadFile({ repo: "gpt2", path: "config.json" });
    has(await file.text(), "LocalForCausalLM");
  },

  "what is absent or behind a gate is told apart": async (at) => {
    const hub = signed(at);
    same((await fails(hub.downloadFile({ repo: "ada/tiny", path: "none.txt" }), "entry_not_found")).status, 404);
    await fails(hub.downloadFile({ ...SMALL, revision: "nope" }), "revision_not_found");
    await fails(hub.downloadFile({ repo: "ada/none", path: "x" }), "repo_not_found");
    same((await fails(hub.downloadFile({ repo: "grace/gated-pending", path: "config.json" }), "gated_repo")).state, "pending");
    await fails(hub.downloadFile({ repo: "ada/none", path: "x", token: false }), "unauthorized");
    await fails(hub.downloadFile({ repo: "ada/none", path: "x", token: at.token("testrevoked") }), "invalid_token");
    await fails(hub.downloadFile({ ...SMALL, token: undefined }), "invalid_token_format");
    same((await hub.downloadFile({ ...SMALL, token: false })).contentType, "text/plain; charset=utf-8");
  },

  "a range is as slice counts": async (at) => {
    const whole = await plainly(at, LARGE);
    for (const range of [[0, 8], [8], [100, 200], [4999], [4999, 5000], [0, 5000], [4990, 9000], [0], [7, undefined], [7, null], [7, Infinity]]) {
      const file = await signed(at).downloadFile({ ...LARGE, range });
      equal(await file.bytes(), whole.subarray(range[0], range[1] ?? undefined), JSON.stringify(range));
      same(file.size, 5000);
    }
    const error = await fails(signed(at).downloadFile({ ...LARGE, range: [5000, 5001] }), "range_mismatch");
    has(error.message, "5000");
    has(error.hint, "within the file");
  },

  "what is no range and no function is refused, and nothing is sent": async (at) => {
    for (const range of [[], [-1], [5, 5], [5, 4], [0.5, 2], ["0", "8"], [NaN], [0, NaN], [2 ** 53], [Infinity], [-8], "0-8", 8, {}, true, [null], [{}], [0, {}], [0, "9"]]) await fails(signed(at).downloadFile({ ...LARGE, range }), "invalid_argument", String(range));
    const odd = new Proxy([0, 8], { get() { throw new Error("mine"); } });
    await fails(signed(at).downloadFile({ ...LARGE, range: odd }), "invalid_argument");
    for (const onProgress of [5, "x", {}, true]) await fails(signed(at).downloadFile({ ...LARGE, onProgress }), "invalid_argument");
    for (const options of [undefined, null]) await fails(signed(at).downloadFile(options), "invalid_repo");
    await fails(signed(at).downloadFile("ada/tiny"), "invalid_argument");
    same(await at.control.lines(), []);
    same((await (await signed(at).downloadFile({ ...LARGE, range: null, onProgress: null })).bytes()).length, 5000);
  },

  "progress is told after each chunk": async (at) => {
    await at.control.fault(CDN, { type: "drip", bytes: 2000, everyMs: 20 });
    const seen = [];
    const file = await signed(at).downloadFile({ ...LARGE, onProgress: (it) => seen.push({ ...it }) });
    same(seen, []);
    await file.bytes();
    yes(seen.length >= 2 && seen.every((it, n) => it.total === 5000 && it.loaded > (seen[n - 1]?.loaded ?? 0)), JSON.stringify(seen));
    same(seen.at(-1).loaded, 5000);
    seen.length = 0;
    await (await signed(at).downloadFile({ ...LARGE, range: [1000, 1100], onProgress: (it) => seen.push({ ...it }) })).bytes();
    same(seen.at(-1), { loaded: 100, total: 100 });
  },

  "HF_HUB_DISABLE_PROGRESS_BARS turns progress off": async ({ hubkey, hubUrl, token }) => {
    for (const [value, count] of [["1", 0], ["true", 0], ["0", 1], ["", 1], [undefined, 1]]) {
      const seen = [];
      const hub = hubkey.Hub.fromEnv({ HF_TOKEN: token("testwrite"), HF_ENDPOINT: hubUrl, HF_HUB_DISABLE_PROGRESS_BARS: value });
      await (await hub.downloadFile({ ...LARGE, repo: "ada/tiny", path: "config.json", onProgress: (it) => seen.push(it) })).bytes();
      same(Math.min(seen.length, 1), count, `${value}`);
    }
  },

  "progress that throws ends it with the caller's own error": async (at) => {
    await at.control.fault(CDN, { type: "drip", bytes: 100, everyMs: 20 }, 2);
    const repos = await models(at, 2);
    for (const mine of [new Error("mine"), null]) {
      const file = await signed(at).downloadFile({ ...LARGE, repo: repos.pop(), onProgress() { throw mine; } });
      same(await caught(file.bytes()), mine);
      await closed(at);
    }
  },

  "after a cut it goes on where it was, if the file is the same": async (at) => {
    const repos = await models(at, 8);
    for (const type of ["cut", "cut_chunked"])
      for (const [what, on] of [[LARGE, CDN], [SMALL, CACHE]])
        for (const range of [undefined, [10, 150]]) {
          const one = { ...what, repo: repos.pop() };
          const whole = await plainly(at, one);
          await at.control.forget();
          await at.control.fault(on, { type, bytes: 50 }, 2);
          const bytes = await (await signed(at).downloadFile({ ...one, range })).bytes();
          equal(bytes, whole.subarray(...(range ?? [])));
          const [from, to] = range ? [10, 149] : [0, ""];
          const seen = await asked(at);
          yes(seen.length > 1, "it asked again");
          if (PAGE) continue;
          same(seen.map((it) => it[0]), [`bytes=${from}-${to}`, `bytes=${from + 50}-${to}`, `bytes=${from + 100}-${to}`], type);
          yes(seen[0][1] === undefined && seen[1][1]?.startsWith('"') && seen[2][1] === seen[1][1], "If-Match goes along");
        }
  },

  "three tries without a byte are enough": async (at) => {
    await at.control.fault(CDN, { type: "cut", bytes: 2000 });
    await at.control.fault(CDN, { type: "cut", bytes: 0 }, 2);
    const file = await signed(at).downloadFile(LARGE);
    const error = await fails(file.bytes(), "truncated");
    has(error.message, "2000", "5000");
    same((await asked(at)).map((it) => it[0].split("-")[0]), ["bytes=0", "bytes=2000", "bytes=2000"]);
  },

  "how often is the caller's to say, and the client's": async (at) => {
    for (const [options, more, count] of [[{ maxRetries: 0 }, {}, 1], [{}, { maxRetries: 0 }, 1], [{ maxRetries: 0 }, { maxRetries: 1 }, 2]]) {
      await at.control.forget();
      await at.control.fault(CDN, { type: "cut", bytes: 0 }, count);
      await fails((await signed(at, options).downloadFile({ ...LARGE, ...more })).bytes(), "truncated");
      same((await asked(at)).length, count);
    }
  },

  "a server that gives a byte at a time is left in the end": async (at) => {
    let count = 0;
    const hub = mocked(at, ({ headers }) => {
      const from = Number(/\d+/.exec(headers.get("range"))[0]);
      count++;
      return answer(["x"], { ...ABC, "content-range": `bytes ${from}-99999/100000` }, { broken: true });
    });
    const random = Math.random;
    Math.random = () => 0;
    try { await fails((await hub.downloadFile({ repo: "a/b", path: "c" })).bytes(), "truncated"); } finally { Math.random = random; }
    same(count, 101);
  },

  "a file that changed is never mixed": async (at) => {
    const other = { type: "headers", headers: { etag: '"other"' } };
    const repos = await models(at, 5);
    for (const [second, words] of [[other, "changed"], [{ type: "status", status: 412, body: "" }, "changed"], [{ type: "hears", headers: { range: "bytes=60-" } }, "part"], [{ type: "hears", headers: { range: null } }, ""],
      [{ type: "body", status: 206, body: "x", headers: { etag: '"other"', "content-range": "bytes 50-50/51" } }, "changed"]]) {
      await at.control.fault(CACHE, { type: "cut", bytes: 50 });
      await at.control.fault(CACHE, second);
      const { text, error } = await drained((await signed(at).downloadFile({ ...SMALL, repo: repos.pop() })).stream);
      // Chromium's cache may see the change first, and ask for all of it.
      if (PAGE ? !error : !words) same(text, new TextDecoder().decode(await plainly(at, SMALL)), "all of it, and what was there already left out");
      else {
        same([text.length, error.code, error.retryable], [50, "range_mismatch", true]);
        if (!PAGE) has(error.message, words);
      }
    }
  },

  "a size that changed is a change": async (at) => {
    let count = 0;
    const hub = mocked(at, () => (count++ ? answer(["de"], { ...ABC, "content-range": "bytes 3-4/5" }) : answer(["abc"], { ...ABC, "content-range": "bytes 0-5/6" }, { broken: true })));
    const { text, error } = await drained((await hub.downloadFile({ repo: "a/b", path: "c" })).stream);
    same([text, error.code], ["abc", "range_mismatch"]);
  },

  "what cannot be proven to be the same is not gone on with": async (at) => {
    for (const etag of [undefined, 'W/"abc"']) {
      const tag = etag && { etag };
      const hub = mocked(at, () => answer(["abc"], { ...tag, "content-range": "bytes 0-5/6" }, { broken: true }));
      const { text, error } = await drained((await hub.downloadFile({ repo: "a/b", path: "c" })).stream);
      same([text, error.code], ["abc", "truncated"], String(etag));
    }
    let count = 0;
    const hub = mocked(at, () => (count++ ? answer(["def"], { "content-range": "bytes 3-5/6" }) : answer(["abc"], { ...ABC, "content-range": "bytes 0-5/6" }, { broken: true })));
    const { text, error } = await drained((await hub.downloadFile({ repo: "a/b", path: "c" })).stream);
    same([text, error.code, count], ["abc", "truncated", 2]);
  },

  "a commit or the Hub's own hash proves it too": async (at) => {
    for (const name of ["x-repo-commit", "x-linked-etag"]) {
      let count = 0;
      const hub = mocked(at, ({ headers }) => {
        same(headers.get("if-match"), null);
        const same_ = { [name]: '"0123"', etag: 'W/"weak"' };
        return count++ ? answer(["def"], { ...same_, "content-range": "bytes 3-5/6" }) : answer(["abc"], { ...same_, "content-range": "bytes 0-5/6" }, { broken: true });
      });
      same(await (await hub.downloadFile({ repo: "a/b", path: "c" })).text(), "abcdef");
    }
  },

  "a range that is ignored gives the slice, one that is shifted nothing": async (at) => {
    const repos = await models(at, 5);
    const whole = await plainly(at, LARGE);
    await at.control.fault(CDN, { type: "hears", headers: { range: null } });
    const file = await signed(at).downloadFile({ ...LARGE, repo: repos.pop(), range: [100, 200] });
    equal(await file.bytes(), whole.subarray(100, 200));
    same(file.size, PAGE ? undefined : 5000);
    for (const fault of [{ type: "hears", headers: { range: "bytes=99-199" } }, { type: "hears", headers: { range: "bytes=101-199" } }, { type: "headers", headers: { "content-range": null } }, { type: "headers", headers: { "content-range": "bytes x" } }]) {
      await at.control.fault(CDN, fault);
      await fails(signed(at).downloadFile({ ...LARGE, repo: repos.pop(), range: [100, 200] }), "range_mismatch", JSON.stringify(fault));
    }
    const hub = mocked(at, () => answer(["abc"], ABC, { status: 200 }));
    await fails((await hub.downloadFile({ repo: "a/b", path: "c", range: [3, 4] })).bytes(), "range_mismatch");
    await fails(mocked(at, () => answer(["abc"], { "content-length": "3" }, { status: 200 })).downloadFile({ repo: "a/b", path: "c", range: [3, 4] }), "range_mismatch");
  },

  "a part that hides which it is is asked for again as a whole": async (at) => {
    await at.control.fault(CACHE, { type: "headers", headers: { "content-range": null } });
    equal(await (await signed(at).downloadFile(SMALL)).bytes(), await plainly(at, SMALL));
    same((await asked(at)).slice(0, 2).map((it) => it[0]), ["bytes=0-", undefined]);
  },

  "more bytes than the file has are not handed out": async (at) => {
    for (const [headers, how] of [[{ "content-range": "bytes 0-4/5" }], [{ "x-linked-size": "5" }, { status: 200 }]]) {
      const { text, error } = await drained((await mocked(at, () => answer(["ab", "cdefg"], headers, how)).downloadFile({ repo: "a/b", path: "c" })).stream);
      same([text, error.code], ["ab", "invalid_response"]);
      const late = await drained((await mocked(at, () => answer(["abcde", "f"], headers, how)).downloadFile({ repo: "a/b", path: "c" })).stream);
      same([late.text, late.error.code], ["abcde", "invalid_response"]);
    }
    // Without the Hub's own word on its size nobody can tell.
    if (PAGE) return;
    await at.control.fault(CDN, { type: "gzip", bytes: 1_000_000 });
    const { text, error } = await drained((await signed(at).downloadFile(LARGE)).stream);
    yes(text.length <= 5000, `${text.length}`);
    same(error.code, "invalid_response");
  },

  "fewer bytes than the Hub said are too few, however the connection ends": async (at) => {
    const sent = (body, headers, status) => ({ url }) => (url.startsWith("https://hub") ? new Response(null, { status: 302, headers: { location: "https://cdn.example/x", "x-linked-size": "6" } }) : answer(body, headers, { status }));
    await fails((await mocked(at, sent(["abc"], {}, 200)).downloadFile({ repo: "a/b", path: "c" })).bytes(), "truncated");
    await fails(mocked(at, sent(["abc"], { "content-range": "bytes 0-2/3" }, 206)).downloadFile({ repo: "a/b", path: "c" }), "range_mismatch");
    let count = 0;
    const hub = mocked(at, () => (count++ ? answer(["def"], { ...ABC, "content-range": "bytes 3-5/6" }) : answer(["abc"], { ...ABC, "content-range": "bytes 0-5/6" })));
    same(await (await hub.downloadFile({ repo: "a/b", path: "c" })).text(), "abcdef");
  },

  "a length that is not that of the unpacked body is not believed": async (at) => {
    const file = await mocked(at, () => answer(["abcdef"], { "content-length": "3", "content-encoding": "gzip" }, { status: 200 })).downloadFile({ repo: "a/b", path: "c" });
    same([file.size, await file.text()], [undefined, "abcdef"]);
  },

  "nothing is read ahead": async (at) => {
    let pulled = 0;
    const body = () => new ReadableStream({ pull(it) { pulled++; it.enqueue(new Uint8Array(10)); } }, { highWaterMark: 0 });
    const file = await mocked(at, () => new Response(body(), { status: 206, headers: { ...ABC, "content-range": "bytes 0-999999/1000000" } })).downloadFile({ repo: "a/b", path: "c" });
    await pause(20);
    same(pulled, 0);
    const reader = file.stream.getReader();
    for (let count = 1; count < 5; count++) {
      await reader.read();
      await pause(5);
      same(pulled, count);
    }
    await reader.cancel();
    same(pulled, 4);
  },

  "whoever leaves closes the connection": async (at) => {
    const repos = await models(at, 3);
    for (const leave of [
      async (file) => { for await (const chunk of file.stream) if (chunk) break; },
      (file) => file.stream.cancel(),
      async (file) => { const reader = file.stream.getReader(); await reader.read(); await reader.cancel("enough"); },
    ]) {
      await at.control.forget();
      await at.control.fault(CDN, { type: "stall", bytes: 100 });
      await leave(await signed(at).downloadFile({ ...LARGE, repo: repos.pop() }));
      await closed(at);
      same((await gets(at)).length, 2, "and nothing is asked for again");
    }
  },

  "whoever leaves while it asks again gets no more": async (at) => {
    await at.control.fault(CDN, { type: "cut", bytes: 100 });
    await at.control.fault(CDN, { type: "delay", ms: 100 });
    const reader = (await signed(at).downloadFile(LARGE)).stream.getReader();
    await reader.read();
    const last = reader.read();
    await until(async () => (await gets(at)).length === 4, "it asked again");
    await reader.cancel();
    same((await last).done, true);
    await pause(150);
    same((await gets(at)).length, 4);
  },

  "a signal ends it before, during and while nobody reads": async (at) => {
    const reason = new Error("enough");
    const early = await fails(signed(at).downloadFile({ ...LARGE, signal: AbortSignal.abort(reason) }), "aborted");
    yes(early.cause === reason);
    same(await at.control.lines(), []);
    const repos = await models(at, 2);
    for (const reads of [true, false]) {
      await at.control.fault(CDN, { type: "stall", bytes: 100 });
      const stop = new AbortController();
      const file = await signed(at).downloadFile({ ...LARGE, repo: repos.pop(), signal: stop.signal });
      const under = reads && caught(file.bytes());
      if (reads) await pause(50);
      stop.abort(reason);
      const error = await (under || caught(file.bytes()));
      same([error.code, error.name], ["aborted", "AbortError"]);
      yes(error.cause === reason);
      await closed(at);
    }
  },

  "a signal ends it while it asks again": async (at) => {
    await at.control.fault(CDN, { type: "cut", bytes: 100 });
    await at.control.fault(CDN, { type: "silence" });
    const stop = new AbortController();
    const under = caught((await signed(at).downloadFile({ ...LARGE, signal: stop.signal })).bytes());
    await until(async () => (await gets(at)).length === 4, "it asked again");
    stop.abort();
    same((await under).code, "aborted");
    await closed(at);
  },

  "a signal that lives long gathers no listeners": async (at) => {
    const stop = new AbortController();
    let listening = 0;
    const { signal } = stop;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...args) => (listening++, add(...args));
    signal.removeEventListener = (...args) => (listening--, remove(...args));
    const hub = signed(at);
    await (await hub.downloadFile({ ...LARGE, signal })).bytes();
    await (await hub.downloadFile({ ...LARGE, signal })).stream.cancel();
    await caught((await hub.downloadFile({ ...LARGE, signal, onProgress() { throw 1; } })).bytes());
    await caught(hub.downloadFile({ repo: "ada/none", path: "x", signal }));
    yes(listening <= 0, `${listening} are left`);
  },

  "silence before the headers is a timeout": async (at) => {
    await at.control.fault({ path: "/ada/tiny/resolve/main/config.json" }, { type: "silence" }, 0);
    await fails(signed(at).downloadFile({ ...SMALL, timeoutMs: 80 }), "timeout");
  },

  "silence between chunks counts as a cut, and silence for good is a timeout": async (at) => {
    await at.control.fault(CDN, { type: "stall", bytes: 2000 });
    const bytes = await (await signed(at).downloadFile({ ...LARGE, timeoutMs: 500 })).bytes();
    equal(bytes, await plainly(at, LARGE));
    await at.control.fault(CDN, { type: "stall", bytes: 0 }, 3);
    await fails((await signed(at, { timeoutMs: 500 }).downloadFile({ ...LARGE, repo: "ada/odd-files" })).bytes(), "timeout");
    same(await at.control.waiting(), []);
  },

  "a slow reader is no silence": async (at) => {
    const reader = (await signed(at).downloadFile({ ...LARGE, timeoutMs: 500 })).stream.getReader();
    let count = 0;
    for (let it; !(it = await reader.read()).done; await pause(600)) count += it.value.length;
    same([count, (await asked(at)).length], [5000, 1]);
  },

  "no limit means none": async (at) => {
    await at.control.fault(CDN, { type: "drip", bytes: 2500, everyMs: 120 });
    same((await (await signed(at, { timeoutMs: 60 }).downloadFile({ ...LARGE, timeoutMs: 0 })).bytes()).length, 5000);
    same((await asked(at)).length, 1);
  },

  "a file is read once, and says so": async (at) => {
    const file = await signed(at).downloadFile(SMALL);
    await file.text();
    for (const again of ["bytes", "text", "json", "blob"]) await fails(file[again](), "invalid_argument");
    const card = await signed(at).downloadFile({ repo: "ada/tiny", path: "README.md" });
    await fails(card.json(), "invalid_response");
  },

  "two at once do not meet": async (at) => {
    await at.control.fault(CDN, { type: "cut", bytes: 1000 }, 2);
    const hub = signed(at);
    const [large, small, again] = await Promise.all([LARGE, SMALL, LARGE].map(async (what) => (await hub.downloadFile(what)).bytes()));
    equal(large, await plainly(at, LARGE));
    equal(again, large);
    equal(small, await plainly(at, SMALL));
  },

  "the token is in no error of a download": async (at) => {
    const token = at.token("testread");
    await at.control.fault(CDN, { type: "cut", bytes: 0 }, 0);
    const error = await fails((await signed(at).downloadFile(LARGE)).bytes(), "truncated");
    lacks(at.inspect(error), token);
    const hub = mocked(at, ({ url }) => (url.includes("hub.example") ? redirect("https://cdn.example/x?Signature=secret") : new Response("no", { status: 403 })));
    const refused = await caught(hub.downloadFile({ repo: "a/b", path: "c" }));
    lacks(at.inspect(refused), NOBODYS);
    lacks(at.inspect(refused), "secret");
  },

  "a fetch of another make serves too": async (at) => {
    same(await (await mocked(at, () => new Response(null, { status: 200, headers: { "content-length": "0" } })).downloadFile({ repo: "a/b", path: "c" })).text(), "");
    const odd = { status: 200, ok: true, headers: new Headers(), text: async () => "", body: { pipe() {} } };
    const error = await caught(mocked(at, () => odd).downloadFile({ repo: "a/b", path: "c" }));
    same(error.code, "invalid_response");
    const texts = () => ({ status: 200, headers: new Headers(), text: async () => "", body: new ReadableStream({ start: (it) => it.enqueue("text") }) });
    await fails((await mocked(at, texts).downloadFile({ repo: "a/b", path: "c" })).bytes(), "invalid_response");
    await fails(mocked(at, () => ({ status: 200, headers: new Headers(), text: async () => "all of it" })).downloadFile({ repo: "a/b", path: "c" }), "invalid_response");
  },
};
