// Cookies in and out. A sealed session may be longer than the 4,096 bytes that browsers take of a cookie: it then travels
// in several, the first of which says how many there are.

import { refuse } from "./error.js";

/** Of a value; what stands around it fits into the rest. */
const PIECE = 3800;
/** More would not pass Node's 16 kB for all headers of a request, together with sign-ins under way. */
const PIECES = 3;

/** By name; of two of one name the first, as the browser sorts the more exact one to the front. */
export const cookiesOf = (request) => {
  const found = new Map();
  for (const pair of (request.headers.get("cookie") ?? "").split(";")) {
    const at = pair.indexOf("="), name = pair.slice(0, at).trim();
    if (at > 0 && !found.has(name)) found.set(name, pair.slice(at + 1).trim());
  }
  return found;
};

/**
 * @param {{ secure: boolean, embedded: boolean | "partitioned" }} how
 * @param {number} seconds to live; 0 takes it away
 */
export const cookie = (name, value, { secure, embedded }, seconds) =>
  `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly${secure ? "; Secure" : ""}; SameSite=${embedded ? "None" : "Lax"}${embedded === "partitioned" ? "; Partitioned" : ""}`;

/** Whether a text may be spread over cookies. */
export const fits = (text) => text.length <= PIECE * PIECES;

const nameOf = (name, at) => (at ? `${name}.${at}` : name);

/** The text that `spread` made cookies of, or undefined. */
export const gathered = (cookies, name) => {
  const [, count, start] = /^([1-3])\.(.*)$/.exec(cookies.get(name) ?? "") ?? [];
  let text = start;
  for (let at = 1; at < count && text !== undefined; at++) {
    const more = cookies.get(nameOf(name, at));
    text = more === undefined ? undefined : text + more;
  }
  return text;
};

/** The Set-Cookie values for a text; without one, those that take it away. What an earlier, longer one left goes too. */
export const spread = (cookies, name, text, how, seconds) => {
  if (text !== undefined && !fits(text)) throw refuse("storage_unavailable", "the session is too long for cookies", "keep sessions on the server: store: durableObjectSessions(env.SESSIONS)");
  const pieces = text?.match(new RegExp(`.{1,${PIECE}}`, "g")) ?? [];
  const all = pieces.map((it, at) => cookie(nameOf(name, at), at ? it : `${pieces.length}.${it}`, how, seconds));
  for (let at = pieces.length; at < PIECES; at++)
    if (cookies.has(nameOf(name, at))) all.push(cookie(nameOf(name, at), "", how, 0));
  return all;
};
