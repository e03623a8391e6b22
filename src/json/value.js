// What the module asks of values that may be anybody's: proxies and getters throw, frozen ones refuse.
export const pick = (it, key) => { try { if (typeof it === "object" && it && Object.hasOwn(it, key)) return it[key]; } catch {} };
export const peek = (it, key) => { try { return it[key]; } catch {} };
export const put = (it, key, value) => { try { it[key] = value; } catch {} };

// Lists, as the module walks through them. Of what is no list, -1 items.
export const count = (it) => (Array.isArray(it) ? it.length : -1);
export const item = (it, at) => it[at];
export const first = (it, count) => it.slice(0, count);
export const keys = (it) => { try { return Object.keys(it); } catch { return []; } };
/** Of a stand-in for fetch it may be anything. */
export const header = (of, name) => { try { const it = of.get(name); return it == null ? undefined : `${it}`; } catch {} };
export const made = () => ({});
export const listed = () => [];
export const append = (list, it) => { list.push(it); };

const text = (it) => (typeof it === "string" ? it : undefined);
const list = (it, make) => (Array.isArray(it) ? it.map(make).filter((it) => it !== undefined) : []);
const KINDS = {
  s: text,
  b: (it) => (typeof it === "boolean" ? it : undefined),
  i: (it) => text(it) ?? "",
  u: (it, _, base) => { try { return new URL(it.trim(), base).href; } catch {} },
  w: (it) => list(it, text),
  l: (it, thing) => list(it, thing),
  n: (it, thing) => list(it, (it) => (text(it) === undefined ? thing(it) : { name: it })),
  p: (it, thing) => (it == null ? undefined : list(it, thing)),
  o: (it, thing) => thing(it),
};
const shaped = (it, rows, base) => {
  if (typeof it !== "object" || !it || Array.isArray(it)) return;
  const out = {};
  for (const [kind, name, from = name, rows_] of rows) {
    const small = kind.toLowerCase();
    const made = KINDS[small](from ? from.split(".").reduce(pick, it) : it, (it) => shaped(it, rows_, base), base);
    if (made !== undefined) out[name] = made;
    else if (kind !== small) return;
  }
  return out;
};
const known = {};
/** The language is described at `Value::shape`. */
export const shape = (it, rows, base) => shaped(it, (known[rows] ??= JSON.parse(rows)), base);
