/** What a user's page says, untouched; the Hub adds fields without notice. */
export interface User {
  /** 24 hex digits. */
  _id?: string;
  /** The name in the page address. */
  user: string;
  /** The name for people. */
  fullname: string;
  /** May be relative to the endpoint. */
  avatarUrl: string;
  /** Whether the account is PRO. */
  isPro?: boolean;
  /** Always `user`. */
  type?: Open<"user">;
  /** ISO 8601. */
  createdAt?: string;
  /** What the person says about themselves. */
  details?: string;
  /** Whether the token's owner follows. */
  isFollowing?: boolean;
  /** Organisations that show their members. */
  orgs?: { id: string; name: string; fullname: string; avatarUrl: string }[];
  /** Models. */
  numModels?: number;
  /** Datasets. */
  numDatasets?: number;
  /** Spaces. */
  numSpaces?: number;
  /** Buckets. */
  numBuckets?: number;
  /** Kernels. */
  numKernels?: number;
  /** Discussions begun. */
  numDiscussions?: number;
  /** Papers. */
  numPapers?: number;
  /** Upvotes given to papers, posts and collections. */
  numUpvotes?: number;
  /** Likes given. */
  numLikes?: number;
  /** People who follow. */
  numFollowers?: number;
  /** People followed. */
  numFollowing?: number;
  /** Organisations followed. */
  numFollowingOrgs?: number;
  /** What the Hub adds. */
  [field: string]: unknown;
}

/** What an organisation's page says, untouched; the Hub adds fields without notice. */
export interface Organization {
  /** 24 hex digits. */
  _id?: string;
  /** The name in the page address. */
  name: string;
  /** The name for people. */
  fullname: string;
  /** May be relative to the endpoint. */
  avatarUrl: string;
  /** What it says about itself. */
  details?: string;
  /** Whether the Hub knows that it is who it says. */
  isVerified?: boolean;
  /** Whether the token's owner follows. */
  isFollowing?: boolean;
  /** What it pays for; absent when that is nothing. */
  plan?: Open<"team" | "enterprise" | "plus" | "academia">;
  /** Members. */
  numUsers?: number;
  /** Models. */
  numModels?: number;
  /** Datasets. */
  numDatasets?: number;
  /** Spaces. */
  numSpaces?: number;
  /** People who follow. */
  numFollowers?: number;
  /** Papers. */
  numPapers?: number;
  /** What the Hub adds. */
  [field: string]: unknown;
}

/** A member of an organisation, untouched; the Hub adds fields without notice. */
export interface OrgMember {
  /** 24 hex digits. */
  _id: string;
  /** The name in the page address. */
  user: string;
  /** The name for people. */
  fullname: string;
  /** May be relative to the endpoint. */
  avatarUrl: string;
  /** Whether the account is PRO. */
  isPro: boolean;
  /** Always `user`. */
  type: Open<"user">;
  /** Whether the token's owner follows. */
  isFollowing?: boolean;
  /** What the person may do in it; absent for tokens that may not see it. */
  role?: Open<"admin" | "write" | "contributor" | "read" | "no_access">;
  /** Groups of repos in it that the person was let into; absent for tokens that may not see them. */
  resourceGroups?: { id: string; name: string; numUsers: number; role: Open<"admin" | "write" | "contributor" | "read" | "no_access"> }[];
  /** Whether a second factor is on; for admins. */
  twoFaEnabled?: boolean;
  /** The address of the single sign-on; for admins of organisations that pay for it. */
  verifiedEmail?: string | null;
  /** Comes from outside; for organisations that mark such people. */
  isExternalCollaborator?: boolean;
  /** What the Hub adds. */
  [field: string]: unknown;
}
