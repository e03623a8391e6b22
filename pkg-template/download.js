// A file as a stream. After a cut it goes on where it was, if what comes then is provably of the same file.

import { refuse } from "./error.js";
import { LONGEST, within } from "./host.js";
import { own, patience, reading } from "./options.js";

/** Times that it asks again without a byte between them, unless the caller says another number; and times in all. */
const FEW = 2, MANY = 100;
const LATE = Symbol();
const SOME = /^bytes (\d+)-(\d+)\/(\d+|\*)$/;

const changed = (message, cause) => refuse("range_mismatch", message, "start again; a file of a commit, `revision: file.commit`, never changes", cause, true);
/** No other try would help. */
const BEYOND = { hint: "ask for a range within the file: `size` of a download says how long it is" };
const odd = () => refuse("invalid_response", "fetch gave something that is no stream of bytes", "look at the fetch that is handed in");
const number = (text) => (/^\d+$/.test(text) ? +text : undefined);

/** Of a stand-in for fetch it may be anything. */
const read = (headers, name) => { try { return `${headers.get(name) ?? ""}`; } catch { return ""; } };

/** From which byte, and before which. */
const bounds = (range) => {
  if (range == null) return [0, Infinity];
  const [start, end] = Array.isArray(range) ? range : [], until = end ?? Infinity;
  if (!(Number.isSafeInteger(start) && start >= 0 && until > start && (until === Infinity || Number.isSafeInteger(until))))
    throw refuse("invalid_argument", "`range` should be [start, end] in bytes", "counted as slice does: [0, 8] are the first eight, [8] all but these");
  return [start, until];
};

/** @param {(options: object, said: object) => Promise<Response>} run sends one request */
export const download = async (run, options, usual, env) => {
  const all = own(options), { range, onProgress } = all;
  delete all.range;
  delete all.onProgress;
  const { signal } = reading(() => patience(all));
  const [start, until] = reading(() => bounds(range));
  const tell = /^(1|on|yes|true)$/i.test(env?.HF_HUB_DISABLE_PROGRESS_BARS) ? undefined : onProgress;
  if (onProgress != null && typeof onProgress !== "function") throw refuse("invalid_argument", "`onProgress` should be a function", "it is called as onProgress({ loaded, total })");

  /** An answer whose bytes begin there or before. `before` is what went before it; `whole` asks without a range. */
  const ask = async (from, before, whole) => {
    const told = { __proto__: null }, headers = { __proto__: null };
    // Also for the whole: a range is never packed for the way, and its answer says the size where a page is not told the length.
    if (!whole) headers.range = `bytes=${from}-${until < Infinity ? until - 1 : ""}`;
    if (before?.match) headers["if-match"] = before.match;
    let ms, line;
    const file = ({ headers }, timeoutMs, controller) => {
      [ms, line] = [timeoutMs, controller];
      // The Hub's own words come before those of the place to which it sends.
      for (const name of ["x-linked-size", "x-linked-etag", "x-repo-commit"]) told[name] ||= read(headers, name);
    };
    let response;
    try { response = await run(all, { init: { headers }, file }); }
    catch (error) {
      if (error.status === 412) throw changed("the file changed while it was downloaded", error);
      // Of an empty file every range lies outside.
      if (error.status === 416 && range == null && !from) return ask(from, before, true);
      if (error.status === 416 && !before) throw Object.assign(error, BEYOND);
      throw error;
    }
    const { headers: answered, type, status } = response;
    let reader;
    try { reader = (response.body ?? new Response("").body).getReader(); } catch { throw odd(); }
    // Chromium minds a stream that was cancelled only when the next byte comes, and a fetch that is handed in may mind no signal.
    const leave = () => (line.abort(), reader.cancel().catch(() => {}));
    const fail = (error) => (leave(), error);
    const said = status === 206 && SOME.exec(read(answered, "content-range"));
    if (status === 206 && !(said && +said[1] === from)) {
      // A page may not be told which part it is.
      if (!said && range == null && !from && !whole) return fail(ask(from, before, true));
      throw fail(changed("the answer is not the part of the file that was asked for"));
    }
    const length = read(answered, "content-length");
    // A packed body has another length, and of another origin's a page is not told whether it is.
    const size = number(told["x-linked-size"]) ?? number(said ? said[3] : length === "0" || (type !== "cors" && !read(answered, "content-encoding")) ? length : "");
    if (said && size !== undefined && number(said[3]) !== undefined && +said[3] !== size) throw fail(changed(`the Hub says that the file has ${size} bytes, and its bytes' place says ${said[3]}`));
    if (start && from >= size) throw fail(Object.assign(changed(`the file has ${size} bytes, and the range begins behind them`), BEYOND));
    const etag = read(answered, "etag"), strong = etag.startsWith('"') ? etag : "";
    // What proves it to be the same. In a page the tag is compared and not sent: If-Match would need a preflight, which the
    // place to which the Hub sends may refuse.
    const tag = strong || told["x-linked-etag"] || told["x-repo-commit"];
    if (before?.tag && tag !== before.tag) throw fail(tag ? changed("the file changed while it was downloaded") : cut());
    if (before && size !== before.size) throw fail(changed("the file changed its size while it was downloaded"));
    return {
      reader, leave, size, tag, ms,
      match: type === "cors" ? "" : strong,
      last: said ? +said[2] + 1 : size,
      skip: said ? 0 : from,
      etag: (told["x-linked-etag"] || etag).replace(/^W\/|"/g, "") || undefined,
      commit: told["x-repo-commit"] || undefined,
      contentType: read(answered, "content-type") || undefined,
    };
  };

  let at = start, bad = 0, left = MANY, over = false, failed, controller;
  const cut = (late) => late
    ? refuse("timeout", `no byte came in time, after ${at - start} of ${total ?? "an unknown number"}`, "try again, or give more time with timeoutMs", undefined, true)
    : refuse("truncated", `the download was cut off after ${at - start} bytes of ${total ?? "an unknown number"}`, "try again from there with `range`", undefined, true);
  let now = await ask(start);
  const first = now, { size } = first;
  const known = size ?? first.last, end = Math.min(until, known ?? Infinity);
  const total = end < Infinity ? end - start : undefined;

  const finish = (...error) => {
    if (over) return;
    over = true;
    signal?.removeEventListener("abort", stop);
    now.leave();
    if (!error.length) return controller.close();
    failed = error;
    controller.error(error[0]);
  };
  const stop = () => finish(refuse("aborted", "the call was aborted", "the caller's signal ended it", signal.reason));

  /** One chunk, in one request or the next. */
  const pull = async () => {
    while (!over) {
      const next = (async () => now.reader.read())(), { ms } = first;
      const { done, value, error } = await (ms > 0 ? within(Math.min(ms, LONGEST), next, LATE) : next).catch((error) => ({ error }));
      if (over) return;
      if (value && typeof value.subarray !== "function") return finish(odd());
      if (value && !done) {
        const gone = Math.min(now.skip, value.length), room = end - at;
        now.skip -= gone;
        let chunk = gone ? value.subarray(gone) : value;
        const more = chunk.length > room;
        if (more && end === size) return finish(refuse("invalid_response", `more bytes came than the ${size} of the file`, "look for a proxy in between, and check the endpoint"));
        if (more) chunk = chunk.subarray(0, room);
        if (chunk.length) {
          at += chunk.length;
          bad = 0;
          controller.enqueue(chunk);
          try { tell?.({ loaded: at - start, total }); } catch (error) { return finish(error); }
        }
        // The range was ignored, and what is behind it is nobody's.
        if (more) return finish();
        if (chunk.length) return;
        continue;
      }
      if (done && known === undefined && start && at === start) return finish(changed("the file ends before the range begins"));
      if (at >= end || (done && known === undefined)) return finish();
      now.leave();
      const told = cut(error === LATE);
      if (++bad > (all.maxRetries ?? usual ?? FEW) || !left-- || (at > start && !first.tag)) return finish(told);
      await new Promise((done) => setTimeout(done, Math.random() * 100 * 2 ** bad));
      if (over) return;
      try { now = await ask(at, first); } catch (error) { return finish(error); }
      // Somebody left meanwhile.
      if (over) now.leave();
    }
  };

  const stream = new ReadableStream({
    start(it) {
      controller = it;
      signal?.addEventListener("abort", stop);
      if (signal?.aborted) stop();
    },
    pull,
    cancel() {
      over = true;
      signal?.removeEventListener("abort", stop);
      return now.leave();
    },
  }, { highWaterMark: 0 });

  const as = async (how) => {
    try { return await new Response(stream, { headers: { "content-type": first.contentType ?? "" } })[how](); }
    catch (error) {
      if (failed) throw failed[0];
      if (error instanceof SyntaxError) throw refuse("invalid_response", "the file is not JSON", "read it with text() or bytes()");
      throw refuse("invalid_argument", "the file's stream is being read already", "a download is read once; for a second time ask again");
    }
  };
  const { etag, commit, contentType } = first;
  return {
    size, etag, commit, contentType, stream,
    bytes: async () => new Uint8Array(await as("arrayBuffer")),
    text: () => as("text"),
    json: () => as("json"),
    blob: () => as("blob"),
  };
};
