// What the module asks of values that may be anybody's: proxies and getters throw, frozen ones refuse.
export const pick = (it, key) => { try { if (typeof it === "object" && it && Object.hasOwn(it, key)) return it[key]; } catch {} };
export const peek = (it, key) => { try { return it[key]; } catch {} };
export const put = (it, key, value) => { try { it[key] = value; } catch {} };
export const carry = (from, kind, names, into) => {
  for (const name of names.split(" ")) {
    const [key, as = key] = name.split("="), it = pick(from, key);
    if (typeof it === kind) into[as] = it;
  }
};
