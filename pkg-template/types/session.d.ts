/** What a page shows of the sign-in: {@link Hub.session}. Frozen, the same object until something changes, and without a token. */
export interface Session {
  /**
   * `unknown` until the store was read, by the first call or listener, or while it cannot be; `expired` when the Hub called
   * the token bad, which stays until you sign out.
   */
  readonly status: "unknown" | "signed_in" | "signed_out" | "expired";
  /** The name that the sign-in is kept under; absent for a token of the environment, of a getter or of the client's options. */
  readonly profile?: string;
  /** Whose token it is, without the Hub's own answer; absent until a sign-in or `whoami` told. */
  readonly identity?: SessionIdentity;
  /** Whether the sign-in outlives the page or process; absent when signed out. */
  readonly persisted?: boolean;
  /** Where the token in use comes from; absent when signed out. */
  readonly source?: TokenSource;
}

/** {@link Identity} without `raw`, frozen. */
export type SessionIdentity = Readonly<Omit<Identity, "raw">>;

/** Where a token comes from: `memory` alone, where there is no other store or it failed; `option`: given to the constructor. */
export type TokenSource = "store" | "memory" | "environment" | "getter" | "option";

/** What a listener of {@link Hub.subscribe} is told beside the session. */
export interface SessionChange {
  /** `loaded`: the store was read for the first time; `expired`: the Hub called the token bad, or renews the sign-in no more; `identity`: it became known, or known anew, whose token it is. */
  readonly kind: "loaded" | "login" | "logout" | "switch" | "expired" | "identity";
  /** Whether another client did it, in this page or in another tab. */
  readonly elsewhere: boolean;
}

/** A sign-in that the store keeps. */
export interface Profile {
  /** What it was kept under: the name given, else the token's own at the Hub. */
  name: string;
  /** First three and last four characters. */
  token: string;
  /** Told by the token's prefix. */
  kind: TokenKind;
  /** The one that the store says is in use: calls go out with it unless something takes precedence. */
  active: boolean;
}

/** The answer of {@link Hub.authList}. */
export interface AuthList {
  /** In the order of the first sign-in under each name. */
  profiles: Profile[];
  /** The token that calls go out with, masked; absent when signed out. */
  token?: string;
  /** Where that token comes from: a secret of the environment takes precedence over what the store holds. Absent when signed out. */
  source?: TokenSource;
}

/** The answer of {@link Hub.authSwitch}: the profile, whether the store knows, and what takes precedence. */
export interface Switched extends Omit<Profile, "active"> {
  /** False when it is in use in memory only, because the store failed or is memory. */
  persisted: boolean;
  /** `secret_in_use` where a secret of the environment stays in use. */
  warnings: Warning[];
}
