/**
 * hubkey/exchange: a token in exchange for what a server has anyhow, so that no secret of the Hub's is kept there (RFC 8693).
 *
 * For servers and continuous integration; a page is refused. Importing starts nothing and sends nothing.
 * @module
 */

import type { BuiltInStore, DebugEvent, Fetch, HubOptions, Signal } from "./index.js";

/** Options of {@link trustedPublisher}. */
export interface TrustedPublisherOptions {
  /**
   * What trusts this job: `acme/m1`, `datasets/acme/d`, `spaces/…`, `kernels/…`, `buckets/…`, or a user's name.
   * Default: `HF_OIDC_RESOURCE` of `env`.
   */
  resource?: string;
  /**
   * Where the job's id token comes from: `HF_OIDC_ID_TOKEN` where that is set, else GitHub Actions, whose job needs
   * `permissions: id-token: write`. Nothing else is read.
   */
  env?: object;
  /** The id token in place of that, as text or from a function that is asked for each exchange and has ten seconds. */
  idToken?: string | ((how: {
    /** Whom it should be for: its `aud`. */
    audience: string;
    /** Of the call that needs it. */
    signal?: Signal;
  }) => string | Promise<string>);
}

/**
 * A store for a job that a repo's or user's settings trust: its id token becomes a token for that repo alone, which lasts an hour.
 * Of a user: one that reads public gated repos.
 *
 * The client exchanges at its first call, anew five minutes before the token ends, and after a 401; from an id token that was
 * handed over as text, or is in `HF_OIDC_ID_TOKEN`, only when the token has ended. Clients on one such store share its token;
 * {@link Hub.logout} forgets it. Failures are told by the call that needed the token.
 *
 * @example
 * ```ts
 * import { Hub } from "hubkey";
 * import { trustedPublisher } from "hubkey/exchange";
 *
 * const env = { HF_OIDC_ID_TOKEN: "…" }; // in a job: process.env
 * const hub = new Hub({ store: trustedPublisher({ resource: "acme/m1", env }) });
 * ```
 * @throws HubError `invalid_argument`; the client's calls: `no_token` (the job is given no id token), `invalid_request` (nothing trusts
 * the job; the message has the Hub's word, the hint what the job says of itself), `invalid_argument` (an id token that is none, or for
 * somebody else), and what any request may fail with
 * @see https://huggingface.co/docs/hub/trusted-publishers
 */
export function trustedPublisher(options: TrustedPublisherOptions): BuiltInStore;

/** An organization's app, and the member whom it acts for. */
export interface MemberOptions {
  /** The app's id; it belongs to the organization and has the privilege of token exchange. */
  clientId: string;
  /** The app's secret, which goes to the token endpoint alone, by HTTP Basic. */
  clientSecret: string;
  /** The member's address. */
  email: string;
  /** Default: all that the app has. */
  scopes?: readonly string[];
}

/**
 * A store for an organization's own server, which acts for one of its members: on what is the organization's, and on public gated
 * repos that the member may read. Exchanged anew five minutes before the token ends, and after a 401.
 *
 * @example
 * ```ts
 * import { Hub } from "hubkey";
 * import { memberToken } from "hubkey/exchange";
 *
 * const hub = new Hub({ store: memberToken({ clientId: "…", clientSecret: "…", email: "ada@acme.example" }) });
 * ```
 * @throws HubError `invalid_argument`; the client's calls: `invalid_request` (the message has the Hub's word), and what any request may fail with
 * @see https://huggingface.co/docs/hub/oauth
 */
export function memberToken(options: MemberOptions): BuiltInStore;

/** Where and how to ask, without a client. */
export interface ExchangeCallOptions extends Pick<HubOptions, "endpoint" | "timeoutMs"> {
  /** In place of the platform's. */
  fetch?: Fetch;
  /** Ends the call with code `aborted`. */
  signal?: Signal;
  /** Told of each request, redacted. */
  debug?: (event: DebugEvent) => unknown;
}

/** What an exchange gave. */
export interface Exchanged {
  /** The token: a secret. */
  token: string;
  /** When it ends, in milliseconds since 1970; `null` where the server did not say. */
  expiresAt: number | null;
  /** `jwt` for a repo, `oauth` for a person. */
  kind: "jwt" | "oauth" | "unknown";
  /** What it may do, where the server said. */
  scopes: string[];
}

/**
 * Exchanges an id token once, without a client.
 * @throws HubError as the calls of {@link trustedPublisher}
 */
export function exchangeIdToken(options: { idToken: string; resource: string } & ExchangeCallOptions): Promise<Exchanged>;

/**
 * Exchanges a member's address once, without a client.
 * @throws HubError as the calls of {@link memberToken}
 */
export function exchangeEmail(options: MemberOptions & ExchangeCallOptions): Promise<Exchanged>;

/**
 * The id token of a job in GitHub Actions, which goes to `ACTIONS_ID_TOKEN_REQUEST_URL` alone: over https, and not along a redirect.
 * `audience`: whom it is for; left out, the endpoint.
 * @throws HubError `no_token` (the job has no `permissions: id-token: write`), `invalid_argument`, `invalid_token_response`, and what any request may fail with
 */
export function githubIdToken(options: { env: object; audience?: string } & ExchangeCallOptions): Promise<string>;

// Without this, what is not exported would be all the same.
export {};
