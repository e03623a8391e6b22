/**
 * hubkey/oauth: signing in with Hugging Face, in a page, in a window beside it, or on another device.
 *
 * Loaded by who signs in, so that nobody else pays for it. Importing starts nothing and sends nothing.
 * @module
 */

import type { OAuth, Scope } from "./index.js";

/** Options of {@link oauth}: of the app, and what its sign-ins ask for unless told otherwise. */
export interface OAuthOptions {
  /**
   * The app's id: from https://huggingface.co/settings/applications/new, or the address of a client id metadata document
   * ({@link clientMetadata}), over https, or http on loopback. Default: what a static Space with `hf_oauth: true` has in its page. Other Spaces have it in their
   * server's environment, as `OAUTH_CLIENT_ID`.
   */
  clientId?: string | undefined;
  /**
   * Of an app that has one, on a server alone: refused in a page. It goes to the token endpoint by HTTP Basic and is kept nowhere.
   */
  clientSecret?: string | undefined;
  /**
   * What to ask for, as a list or as text with blanks between; `openid` and `profile` always come along. Default: what a static Space has in its page.
   */
  scopes?: string | readonly Scope[] | undefined;
  /** Where the Hub sends back to, exactly as in the app's settings. Default: the page's address without query and hash. */
  redirectUrl?: string | undefined;
  /** Organizations whose access the person is asked to grant, by id. */
  orgIds?: string | readonly string[] | undefined;
}

/**
 * How a client signs in: `new Hub({ oauth: oauth({ clientId, scopes }) })`. It gives `signIn`, `handleRedirect` and `deviceLogin`
 * their way, and renews what the store holds of an earlier sign-in. One does for any number of clients.
 *
 * The code flow with PKCE (S256): a state of 256 bits and the verifier stay in the page, under a key of their own in
 * `sessionStorage`, for ten minutes and one use. A sign-in sends three requests: the server's metadata (remembered for an hour),
 * the code, and `userinfo`. The code is never sent twice, and no id token is read.
 *
 * @example
 * ```ts
 * import { Hub, isHubError, localStore } from "hubkey";
 * import { oauth } from "hubkey/oauth";
 *
 * const hub = new Hub({ store: localStore(), oauth: oauth({ clientId: "…", scopes: ["read-repos", "inference-api"] }) });
 * const failed = (error: unknown) => alert(isHubError(error) ? error.hint : error);
 *
 * // First of all, so that whoever was refused can try again.
 * document.querySelector("button")!.onclick = () => hub.signIn({ returnTo: "/inbox" }).catch(failed);
 * hub.handleRedirect().then((me) => { if (me?.returnTo) location.replace(me.returnTo); }, failed);
 * ```
 * @example In a terminal
 * ```ts
 * import { Hub } from "hubkey";
 * import { oauth } from "hubkey/oauth";
 *
 * const hub = new Hub({ oauth: oauth({ clientId: "…" }) });
 * const me = await hub.deviceLogin({ onCode: ({ userCode, verificationUri }) => console.log(`Enter ${userCode} at ${verificationUri}`) });
 * ```
 * @throws HubError `invalid_argument`: a client id, scope or secret that is none, or a secret in a page
 * @see https://huggingface.co/docs/hub/oauth
 */
export function oauth(options?: OAuthOptions): OAuth;

/** What may be asked for, and what each grants, as a sentence; frozen. The Hub adds scopes without notice: others may be asked for too. */
export const SCOPES: Readonly<Record<
  | "openid" | "profile" | "email" | "read-billing" | "read-memberships" | "read-repos" | "gated-repos" | "contribute-repos" | "write-repos" | "manage-repos"
  | "read-collections" | "write-collections" | "inference-api" | "read-endpoints" | "write-endpoints" | "jobs" | "webhooks" | "write-discussions" | "read-mcp",
  string
>>;

/** Options of {@link clientMetadata}. */
export interface ClientMetadataOptions {
  /** Where the document will be, which is the client id: `https://app.example/.well-known/oauth-cimd`. */
  url: string;
  /** The app's name: people see it when they are asked. */
  name: string;
  /** Where the Hub may send back to. On loopback without a port: any port. */
  redirectUrls: readonly string[];
  /** A picture. */
  logoUrl?: string;
  /** The app's own page. */
  siteUrl?: string;
}

/** A client id metadata document, to be served as JSON at its `client_id`. */
export interface ClientMetadata {
  /** The document's own address. */
  client_id: string;
  /** The app's name. */
  client_name: string;
  /** Where the Hub may send back to. */
  redirect_uris: string[];
  /** Such an app has no secret. */
  token_endpoint_auth_method: "none";
  /** A code, and what renews the token. */
  grant_types: string[];
  /** A code alone. */
  response_types: string[];
  /** A picture. */
  logo_uri?: string;
  /** The app's own page. */
  client_uri?: string;
}

/**
 * The document by which an app is known without being registered: serve it as JSON at its own address, and pass that address
 * as `clientId`.
 *
 * @example
 * ```ts
 * import { clientMetadata } from "hubkey/oauth";
 *
 * const url = "https://app.example/.well-known/oauth-cimd";
 * export default { fetch: () => Response.json(clientMetadata({ url, name: "My app", redirectUrls: ["https://app.example/"] })) };
 * ```
 * @throws HubError `invalid_argument`: an address without https, or with a fragment; no name; no `redirectUrls`
 */
export function clientMetadata(options: ClientMetadataOptions): ClientMetadata;

// Without this, what is not exported would be all the same.
export {};
