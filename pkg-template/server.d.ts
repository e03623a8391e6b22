/**
 * hubkey/server: visitors who sign in with Hugging Face at your server or Worker. The token stays there.
 *
 * For anything that takes a platform `Request` and gives a `Response`: Cloudflare Workers, Deno, Bun, Hono, SvelteKit, Next.
 * Import `hubkey` beside it.
 * @module
 */

import type { Fetch, Hub, HubError, HubOptions, PlatformResponse, Scope, Session, SessionIdentity } from "./index.js";

/** A class of the platform, under whatever types the program is compiled with. */
type Platform<Name extends string, Otherwise> = typeof globalThis extends { [key in Name]: { prototype: infer It } } ? It : Otherwise;

/** The platform's `Request`. */
export type PlatformRequest = Platform<"Request", { readonly url: string; readonly method: string; readonly headers: { get(name: string): string | null } }>;

/** Options of {@link sessions}. Those of a client are passed on to each visitor's. */
export interface SessionOptions extends Pick<HubOptions, "endpoint" | "origins" | "timeoutMs" | "maxRetries" | "maxWaitMs" | "offline" | "debug"> {
  /** The app's id at the Hub: from its settings page, a Space's `OAUTH_CLIENT_ID`, or the address of a client id metadata document. */
  clientId: string | undefined;
  /** Of a confidential app; sent as Basic to the token endpoint and nowhere else. An app without one is public, and PKCE holds for both. */
  clientSecret?: string | undefined;
  /** What the app may do for the visitor, as words of `SCOPES`, in a list or with blanks in between; `openid profile` come by themselves. */
  scopes?: string | readonly Scope[] | undefined;
  /** Organisations that the visitor is asked to give access to: `identity.orgs[0].id`. */
  orgIds?: string | readonly string[] | undefined;
  /**
   * What cookies are sealed with: the first one seals, all of them open, so a new one is put in front of the old one and the
   * old one is taken out after `maxAgeSeconds`. At least 32 bytes each, of a random source: `openssl rand -base64 32`. Empty ones after the first count as absent.
   */
  secrets: string | readonly (string | null | undefined)[];
  /** Where the routes are. Default `/auth`. */
  path?: string;
  /** The session cookie's name. Default `hubkey`; over https the prefix `__Host-` is put in front, on loopback the port behind. Two apps at one origin need two names. */
  cookie?: string;
  /** The callback's whole address as in the app's settings, where its origin is not the request's own: behind a proxy. Its path is `path` and `/callback`. */
  redirectUrl?: string | undefined;
  /** How long a session lasts from the sign-in on, in seconds, however much it is used. Default 30 days. */
  maxAgeSeconds?: number;
  /**
   * For an app that is shown in a frame of another site, such as a Space: `SameSite=None`. The sign-in itself needs a window of its
   * own (`target="_blank"`): the Hub's page is shown in no frame. With `"partitioned"` also `Partitioned`, for browsers that
   * keep other sites' cookies apart; such a cookie is not shared between the frame and a window of its own.
   * A browser that blocks other sites' cookies gives a frame the partitioned ones alone: without, the visitor is signed in in the window only.
   */
  embedded?: boolean | "partitioned";
  /** Where sessions are. Default: in the cookie itself, sealed. */
  store?: SessionStore | undefined;
  /** Used in place of the global `fetch`. Not by Durable Objects, which have their own. */
  fetch?: Fetch;
  /** In place of the page that tells a visitor of a sign-in that failed. The error holds no secret. */
  onError?(error: HubError, request: PlatformRequest): PlatformResponse | Promise<PlatformResponse>;
}

/** Where sessions are kept, other than in the cookie: what {@link durableObjectSessions} gives. */
export interface SessionStore {
  /** For this package alone. */
  session(...args: never[]): object;
}

/** What {@link sessions} gives. */
export interface Sessions {
  /**
   * Answers the routes of the sign-in below `path`; `undefined` for every other address.
   *
   * - `GET login?returnTo=/path`: off to the Hub. `returnTo` is a path of the own origin.
   * - `GET callback`: back from it. Sets the session's cookie and goes to `returnTo` or `/`; tells an error as a page, or as JSON where that is what the request accepts. Whoever is signed in and loads it again goes to `/`.
   * - `POST logout`: ends the session and goes to `/`. From pages of the own origin alone.
   * - `GET session`: who it is, as JSON for a page: `{ signedIn: false }`, or `{ signedIn: true, identity, scopes }`. Without any token.
   *
   * It never rejects over what a visitor sent.
   */
  handle(request: PlatformRequest): Promise<PlatformResponse | undefined>;
  /** The redirect of the login route, from any address: where a visitor asks for what needs a sign-in. Without `returnTo` they come back to `/`. */
  login(request: PlatformRequest, options?: { returnTo?: string }): Promise<PlatformResponse>;
  /**
   * The visitor who sent this request. Whatever its cookies are: what is changed, expired or another's is signed out.
   * @throws HubError `storage_unavailable` when the session's Durable Object gives no answer, `invalid_argument` when the request is none, or not over https
   */
  visitor(request: PlatformRequest): Promise<Visitor>;
}

/**
 * Who a visitor is. In a cookie there is room for some twenty organisations: with more, `orgs` is absent, and never a part of them. Where
 * that is still too long there are `type`, `id`, `name` and `token` alone. `hub.whoami()` says the rest.
 */
export type VisitorIdentity = Pick<SessionIdentity, "type" | "id" | "name" | "token"> & Partial<SessionIdentity>;

/** A client's session, whose identity may be short. */
export interface VisitorSession extends Omit<Session, "identity"> {
  /** Whose token it is; absent where the Hub did not say it at the sign-in. */
  readonly identity?: VisitorIdentity;
}

/** One visitor, during one request. */
export interface Visitor {
  /**
   * A client with the visitor's token, renewed when it has to be. It belongs to this request: keep it no longer. After `respond` it
   * renews nothing more, because the browser could not be told.
   */
  readonly hub: Hub;
  /** Whether somebody is signed in, by what the session says. The Hub is not asked. */
  readonly signedIn: boolean;
  /** Who it is, without any token: the client's own {@link Hub.session}. */
  readonly session: VisitorSession;
  /** What the Hub granted; may be less than was asked for. Empty when signed out. */
  readonly scopes: string[];
  /**
   * Whether one of the app's own pages sent the request, by `Sec-Fetch-Site` or `Origin`. Refuse what changes something where it is false: cookies
   * come along with other sites' requests too.
   */
  readonly isOwnRequest: boolean;
  /** Ends the session; `respond` tells the browser. The token itself stays good until it expires. */
  signOut(): Promise<void>;
  /** The response to send: with the session's new cookie where it changed, and then with `Cache-Control: no-store`. */
  respond(response: PlatformResponse): Promise<PlatformResponse>;
}

/** What `GET session` answers. */
export type SessionAnswer =
  | { signedIn: false }
  | { signedIn: true; identity?: VisitorIdentity; scopes: string[] };

/**
 * Sign-ins for the visitors of a server, with the session sealed into a cookie or in a store.
 *
 * The cookie is sealed with AES-256-GCM under a key made from the secret by HKDF; it is `HttpOnly`, `Secure` (but on loopback),
 * `SameSite=Lax` and bound to its host. A session that is longer than a cookie may be travels in up to three,
 * and what does not fit into those is left out of {@link VisitorIdentity}.
 *
 * A refresh token is good for one use. Requests that come at the same time to the same process or isolate share that use, also those that
 * come with the old cookie within a minute; between isolates nothing is shared, and there a second use ends the sign-in. Where that
 * happens (many parallel requests, tokens that live for minutes), use {@link durableObjectSessions}. Workers KV is no
 * place for sessions: it may give a value of a minute ago, and with that a refresh token that was used.
 *
 * @example
 * ```ts
 * import "hubkey";
 * import { sessions } from "hubkey/server";
 *
 * export default {
 *   async fetch(request: Request, env: { CLIENT_ID: string; SESSION_SECRET: string }): Promise<Response> {
 *     const auth = sessions({ clientId: env.CLIENT_ID, scopes: ["read-repos"], secrets: env.SESSION_SECRET });
 *     const answer = await auth.handle(request);
 *     if (answer) return answer;
 *     const visitor = await auth.visitor(request);
 *     if (!visitor.signedIn) return auth.login(request, { returnTo: "/" });
 *     const { name } = await visitor.hub.whoami();
 *     return visitor.respond(new Response(`signed in as ${name}`));
 *   },
 * };
 * ```
 * @throws HubError `invalid_argument` for options that cannot be right: a short secret, a client id that is none, a path with a slash at its end
 */
export function sessions(options: SessionOptions): Sessions;

/**
 * Keeps sessions in Durable Objects: the cookie has a sealed random id, each session has an object of its own, and that alone renews the
 * token. The object forgets the session when its time is over.
 *
 * @example
 * ```ts
 * export { HubkeySession } from "hubkey/server";           // the class, for wrangler's [[durable_objects.bindings]]
 *
 * sessions({ clientId, secrets, store: durableObjectSessions(env.SESSIONS) });
 * ```
 * @param namespace the binding
 */
export function durableObjectSessions(namespace: { idFromName(name: string): unknown; get(id: never): { fetch(url: string, init?: never): Promise<object> } }): SessionStore;

/** The Durable Object of one session, for the Worker to export. */
export class HubkeySession {
  /** @param state the object's own, of which it uses the storage */
  constructor(state: object, env?: unknown);
  /** Asked by the Worker's own {@link durableObjectSessions}, and by nobody else. */
  fetch(request: PlatformRequest): Promise<PlatformResponse>;
  /** Forgets the session when its time is over. */
  alarm(): Promise<void>;
}

// Without this, what is not exported would be all the same.
export {};
