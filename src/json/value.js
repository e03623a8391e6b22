// What the module asks of values that may be anybody's: proxies and getters throw, frozen ones refuse.
export const pick = (it, key) => { try { if (typeof it === "object" && it && Object.hasOwn(it, key)) return it[key]; } catch {} };
export const text = (it, key) => texts(pick(it, key));
export const number = (it, key) => { const value = pick(it, key); return typeof value === "number" ? value : NaN; };
export const flag = (it, key) => pick(it, key) === true;
export const peek = (it, key) => { try { return it[key]; } catch {} };
export const put = (it, key, value) => { try { it[key] = value; } catch {} };

// JSON has no undefined, so that is what is none.
export const parsed = (text) => { try { return JSON.parse(text); } catch {} };
export const stringified = (it) => { try { return JSON.stringify(it); } catch {} };

// Lists, as the module walks through them. Of what is no list, -1 items.
export const count = (it) => (Array.isArray(it) ? it.length : -1);
export const item = (it, at) => it[at];
export const first = (it, count) => it.slice(0, count);
export const keys = (it) => { try { return Object.keys(it); } catch { return []; } };
export const described = (code, message, hint, docs, retryable, status, retryAfterMs, requestId, request, named, detail, fix, cause, because) => {
  const all = { code, message, hint, docs, retryable, status, retryAfterMs, requestId, request, [named]: detail, fix, cause, because };
  for (const key in all) if (all[key] === undefined) delete all[key];
  return all;
};
/** Of a stand-in for fetch it may be anything. */
export const header = (of, names) => {
  for (const name of names.split(" ")) {
    try { const it = of.get(name); if (it != null) return `${it}`; } catch {}
  }
};
/** What an OAuth token says of its scopes: a list, or a row of words. */
export const scopes = (jwt) => {
  try {
    const { scope } = JSON.parse(atob(jwt.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
    return (typeof scope === "string" ? scope.split(" ") : scope).filter((it) => it && typeof it === "string");
  } catch {}
};
export const made = () => ({});
export const listed = () => [];
export const append = (list, it) => { list.push(it); };

const texts = (it) => (typeof it === "string" ? it : undefined);
const list = (it, make) => (Array.isArray(it) ? it.map(make).filter((it) => it !== undefined) : []);
const KINDS = {
  s: texts,
  b: (it) => (typeof it === "boolean" ? it : undefined),
  i: (it) => texts(it) ?? "",
  u: (it, _, [base]) => { try { return new URL(it.trim(), base).href; } catch {} },
  w: (it) => list(it, texts),
  l: (it, thing) => list(it, thing),
  n: (it, thing) => list(it, (it) => (texts(it) === undefined ? thing(it) : { name: it })),
  p: (it, thing) => (it == null ? undefined : list(it, thing)),
  o: (it, thing) => thing(it),
  r: (it) => it,
  k: (_, __, [, word]) => word,
};
const shaped = (it, rows, given) => {
  if (typeof it !== "object" || !it || Array.isArray(it)) return;
  const out = {};
  for (const { name, path, must, make, thing } of rows) {
    let value = it;
    for (const key of path) value = pick(value, key);
    value = make(value, (it) => shaped(it, thing, given), given);
    if (value !== undefined) out[name] = value;
    else if (must) return;
  }
  return out;
};
const read = (rows) => rows?.map(([kind, name, from = name, thing]) => {
  const small = kind.toLowerCase();
  return { name, path: from ? from.split(".") : [], must: kind !== small, make: KINDS[small], thing: read(thing) };
});
let known, last;
/** The language is described at `Value::shape`. There is one description so far, so one is remembered. */
export const shape = (it, rows, ...given) => {
  if (rows !== last) known = read(JSON.parse((last = rows)));
  return shaped(it, known, given);
};
