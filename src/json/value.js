// What the module asks of values that may be anybody's: proxies and getters throw, frozen ones refuse.
export const pick = (it, key) => { try { if (typeof it === "object" && it && Object.hasOwn(it, key)) return it[key]; } catch {} };
export const peek = (it, key) => { try { return it[key]; } catch {} };
export const put = (it, key, value) => { try { it[key] = value; } catch {} };
