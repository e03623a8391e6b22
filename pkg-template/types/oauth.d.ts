/** How a client signs in with Hugging Face: what `oauth()` of `hubkey/oauth` gives. Opaque, and good for any number of clients. */
export interface OAuth {
  /** Tells it from other objects; there is no such property when it runs. */
  readonly "hubkey/oauth": never;
}

/** What somebody may be asked for; `SCOPES` of `hubkey/oauth` says what each grants. The Hub adds scopes without notice. */
export type Scope = Open<
  | "openid" | "profile" | "email" | "read-billing" | "read-memberships" | "read-repos" | "gated-repos" | "contribute-repos" | "write-repos" | "manage-repos"
  | "read-collections" | "write-collections" | "inference-api" | "read-endpoints" | "write-endpoints" | "jobs" | "webhooks" | "write-discussions" | "read-mcp"
>;

/** Options of {@link Hub.signIn}. What `oauth()` was given holds where one is left out. */
export interface SignInOptions {
  /**
   * In a window of its own; otherwise the page is left. Default: false, and true in a frame, where the Hub shows no page. Call it
   * in a click: browsers block other windows. The window comes back to `redirectUrl`, which is of this page's origin and calls
   * {@link Hub.handleRedirect}: that hands the answer over and closes the window.
   *
   * It does not sign in a Space that is shown in its frame at huggingface.co: that page lets no window speak to its frames. There the app itself
   * opens in the new window, to be signed in on its own, and the call fails with `popup_blocked`, whose `fix` is that window's address; the frame stays
   * as it was. To sign in the frame use {@link Hub.deviceLogin}.
   */
  popup?: boolean;
  /**
   * Where to go on after the way through the Hub, as a path of this origin: `/inbox?unread=1`. {@link SignIn.returnTo} gives it back for the page to go there,
   * with what is not ASCII percent-encoded.
   */
  returnTo?: string;
  /** Anything of JSON's, up to 2,000 characters: it is kept in the page, not sent, and given back by {@link SignIn.state}. */
  state?: unknown;
  /** What to ask for, as a list or as text with blanks between. */
  scopes?: string | readonly Scope[];
  /** Organisations whose access the person is asked to grant, by id. */
  orgIds?: string | readonly string[];
  /** Where the Hub sends back to, one of those that the app has in its settings. Default: this page without query and hash. */
  redirectUrl?: string;
  /** Where the session is kept: true in the client's store, which must outlast the page; false in memory. Left out: in the client's store, whatever it is. */
  remember?: boolean;
  /**
   * Leads the person to the address, in place of leaving this page: for programs without one. They hand in the address that
   * the person came back with, `handleRedirect({ url })`, to the same client.
   */
  navigate?(url: string): unknown;
  /** Ends the attempt with code `aborted`, and closes its window. */
  signal?: Signal;
}

/** Options of {@link Hub.handleRedirect}. */
export interface HandleRedirectOptions {
  /** The callback's address, whole or from its path on; a `URL` will do. Default: the page's own, which is then cleaned of it. */
  url?: string | { readonly href: string };
  /** As in {@link SignInOptions.remember}. */
  remember?: boolean;
  /** Ends the call with code `aborted`; the code is spent all the same. */
  signal?: Signal;
}

/** What somebody who signs in on another device needs. */
export interface DeviceCode {
  /** To be typed in there: `ABCD-EFGH`. */
  userCode: string;
  /** Where: a short address. */
  verificationUri: string;
  /** The address with the code in it, for a link or a QR code; the plain one where the Hub gives no such. */
  verificationUriComplete: string;
  /** When the code is over, in milliseconds since 1970. */
  expiresAt: number;
}

/** Options of {@link Hub.deviceLogin}. */
export interface DeviceLoginOptions {
  /** Shows the code to the person. Called once; what it throws ends the sign-in. */
  onCode(code: DeviceCode): unknown;
  /** What to ask for. Default: what `oauth()` was given, or everything that the app may. */
  scopes?: string | readonly Scope[];
  /** As in {@link SignInOptions.remember}. */
  remember?: boolean;
  /** Ends the sign-in with code `aborted`. */
  signal?: Signal;
}

/**
 * Who signed in, and whether it lasts. It comes from the Hub's `userinfo`; `whoami` says the rest when it is asked.
 * Where that could not be had, one is signed in all the same: then `warnings` has `identity_unknown`, and `id` and `name` are empty.
 */
export interface SignIn extends Login {
  /** What was granted, which may be less than what was asked for. */
  grantedScopes: Scope[];
  /** As it was given to {@link Hub.signIn}, percent-encoded where it has to be. */
  returnTo?: string;
  /** As it was given to {@link Hub.signIn}. */
  state?: unknown;
}
