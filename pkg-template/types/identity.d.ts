/** What a token is, told by its prefix. */
export type TokenKind = "user" | "oauth" | "oauth_refresh" | "jwt" | "app" | "s3" | "client_secret" | "org" | "legacy" | "unknown";

/** Who a token belongs to, and what it may do. */
export interface Identity {
  /** A person, an organisation or an app. */
  type: Open<"user" | "org" | "app">;
  /** 24 hex digits, stable across renames. */
  id: string;
  /** The name in the page address. */
  name: string;
  /** Absent for apps. */
  fullname?: string;
  /** Absent when the token may not see it. */
  email?: string;
  /** Whether the address was confirmed; absent where `email` is, or when the Hub did not say. */
  emailVerified?: boolean;
  /** Always absolute. */
  avatarUrl?: string;
  /** Whether the account is PRO; absent when the Hub did not say. */
  isPro?: boolean;
  /** Organisations that this token can see; may be fewer than the person has. */
  orgs: OrgMembership[];
  /** The token that asked. */
  token: TokenInfo;
  /** Apps only: what the app was given. */
  app?: { role?: string; entities: { type?: string; name: string }[] };
  /** The Hub's own answer, untouched. */
  raw: Record<string, unknown>;
}

/** An organisation that a person is a member of, as this token sees it. */
export interface OrgMembership {
  /** 24 hex digits, stable across renames. */
  id: string;
  /** The name in the page address. */
  name: string;
  /** The name for people. */
  fullname?: string;
  /** Always absolute. */
  avatarUrl?: string;
  /** Absent when the token may not see it. */
  email?: string;
  /** What it pays for; absent when that is nothing, or the Hub did not say. */
  plan?: Open<"team" | "enterprise" | "plus" | "academia">;
  /** What the person may do in it; absent when the Hub did not say. */
  role?: Open<"admin" | "write" | "contributor" | "read" | "no_access">;
  /** What keeps this very token from the organisation's data at the moment; empty when nothing does. */
  restrictions: Open<"mfa" | "token-policy" | "token-revoked" | "sso" | "ip">[];
  /** Groups of repos in it that the person was let into, each with a role of its own. */
  resourceGroups: { id: string; name?: string; role?: string }[];
}

/** What is known of a token. */
export interface TokenInfo {
  /** Told by its prefix. */
  kind: TokenKind;
  /** Absent for OAuth tokens, whose rights are their scopes. */
  role?: Open<"read" | "write" | "fineGrained" | "god">;
  /** What its owner called it. */
  displayName?: string;
  /** ISO 8601. */
  createdAt?: string;
  /** ISO 8601; absent when the token does not expire by itself. */
  expiresAt?: string;
  /** Only for OAuth tokens, by their own account; absent where that says nothing. */
  oauthScopes?: string[];
  /** Only for fine-grained tokens; absent there too when the Hub did not say, which means unknown and not empty. */
  scopes?: Scopes;
}

/** What a fine-grained token may do. */
export interface Scopes {
  /** Absent means that the Hub did not say. */
  canReadGatedRepos?: boolean;
  /** Permissions that hang on no thing, such as `discussion.write`. */
  global: string[];
  /** Permissions by thing; each word is a dotted path that ends in `.read` or `.write`, mostly. */
  scoped: {
    entity: { id: string; type: Open<"user" | "org" | "model" | "dataset" | "space" | "bucket" | "kernel" | "collection" | "resource-group" | "oauth-app">; name?: string };
    permissions: string[];
    /** Narrows it to things whose names fit, such as `gpt2-*`. */
    patterns?: { resourceType?: Open<"inference-endpoint">; wildcardPatterns: string[] }[];
  }[];
}
