// Not among cases/: a page's requests carry no cookies of a script's own, and a page exchanges nothing.
import exchange from "./exchange.mjs";
import object from "./object.mjs";
import renewal from "./renewal.mjs";
import seal from "./seal.mjs";
import signin from "./signin.mjs";

export const tables = { exchange, seal, signin, renewal, object };
