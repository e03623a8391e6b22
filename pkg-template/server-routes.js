// The routes of a sign-in: login, callback, logout, session. Each gives a Response, whatever happens.

import { isHubError, refuse } from "./error.js";
import { because, broken } from "./oauth-error.js";
import { begin, callbackOf, digest, finish, LIFE_MS, returnTo as own } from "./oauth-flow.js";
import { signedIn } from "./oauth-identity.js";
import { cookie, cookiesOf } from "./server-cookies.js";
import { isOwn, placeOf } from "./server-options.js";
import { CLOSED, errorPage, statusOf } from "./server-page.js";
import { callbacks } from "./server-shared.js";
import { clientOf, cookiesFor, heldBy, inCookie, visitorOf, withCookies } from "./server-visitor.js";

/** Longer than a sign-in may take, so that one who comes too late is told so. */
const KEPT_MS = 2 * LIFE_MS;
/** Sign-ins that one browser may have under way. */
const MOST = 4;

const PLAIN = { "cache-control": "no-store", "referrer-policy": "no-referrer" };
const to = (location) => new Response(null, { status: 303, headers: { ...PLAIN, location } });

/** The name tells which sign-in it is, and nothing of its state. */
const nameOf = async ({ name }, state) => `${name}-${(await digest(`state ${state}`)).slice(0, 16)}`;
const underWay = (cookies, { name }) => [...cookies.keys()].filter((it) => it.startsWith(`${name}-`) && it.length === name.length + 17);

const at = ({ hub }) => ({ endpoint: hub.endpoint, fetch: hub.fetch, offline: hub.offline, timeoutMs: hub.timeoutMs, debug: hub.debug });

const login = async (request, cookies, place, settings, { returnTo }) => {
  const { url, transaction } = await begin(at(settings), { ...settings.app, clientSecret: settings.clientSecret, redirectUrl: place.redirectUrl, returnTo });
  const until = Date.now() + KEPT_MS, seconds = KEPT_MS / 1000;
  const set = [cookie(await nameOf(place, transaction.state), await settings.begun.seal(transaction, until), place.how, seconds)];
  const before = underWay(cookies, place);
  if (before.length >= MOST) {
    // The oldest goes; what does not open goes first.
    const aged = await Promise.all(before.map(async (name) => ({ name, at: (await settings.begun.open(cookies.get(name)))?.value.startedAt ?? 0 })));
    for (const { name } of aged.sort((a, b) => a.at - b.at).slice(0, before.length - MOST + 1)) set.push(cookie(name, "", place.how, 0));
  }
  return withCookies(to(url), set);
};

/** A new session, in which nothing is of the one before. */
const made = async (request, transaction, settings) => {
  const it = await finish(at(settings), request.url, transaction, { clientSecret: settings.clientSecret });
  const held = settings.store ? settings.store.session(undefined, { endpoint: settings.hub.endpoint, clientSecret: settings.clientSecret }) : inCookie();
  held.until = Date.now() + settings.maxAgeSeconds * 1000;
  const { persisted, returnTo } = await signedIn(clientOf(settings, held).port, it, {});
  if (!persisted) throw refuse("storage_unavailable", "the session could not be kept", "look at the store of sessions(); sign in again when it is back");
  return { value: held.value(), until: held.until, returnTo };
};

const callback = async (request, cookies, place, settings) => {
  const { state = "" } = callbackOf(request.url), name = await nameOf(place, state), sealed = cookies.get(name);
  // Good once, whatever comes of it.
  const gone = sealed === undefined ? [] : [cookie(name, "", place.how, 0)];
  let begun;
  try {
    begun = sealed === undefined ? undefined : await settings.begun.open(sealed);
    // Loaded again, or come back to, after it did what it was for.
    const visitor = begun ? undefined : await visitorOf(request, cookies, place, settings).catch(() => {});
    if (visitor?.signedIn) return withCookies(await visitor.respond(to("/")), gone);
    // Somebody who sends it twice at once gets the same answer twice; the code goes out once.
    const it = begun
      ? await callbacks.join(await digest(`${settings.app.clientId} ${sealed}`), () => made(request, begun.value, settings))
      : await made(request, undefined, settings);
    const before = await heldBy(cookies, place, settings);
    await before.end().catch(() => {});
    const set = await cookiesFor({ value: () => it.value, until: it.until }, cookies, place, settings);
    return withCookies(to(it.returnTo ?? "/"), [...set, ...gone]);
  } catch (error) {
    return withCookies(await told(request, error, settings, begun?.value.returnTo), gone);
  }
};

const logout = async (request, cookies, place, settings) => {
  if (!isOwn(request, place.origin)) throw refuse("forbidden", "another site asked to sign out", "sign out by a form of this site's own pages");
  const visitor = await visitorOf(request, cookies, place, settings);
  await visitor.signOut();
  return visitor.respond(to("/"));
};

const session = async (request, cookies, place, settings) => {
  const visitor = await visitorOf(request, cookies, place, settings), { signedIn, scopes, session: { identity } } = visitor;
  const body = signedIn ? { signedIn, identity, scopes } : { signedIn };
  return visitor.respond(Response.json(body, { headers: { ...CLOSED } }));
};

const ROUTES = { login: ["GET", login], callback: ["GET", callback], logout: ["POST", logout], session: ["GET", session] };

/** What is no error of ours may carry the request, so that its name and message are told alone. */
const unforeseen = (thrown) => broken("internal_panic", "an internal error ended the sign-in", "a bug of ours; try again, and please report it", { retryable: true, because: because(thrown) });

/** Where to sign in once more, and go on to where one wanted to go at first. */
const againAt = ({ path }, back) => {
  let returnTo;
  // Or it is what was wrong.
  try { returnTo = own(back); } catch {}
  return `${path}/login${returnTo === undefined ? "" : `?${new URLSearchParams({ returnTo })}`}`;
};

const told = async (request, thrown, settings, back) => {
  const error = isHubError(thrown) ? thrown : unforeseen(thrown);
  if (settings.onError) return settings.onError(error, request);
  if (/\bjson\b/.test(request.headers.get("accept") ?? "")) return Response.json({ error: { code: error.code, message: error.message, hint: error.hint } }, { status: statusOf(error), headers: CLOSED });
  return errorPage(error, againAt(settings, back));
};

export const handle = async (request, settings) => {
  const { pathname, searchParams } = new URL(request.url), { path } = settings;
  if (!pathname.startsWith(`${path}/`)) return;
  const name = pathname.slice(path.length + 1);
  if (!Object.hasOwn(ROUTES, name)) return;
  const [method, run] = ROUTES[name];
  if (request.method !== method) return new Response(null, { status: 405, headers: { ...PLAIN, allow: method } });
  // Of this route's address alone: any other may mean something else by it.
  return attempt(request, settings, run, name === "login" ? { returnTo: searchParams.get("returnTo") } : {});
};

const attempt = async (request, settings, run, given) => {
  try { return await run(request, cookiesOf(request), placeOf(request, settings), settings, given); }
  catch (error) { return told(request, error, settings, given.returnTo); }
};

/** Sends the visitor off to sign in, from any address of the app. */
export const sendOff = (request, settings, given) => attempt(request, settings, login, given);
