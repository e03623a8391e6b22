/** What a token may be allowed to do. The words that are known, each with what it lets one do; the Hub adds to them. */
export type Permission = Open<
  //@permissions
>;

/** What a permission is asked about: a repo, an organisation, a user, or with none of them the token's own account. */
export type PermissionOptions = CallOptions & (
  | { /** `owner/name`, or the bare name of a canonical repo. */ repo?: string; /** Default `model`. */ type?: RepoType; org?: undefined; user?: undefined }
  | { /** The name in the page address. */ org: string; repo?: undefined; type?: undefined; user?: undefined }
  | { /** The name in the page address. */ user: string; repo?: undefined; type?: undefined; org?: undefined }
);

/** The answer of {@link Hub.can}. */
export interface Verdict {
  /** `"unknown"` where it hangs on what whoami does not say: treat it as "try it". */
  allowed: boolean | "unknown";
  /** Why, as a sentence. */
  reason: string;
  /** What to change, or how to find out; absent when it is allowed. */
  hint?: string;
  /** The page where that is done: mostly the one for a new token, with this permission filled in. */
  fix?: string;
  /** What an organisation asks for before it lets this token in. */
  restriction?: Open<"mfa" | "token-policy" | "token-revoked" | "sso" | "ip">;
}

/** Options of {@link Hub.newTokenUrl}. The page knows accounts and organisations; a single repo is for a person to pick there. */
export interface NewTokenOptions {
  /** In the organisations, where `orgs` has any and the permission applies to such; else on the own account, or everywhere where it applies to nothing less. */
  permissions?: readonly Permission[];
  /** Names of organisations; all get the same permissions. */
  orgs?: readonly string[];
  /** On the own account, whatever else. */
  ownUserPermissions?: readonly Permission[];
  /** On public things of everybody. */
  globalPermissions?: readonly Open<"discussion.write" | "post.write">[];
  /** Reading public gated repos that the account was let into. */
  canReadGatedRepos?: boolean;
}

/** The answer of {@link Hub.recordPermissions}. */
export interface Recorded<T> {
  /** Every permission that was needed, none that another one covers. */
  permissions: Permission[];
  /** Organisations in which. */
  orgs: string[];
  /** Whether public gated repos were read. */
  canReadGatedRepos: boolean;
  /** Each need by itself; without `owner` and `repo` on the own account, or everywhere. */
  needs: { permission: Permission; owner?: string; repo?: string; type?: RepoType }[];
  /** Requests of which it is not known what they need, or what they read: `GET /api/…`. */
  unknown: string[];
  /** The page for a token that has these permissions and no others. */
  url: string;
  /** What the function gave. */
  result: T;
}
