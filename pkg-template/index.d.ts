/**
 * hubkey: the key to the Hugging Face Hub for browser tabs and edge workers.
 *
 * Importing starts nothing and sends nothing (`hubkey/url` alone loads its file); there is no init call in any runtime.
 * @module
 */

//@part stores

/** A class of the platform, under whatever types the program is compiled with: a page's, a Worker's, Node's, or none. */
type Platform<Name extends string, Otherwise> = typeof globalThis extends { [key in Name]: { prototype: infer It } } ? It : Otherwise;

/** The platform's `AbortSignal`. */
export type Signal = Platform<"AbortSignal", {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}>;

/** The platform's `Response`. */
export type PlatformResponse = Platform<"Response", { readonly status: number; readonly url: string; readonly headers: { get(name: string): string | null } }>;

/** The platform's `fetch`. */
type AnyFetch = typeof globalThis extends { fetch: infer It } ? It : (input: string, init?: object) => Promise<object>;

/**
 * A stand-in for `fetch`, called as `fetch(urlString, init)`: the platform's own, undici's with a proxy, a mock.
 * What it is given and what it answers are the platform's RequestInit and Response, of whatever realm.
 */
export type Fetch = AnyFetch | ((url: string, init: never) => Promise<object>);

/** Options of a client. */
export interface HubOptions {
  /**
   * Where the Hub is. Default `https://huggingface.co`. `http:` is accepted on loopback only. It may have a path, as behind a
   * reverse proxy of one's own: `https://app.example/hub`. Such a proxy passes `Host` on or rewrites `Link`, and for
   * browsers, which follow redirects by themselves, it rewrites `Location`.
   */
  endpoint?: string;
  /** Where the token is kept. Default: memory, so that nothing outlives the page. */
  store?: Store;
  /** How to sign in with Hugging Face, from `oauth()` of `hubkey/oauth`; it also renews what the store holds of an earlier sign-in. */
  oauth?: OAuth;
  /** A token to use from the start, kept in memory only. The key counts as given even when its value is `undefined`. */
  token?: string;
  /**
   * Used in place of the global `fetch`; through a forward proxy in Node:
   * `const dispatcher = new ProxyAgent("http://proxy.example:3128"); new Hub({ fetch: (url, init) => undici.fetch(url, { ...init, dispatcher }) })`
   */
  fetch?: Fetch;
  /** Further origins that may get the token, such as a private Space's host. */
  origins?: readonly string[];
  /** Time to wait for an answer's headers, and again for its body, in milliseconds. Default 30,000; 0 waits for ever. Each attempt has its own. Not for `hub.fetch`, which takes a signal. */
  timeoutMs?: number;
  /**
   * How often a read that failed is sent again. Default 2; 0: never. Writes are sent once.
   *
   * What is tried again: no answer, half of one, none in time, and 408, 429, 500, 502, 503, 504; after a random wait that doubles,
   * or when the Hub says. All clients of a module share a budget for each origin, so that a storm of failures is not made worse.
   */
  maxRetries?: number;
  /**
   * How long a wait that the Hub asks for (`RateLimit`, `Retry-After`) is waited out, in milliseconds. Default 30,000; more than
   * 310,000 are never. A longer one ends the call with `rate_limited` at once. Meanwhile all calls that share the quota wait.
   * Browsers hide what the Hub asks for.
   */
  maxWaitMs?: number;
  /** Refuse every request to the Hub before it is sent, with code `offline`. */
  offline?: boolean;
  /**
   * Told of each request as it leaves and of each answer or failure, redacted as errors are: no value of a header or a
   * query, no body. What it throws is dropped, and disturbs no call. Of `hub.fetch` it hears what goes to the Hub.
   */
  debug?: (event: DebugEvent) => unknown;
}

//@part debug

/** Accepted by every call that sends a request. */
export interface CallOptions {
  /** Ends the call with code `aborted`. */
  signal?: Signal;
  /** In place of the client's `timeoutMs`. */
  timeoutMs?: number;
  /** In place of the client's `maxRetries`. */
  maxRetries?: number;
  /** In place of the client's `maxWaitMs`. */
  maxWaitMs?: number;
  /**
   * Gets each answer as the platform has it, also those of redirects and retries, before it is read: for its status and headers.
   * Leave its body alone. What it throws ends the call with code `aborted`.
   */
  onResponse?(response: PlatformResponse): void;
  /**
   * Another token for this call only; `false` asks without any.
   * The key counts as given even when its value is `undefined`, so a forgotten variable is an error and not an anonymous call.
   */
  token?: string | false;
}

/** The words that are known; the Hub may send another. */
type Open<T extends string> = T | (string & {});

//@part identity

/** The answer of {@link Hub.login}: who it is, and whether it lasts. */
export interface Login extends Identity {
  /** False when the token lives in memory only: asked for, or because the store failed. */
  persisted: boolean;
  /** What a careful person would want to know, as sentences; empty mostly. */
  warnings: Warning[];
}

/** Something that works and that a careful person would change. */
export interface Warning {
  /** Stable; the message may change. */
  code: Open<"write_token_in_web_storage" | "secret_in_use" | "storage_unavailable" | "storage_read_only" | "identity_unknown">;
  /** What to know about it, as a sentence. */
  message: string;
}

/** The answer of {@link Hub.validateToken}. */
export type Validation =
  | { valid: true; identity: Identity }
  | { valid: false; reason: string; fix: string };

//@part session

//@part oauth

//@part permissions

//@part repos

//@part accounts

//@part downloads

//@endpoint-types

/** Options of {@link Hub.request}. */
export interface RequestOptions extends CallOptions {
  /** Default `GET`, or `POST` where there is a body. */
  method?: string;
  /** Arrays repeat the key; `undefined` and `null` leave it out. */
  query?: Record<string, string | number | boolean | null | undefined | readonly (string | number | boolean)[]>;
  /** Sent as JSON, except strings, bytes, blobs, forms and streams, which are sent as they are. */
  body?: unknown;
  /** Of your own; an Authorization header is replaced. */
  headers?: Record<string, string>;
}

/** A list that is fetched page by page while it is read. */
export interface Listing<T> extends AsyncIterable<T> {
  /** The same list, a page at a time. */
  pages(): AsyncIterable<T[]>;
}

/** One client: an endpoint, a store and the token in it. Its methods are bound: each can be passed around alone. */
export class Hub {
  /** @throws {@link HubError} `invalid_endpoint`, `insecure_endpoint`, `invalid_token_format`, `invalid_argument`, `wasm_blocked` */
  constructor(options?: HubOptions);

  /**
   * A client from an environment: a Worker's `env`, `process.env`, `Deno.env.toObject()`.
   *
   * Reads `HF_TOKEN` (or `HUGGING_FACE_HUB_TOKEN`), `HF_ENDPOINT`, `HF_HUB_OFFLINE` and `HF_HUB_DISABLE_PROGRESS_BARS` from the object it is given and
   * nothing from anywhere else. Without a token the client is signed out; a call that needs one fails with `no_token`
   * and names near misses such as `HF_API_TOKEN`.
   *
   * With a `store`, profiles are kept beneath the secret, which takes precedence: a sign-in is stored, and calls go on
   * with the secret until it is gone. Without one, a sign-in lasts as long as the client.
   */
  static fromEnv(env: object, options?: Omit<HubOptions, "token">): Hub;

  /** The endpoint in use, without a slash at the end. */
  readonly endpoint: string;

  /** The sign-in as a page shows it, without asking anybody: the same object until something changes. */
  readonly session: Session;

  /**
   * Calls `listener` with {@link Hub.session} at once and after each change, here, in other clients on the same store and in
   * other tabs; gives what ends that. Fits `useSyncExternalStore(hub.subscribe, () => hub.session)`, and is a Svelte store.
   * What a listener throws is reported as the platform does for events.
   */
  subscribe(listener: (session: Session, change?: SessionChange) => void): () => void;

  /**
   * Signs in with a pasted token: cleans it, checks its shape, asks the Hub whose it is, then stores it as the profile in use,
   * under `profile` or the name that the token has at the Hub. Other profiles stay.
   * A store that fails leaves you signed in with `persisted: false`.
   *
   * `remember`: true asks for a store that lasts, and is refused where there is none; false keeps the sign-in in this client's
   * memory, and leaves nobody in use in the store: an earlier sign-in under this name goes, others stay as profiles. Left out, the
   * store keeps it, whatever it is.
   * @throws {@link HubError} `invalid_token_format` and `invalid_argument` (nothing was sent), `invalid_token`, `network`, `timeout`, `rate_limited`, `server_error`, `invalid_response`
   */
  login(options: { token: string; profile?: string; remember?: boolean } & Omit<CallOptions, "token">): Promise<Login>;

  /** Stores a token without asking the Hub about it, under `profile` or the name `default`; `remember` as for {@link login}. */
  setToken(options: { token: string; profile?: string; remember?: boolean }): Promise<{ persisted: boolean; warnings: Warning[] }>;

  /**
   * Signs in with Hugging Face: leaves the page, which {@link handleRedirect} comes back to; with `popup: true` in a window of its own.
   * The client needs `oauth: oauth({ clientId, … })`. From then on its token is renewed before it ends.
   * @example
   * ```ts
   * import { Hub, isHubError, localStore } from "hubkey";
   * import { oauth } from "hubkey/oauth";
   *
   * const hub = new Hub({ store: localStore(), oauth: oauth({ clientId: "…", scopes: ["read-repos"] }) });
   * const failed = (error: unknown) => alert(isHubError(error) ? error.hint : error);
   *
   * document.querySelector("button")!.onclick = () => hub.signIn({ returnTo: "/inbox" }).catch(failed);
   * hub.handleRedirect().then((me) => { if (me?.returnTo) location.replace(me.returnTo); }, failed);
   * ```
   * @throws {@link HubError} `invalid_argument`, `access_denied` when the person refuses, closes the window or comes back without an answer (the message says which), `popup_blocked`
   * where the browser opens no window that can sign this page in, `aborted`, `state_expired`, `state_mismatch`,
   * `issuer_mismatch`, `invalid_metadata`, `invalid_callback`, `invalid_token_response`, `invalid_request`, `offline`, `network`, `timeout`, `server_error`, `rate_limited`
   * @see https://huggingface.co/docs/hub/oauth
   */
  signIn(options: SignInOptions & { popup: true }): Promise<SignIn>;
  /** Leads the person away by a function of the caller's. */
  signIn(options: SignInOptions & { navigate(url: string): unknown }): Promise<null>;
  /** Leaves the page, and so never answers; in a frame as with `popup: true`. */
  signIn(options?: SignInOptions): Promise<SignIn>;

  /**
   * Ends a sign-in in the page that the Hub sends back to, and takes code and state out of the address bar. `null` where the address is no callback, or
   * one of a sign-in that another app's client began in this page, so that every start of a page may call it. It rejects where the person
   * refused: have the page's handlers in place before.
   * @throws {@link HubError} as {@link signIn}
   */
  handleRedirect(options?: HandleRedirectOptions): Promise<SignIn | null>;

  /**
   * Signs in by a code that the person types in elsewhere (RFC 8628): for a terminal, a television, a notebook.
   * @throws {@link HubError} `access_denied`, `state_expired` when nobody agreed in time, `aborted`, and as {@link signIn}
   */
  deviceLogin(options: DeviceLoginOptions): Promise<SignIn>;

  /**
   * Forgets every profile, here and in the store; with `profile` that one alone, and signs out when it is the one in use.
   * The token itself stays good: only the Hub's settings page can revoke it.
   * @throws {@link HubError} `storage_unavailable`, `storage_read_only`: signed out here, but the token is still there; `aborted`: a later sign-in came in between
   */
  logout(options?: { profile: string }): Promise<void>;

  /** The profiles that the store holds, and which token calls go out with. Sends nothing. */
  authList(): Promise<AuthList>;

  /**
   * Uses another profile from now on. Sends nothing.
   * @throws {@link HubError} `invalid_argument` when there is none of that name: the hint names those that there are
   */
  authSwitch(name: string): Promise<Switched>;

  /** The token as git takes it, for git clients in a page: isomorphic-git's `onAuth`, for one. Mind where you send it. */
  gitCredentials(options?: { token?: string }): Promise<{ username: "hf_user"; password: string }>;

  /** The token in plain text, or `null` when signed out: the one way to read it. */
  getToken(): Promise<string | null>;

  /** Headers for a request of your own to the Hub: `{ Authorization }`, or `{}` with `token: false`. Mind where you send them. */
  authHeaders(options?: { token?: string | false }): Promise<Record<string, string>>;

  /**
   * Whose token it is and what it may do.
   *
   * An answer of the last 60 s for the same token is given again without a request, whichever client asked; `cache: false` asks
   * the Hub. Calls at the same time make one request.
   */
  whoami(options?: CallOptions & { cache?: boolean }): Promise<Identity>;

  /**
   * Whether a token is good. Gives `valid: false` only when the Hub said so; rejects when it cannot be decided
   * (no network, 429, 5xx, a portal's page in place of the Hub's answer) and when the value cannot be a token.
   * Without an argument: the token in use. The Hub is asked each time.
   */
  validateToken(token?: string | (CallOptions & { token: string })): Promise<Validation>;

  /**
   * Whether the token may do something: from its role and scopes, and from its person's part in the organisation.
   * Costs one whoami, none within a minute of the last, and asks nobody else: what hangs on more than whoami says is `"unknown"`, which {@link Hub.authCheck}
   * decides for repos. Of somebody signed out it says what nobody may do.
   * @throws {@link HubError} `invalid_argument` (no permission, or one that does not apply there), `invalid_repo`, and what {@link Hub.whoami} throws but `no_token`
   */
  can(permission: Permission, where?: PermissionOptions): Promise<Verdict>;

  /**
   * The same, and throws where the answer is no: before work starts that would be in vain. What is unknown passes.
   * @throws {@link HubError} `insufficient_scope`, `org_restricted`, `no_token`, each with `hint` and mostly `fix`, and what {@link Hub.can} throws
   */
  require(permission: Permission, where?: PermissionOptions): Promise<Verdict>;

  /**
   * The Hub's page for a new fine-grained token with exactly these permissions filled in, for a person to open. The same
   * wish has the same address. Sends nothing.
   * @throws {@link HubError} `invalid_argument` (no permission; one of organisations and no `orgs`), `invalid_repo` (no name of an organisation)
   */
  newTokenUrl(options: NewTokenOptions): string;

  /**
   * Runs calls and says what they needed of a token: the least set, and the page for such a token.
   *
   * It watches every request of this client until the promise of `run` settles; what others do with the client meanwhile
   * counts too, so give a recording a client of its own where that matters. What was read of a repo is asked for once more
   * without a token, to learn whether it is public. What failed for lack of a right counts as needed.
   * @throws what `run` throws, as it is
   */
  recordPermissions<T>(run: () => T | Promise<T>): Promise<Recorded<T>>;

  /**
   * Revokes a token that leaked, everywhere and for good; the Hub tells its owner by e-mail. No sign-in is needed, and the
   * token in use is never taken: it must be given.
   *
   * The Hub takes every request and does not say what became of it: a success does not mean that there was such a token
   * ({@link Hub.validateToken} tells). OAuth tokens are longer than the 200 characters that it takes; they end by themselves,
   * or when the app is disconnected at the page of `fix`. What is stored here stays: {@link Hub.logout} forgets it.
   * @throws {@link HubError} `invalid_token_format`, `invalid_argument` (too long, with `fix`), `invalid_response`, `network`, `timeout`, `rate_limited`, `server_error`
   */
  revokeToken(options: { token: string } & Omit<CallOptions, "token">): Promise<void>;

  /** Any call of the Hub's API that has no method of its own. Gives the parsed JSON, or text where the answer is not JSON. */
  request<T = unknown>(path: string, options?: RequestOptions): Promise<T>;

  /**
   * `fetch` with your sign-in: on the endpoint, on the router and on `origins` an Authorization header is replaced with
   * the token (and left out when signed out); anywhere else nothing is touched. Gives the Response whatever its status.
   */
  readonly fetch: AnyFetch;

  //@endpoint-methods
}

/** First three and last four characters with stars between, for display. */
export function maskToken(token: string): string;
/** What a token is, told by its prefix. Sends nothing. */
export function tokenKind(token: string): TokenKind;

/** The closed list of what can go wrong. */
export type ErrorCode =
  //@error-codes
  // Of the entries over WebAssembly alone: the place refuses it. `hubkey/js` does without.
  | "wasm_blocked"
  // Of signing in by a window: the browser opens none, or none that this page may speak to.
  | "popup_blocked"
  ;

/** Every failure of this package. Its text never holds a token. */
export class HubError extends Error {
  /** `HubError`; `AbortError` for code `aborted`, `TimeoutError` for `timeout`. */
  readonly name: string;
  /** What went wrong: decide by this, not by the message. */
  readonly code: ErrorCode;
  /** Of the Hub's answer, where there was one. */
  readonly status?: number;
  /** Quote it when you ask Hugging Face for help. */
  readonly requestId?: string;
  /** Whether the same call may succeed later without anything being changed. */
  readonly retryable: boolean;
  /** How long the Hub asks to wait, in milliseconds; absent where it did not say or a browser hides it. */
  readonly retryAfterMs?: number;
  /** What to do about it, in a sentence. */
  readonly hint: string;
  /** A page that says more. */
  readonly docs: string;
  /** Method, origin and path of the request; never its query. */
  readonly request?: string;
  /** For `conflict`: the page of what exists already. */
  readonly url?: string;
  /** For `org_restricted`: what the organisation asks for. */
  readonly restriction?: string;
  /** For `gated_repo`: how far the access request has come. */
  readonly state?: string;
  /** The page where it is mended: a new token with what is missing filled in, the gate of a repo, an organisation's own. */
  readonly fix?: string;
  /** Name, message and the fields above, for logs; no `cause`. */
  toJSON(): Record<string, unknown>;
}
/** True for errors of this package, also when they come from another copy of it. */
export function isHubError(value: unknown): value is HubError;

// Without this, what is not exported would be all the same: so it is in every .d.ts.
export {};
