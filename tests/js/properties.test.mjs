// Properties, with random inputs: token clean-up, paging, redaction, paths. A failure prints its seed and its smallest case.
import { test } from "node:test";
import fc from "fast-check";
import { shelf } from "./cases/paging.mjs";
import { ECHOES } from "./cases/redaction.mjs";
import { collect } from "./cases/models.mjs";
import { caught, hides, same, yes } from "./support/check.mjs";
import { ENTRY } from "./support/entry.mjs";
import { thorough } from "./support/node.mjs";
import { json, redirect, spy } from "./support/spy.mjs";

const { Hub, isHubError, maskToken, tokenKind } = await import(ENTRY);
const HUB = "https://hub.example";
const runs = { numRuns: Number(process.env.HUBKEY_RUNS ?? 200) };
const holds = (name, ...rest) => {
  const [body, ...arbitraries] = rest.reverse();
  test(name, () => fc.assert(fc.asyncProperty(...arbitraries.reverse(), body), runs));
};

const letters = (text) => fc.constantFrom(...text);
const ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const word = (length, of = ALNUM) => fc.array(letters(of), { minLength: length, maxLength: length }).map((it) => it.join(""));
const part = fc.integer({ min: 20, max: 120 }).chain((length) => word(length, `${ALNUM}-_`));
const jwt = fc.tuple(part, part, part).map((it) => it.join("."));

/** Every kind that the Hub takes as a bearer. */
const token = fc.oneof(word(34).map((it) => `hf_${it}`), jwt.map((it) => `hf_oauth_${it}`), jwt.map((it) => `hf_jwt_${it}`), word(32).map((it) => `hf_app_${it}`));
const blank = fc.array(letters(" \t\r\n\v\f\u00a0\ufeff\u2028\u3000"), { maxLength: 6 }).map((it) => it.join(""));
const anything = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.stringMatching(/^hf_[ -~]{0,50}$/));

holds("a token survives whatever blanks stand around it", token, blank, blank, async (it, before, after) => {
  const hub = new Hub({ token: before + it + after });
  same(await hub.getToken(), it);
  same(await hub.authHeaders(), { Authorization: `Bearer ${it}` });
});

holds("any text is a token that may be a header, or is refused unseen", anything, async (it) => {
  const fetch = spy();
  for (const endpoint of [undefined, HUB]) {
    try {
      const kept = await new Hub({ token: it, endpoint, fetch }).getToken();
      yes(/^[!-~]+$/.test(kept) && it.includes(kept), "printable, and part of what was given");
      new Headers({ authorization: `Bearer ${kept}` });
    } catch (error) {
      yes(isHubError(error) && error.code === "invalid_token_format", `${error}`);
      if (it.trim().length > 12) hides(error, it, thorough);
    }
  }
  same(fetch.calls.length, 0);
});

holds("one wrong character anywhere is refused", token, fc.nat(), letters(" \t\r\n\0\x7fé\u200b\u2019\ud83d|\\^`{}[]<>\"'"), async (it, at, wrong) => {
  const inside = 1 + (at % (it.length - 1));
  const error = await caught(() => new Hub({ token: it.slice(0, inside) + wrong + it.slice(inside) }));
  same(error.code, "invalid_token_format");
  hides(error, it, thorough);
});

holds("a mask never tells more than seven characters", anything, async (it) => {
  const mask = maskToken(it);
  const [head, tail] = mask.split("****");
  yes(head.length <= 3 && tail.length <= 4 && it.includes(head) && it.includes(tail) && (it.length >= 16 || mask === "****" || /[^\0-\x7f]/.test(it)), mask);
  yes(["user", "oauth", "oauth_refresh", "jwt", "app", "s3", "client_secret", "org", "legacy", "unknown"].includes(tokenKind(it)));
});

holds("a list gives what there is, in order, with no request too many", fc.nat(60), fc.integer({ min: 1, max: 12 }), fc.option(fc.nat(70), { nil: undefined }),
  fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }), async (count, page, limit, pageSize) => {
  const fetch = shelf(count, page);
  const hub = new Hub({ endpoint: HUB, fetch });
  const all = await collect(hub.listModels({ limit, pageSize }));
  const wanted = Math.min(count, limit ?? Infinity);
  same(all.map((it) => it.id), Array.from({ length: wanted }, (_, at) => `m/${at}`));
  const size = Math.min(page, pageSize ?? Infinity);
  yes(fetch.calls.length <= Math.max(1, Math.ceil(wanted / size)), `${fetch.calls.length} requests for ${wanted} of ${count}, ${size} a page`);
  const pages = await collect(hub.listModels({ limit, pageSize }).pages());
  same(pages.flat(), all);
});

holds("stopping early asks for no page beyond", fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 60 }), async (count, page, stop) => {
  const fetch = shelf(count, page);
  let read = 0;
  for await (const _ of new Hub({ endpoint: HUB, fetch }).listModels()) if (++read === stop) break;
  same(read, Math.min(stop, count));
  if (stop <= count) same(fetch.calls.length, Math.ceil(stop / page));
});

holds("any Link header is followed at home or not at all", fc.oneof(anything, fc.webUrl().map((it) => `<${it}>; rel="next"`), anything.map((it) => `<${it}>; rel="next"`),
  anything.map((it) => `</api/models?${encodeURIComponent(it)}>; rel=next`)), async (link) => {
  let safe;
  try {
    safe = new Headers({ link });
  } catch {
    return;
  }
  let left = 3;
  const fetch = spy(() => new Response("[{}]", { headers: left-- > 0 ? safe : {} }));
  const hub = new Hub({ endpoint: HUB, fetch, token: "hf_".padEnd(37, "x") });
  const error = await collect(hub.listModels()).catch((it) => it);
  for (const it of fetch.calls) yes(it.url.startsWith(`${HUB}/`), it.url);
  yes(Array.isArray(error) || error.code === "cross_origin_link", `${error}`);
});

holds("any redirect target is reached without the token, or at home with it, or not at all",
  fc.oneof(anything, fc.webUrl(), fc.webUrl({ withFragments: true, withQueryParameters: true }).map((it) => it.replace("http:", "https:"))), letters(["GET", "POST", "PUT"]), async (to, method) => {
  let first = true;
  const fetch = spy(({ url }) => {
    if (!first) return json({ url });
    first = false;
    try {
      return redirect(to, 307);
    } catch {
      return json({});
    }
  });
  const hub = new Hub({ endpoint: HUB, fetch, token: "hf_".padEnd(37, "x") });
  const error = await hub.request("/x", { method, body: method === "GET" ? undefined : "body" }).catch((it) => it);
  const [, second] = fetch.calls;
  if (second) {
    const home = new URL(second.url).origin === HUB;
    same(Boolean(second.authorization), home, second.url);
    if (!home) same([method, second.init.body], ["GET", undefined]);
    yes(second.url.startsWith("https:"), second.url);
  } else if (error instanceof Error) yes(["cross_origin_redirect", "invalid_response"].includes(error.code), error.code);
});

holds("a token that a server repeats anywhere is in no error", token, letters(Object.keys(ECHOES)), fc.string({ maxLength: 40 }), async (it, where, around) => {
  const [status, body, headers = {}] = ECHOES[where](it);
  const wrapped = typeof body === "string" ? around + body : { ...body, note: around };
  const hub = new Hub({ endpoint: HUB, fetch: spy(() => json(wrapped, status, headers)), token: it });
  hides(await caught(hub.request("/x")), it, thorough);
  hides(await caught(hub.whoami()), it, thorough);
});

holds("a token that a server wraps in any words is in no error", token, anything, anything, letters(["error", "message", "error_description"]), async (it, before, after, key) => {
  // Glued to a letter or a digit it is no token any more; those two are told apart by what stands before.
  const text = `${before.replace(/[A-Za-z0-9]$/, "")}${it}${after.replace(/^[\w.~+/-]/, "")}`;
  const hub = new Hub({ endpoint: HUB, fetch: spy(() => json({ [key]: text, error: text }, 400)), token: it });
  hides(await caught(hub.request("/x")), it, thorough);
});

holds("a known token is in no error, whatever it is glued to", token, anything, anything, async (it, before, after) => {
  const hub = new Hub({ endpoint: HUB, fetch: spy(() => json({ error: before + it + after }, 400)), token: it });
  hides(await caught(hub.request("/x")), it, thorough);
});

holds("any path stays at the endpoint or is refused", fc.oneof(anything, anything.map((it) => `/${it}`), fc.webPath(),
  fc.array(letters(["..", ".", "a", "%2e", "%2E%2e", "\\", "/", "//", "?", "#", "@", ":", "\t", "\n"]), { maxLength: 12 }).map((it) => `/${it.join("/")}`)), async (path) => {
  const fetch = spy();
  const hub = new Hub({ endpoint: "https://hub.example/below", fetch, token: "hf_".padEnd(37, "x") });
  const error = await hub.request(path).catch((it) => it);
  if (fetch.calls.length) yes(/^https:\/\/hub\.example\/below(\/|$|\?)/.test(fetch.calls[0].url), fetch.calls[0].url);
  else same(error.code, "invalid_path");
});

holds("any repo name is asked for as itself or is refused", fc.oneof(anything, fc.tuple(anything, anything).map((it) => it.join("/")),
  fc.stringMatching(/^[\w.-]{1,12}\/[\w.-]{1,100}$/)), async (repo) => {
  const fetch = spy();
  const error = await new Hub({ endpoint: HUB, fetch }).modelInfo({ repo }).catch((it) => it);
  if (fetch.calls.length) same(fetch.calls[0].url, `${HUB}/api/models/${repo}`);
  else same(error.code, "invalid_repo");
});

holds("any query comes back from the wire as it was given", fc.dictionary(fc.string({ unit: "grapheme", minLength: 1 }),
  fc.oneof(fc.string({ unit: "grapheme" }), fc.boolean(), fc.integer(), fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 3 }))), async (query) => {
  const fetch = spy();
  await new Hub({ endpoint: HUB, fetch }).request("/x", { query });
  const given = Object.entries(query).flatMap(([key, value]) => [value].flat().map((it) => [key, String(it)]));
  same([...new URL(fetch.calls[0].url).searchParams], given);
});

holds("any JSON of the Hub passes through unchanged", fc.jsonValue({ maxDepth: 4 }), async (value) => {
  const hub = new Hub({ endpoint: HUB, fetch: spy(() => json(JSON.stringify(value))) });
  same(JSON.stringify(await hub.request("/x")), JSON.stringify(value));
  same(JSON.stringify(await hub.modelInfo({ repo: "a/b" })), JSON.stringify(value));
});

holds("any whoami is an identity or an invalid response", fc.oneof(fc.jsonValue({ maxDepth: 4 }),
  fc.record({ type: fc.string(), name: fc.string() }).chain((it) => fc.dictionary(letters(["id", "orgs", "auth", "email", "avatarUrl", "scope", "isPro"]),
  fc.jsonValue({ maxDepth: 4 })).map((more) => ({ ...more, ...it })))), async (body) => {
  const me = await new Hub({ endpoint: HUB, fetch: spy(() => json(JSON.stringify(body))), token: "hf_x123456789" }).whoami({ cache: false }).catch((it) => it);
  if (me instanceof Error) same(me.code, "invalid_response");
  else {
    same(JSON.stringify(me.raw), JSON.stringify(body));
    yes(Array.isArray(me.orgs) && typeof me.type === "string" && typeof me.name === "string" && typeof me.token.kind === "string");
  }
});
