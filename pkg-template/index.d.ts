/**
 * hubkey: the key to the Hugging Face Hub for browser tabs and edge workers.
 *
 * Importing starts nothing and sends nothing (`hubkey/url` alone loads its file); there is no init call in any runtime.
 * @module
 */

/** A place for the token record. Made by {@link memoryStore}, {@link localStore}, {@link sessionStore}, {@link envStore}, or written by you. */
export type Store = BuiltInStore | KeyValueStore | RecordStore;

/** What the store functions of this package give; hand it to `new Hub({ store })`. */
export interface BuiltInStore {
  /** Where it keeps the record. */
  readonly kind: "memory" | "local" | "session" | "env";
}

/** A store of your own in the shape of `localStorage`; each method may be plain or promised. */
export interface KeyValueStore {
  /** The value under this key; `null` or `undefined` where there is none. */
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>;
  /** Keeps the value under this key. Throws or rejects when it cannot. */
  setItem(key: string, value: string): unknown;
  /** Forgets what is under this key; fine when there is nothing. */
  removeItem(key: string): unknown;
}

/** A store of your own that keeps one record per key; a store for a single endpoint may ignore the key. */
export interface RecordStore {
  /** What the last `save` was given; `null` or `undefined` where there is nothing. */
  load(key: string): string | null | undefined | Promise<string | null | undefined>;
  /** Keeps the record, which holds the token in plain text. Throws or rejects when it cannot. */
  save(record: string, key: string): unknown;
  /** Forgets the record; fine when there is none. */
  clear(key: string): unknown;
}

/** Keeps the token in memory only (the default): gone with the page, the isolate or the process. */
export function memoryStore(): BuiltInStore;
/**
 * Keeps the token in `localStorage`: survives a restart, shared by all tabs of the origin, and readable by every
 * script that runs on it.
 */
export function localStore(options?: { key?: string }): BuiltInStore;
/** Keeps the token in `sessionStorage`: survives a reload, ends with the tab. */
export function sessionStore(options?: { key?: string }): BuiltInStore;
/**
 * Reads the token from a secret binding, and never writes: a Worker's `env`, `process.env`, `Deno.env.toObject()`.
 * Looks at `HF_TOKEN`, then at `HUGGING_FACE_HUB_TOKEN`.
 */
export function envStore(env: object): BuiltInStore;

/** A class of the platform, under whatever types the program is compiled with: a page's, a Worker's, Node's, or none. */
type Platform<Name extends string, Otherwise> = typeof globalThis extends { [key in Name]: { prototype: infer It } } ? It : Otherwise;

/** The platform's `AbortSignal`. */
export type Signal = Platform<"AbortSignal", {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}>;

/** The platform's `fetch`. */
type AnyFetch = typeof globalThis extends { fetch: infer It } ? It : (input: string, init?: object) => Promise<object>;

/**
 * A stand-in for `fetch`, called as `fetch(urlString, init)`: the platform's own, undici's with a proxy, a mock.
 * What it is given and what it answers are the platform's RequestInit and Response, of whatever realm.
 */
export type Fetch = AnyFetch | ((url: string, init: never) => Promise<object>);

/** Options of a client. */
export interface HubOptions {
  /** Where the Hub is. Default `https://huggingface.co`. `http:` is accepted on loopback only. */
  endpoint?: string;
  /** Where the token is kept. Default: memory, so that nothing outlives the page. */
  store?: Store;
  /** A token to use from the start, kept in memory only. The key counts as given even when its value is `undefined`. */
  token?: string;
  /** Used in place of the global `fetch`. */
  fetch?: Fetch;
  /** Further origins that may get the token, such as a private Space's host. */
  origins?: readonly string[];
  /** Time to wait for an answer's headers, and again for its body, in milliseconds. Default 30,000; 0 waits for ever. Not for `hub.fetch`, which takes a signal. */
  timeoutMs?: number;
  /** Refuse every request to the Hub before it is sent, with code `offline`. */
  offline?: boolean;
}

/** Accepted by every call that sends a request. */
export interface CallOptions {
  /** Ends the call with code `aborted`. */
  signal?: Signal;
  /** In place of the client's `timeoutMs`. */
  timeoutMs?: number;
  /**
   * Another token for this call only; `false` asks without any.
   * The key counts as given even when its value is `undefined`, so a forgotten variable is an error and not an anonymous call.
   */
  token?: string | false;
}

/** The words that are known; the Hub may send another. */
type Open<T extends string> = T | (string & {});

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
  code: Open<"write_token_in_web_storage" | "storage_unavailable" | "storage_read_only">;
  /** What to know about it, as a sentence. */
  message: string;
}

/** The answer of {@link Hub.validateToken}. */
export type Validation =
  | { valid: true; identity: Identity }
  | { valid: false; reason: string; fix: string };

/** What a repo holds. */
export type RepoType = "model" | "dataset" | "space" | "kernel";

/** What `expand` takes for models. */
export type ModelProperty = Open<
  "author" | "baseModels" | "cardData" | "childrenModelCount" | "config" | "createdAt" | "disabled" | "downloads" |
  "downloadsAllTime" | "evalResults" | "gated" | "gguf" | "gitalyUid" | "inference" | "inferenceProviderMapping" |
  "lastModified" | "library_name" | "likes" | "mask_token" | "model-index" | "pipeline_tag" | "private" |
  "resourceGroup" | "safetensors" | "sha" | "siblings" | "spaces" | "tags" | "transformersInfo" | "trendingScore" |
  "usedStorage" | "widgetData"
>;
/** What `expand` takes for datasets. */
export type DatasetProperty = Open<
  "author" | "cardData" | "citation" | "createdAt" | "description" | "disabled" | "downloads" | "downloadsAllTime" |
  "gated" | "gitalyUid" | "lastModified" | "likes" | "mainSize" | "paperswithcode_id" | "private" | "resourceGroup" |
  "sha" | "siblings" | "tags" | "trendingScore" | "usedStorage"
>;
/** What `expand` takes for Spaces. */
export type SpaceProperty = Open<
  "author" | "cardData" | "createdAt" | "datasets" | "disabled" | "gitalyUid" | "lastModified" | "likes" | "models" |
  "private" | "region" | "resourceGroup" | "runtime" | "sdk" | "sha" | "siblings" | "subdomain" | "tags" |
  "trendingScore" | "usedStorage"
>;
/** What models can be sorted by, descending. */
export type ModelSort = Open<"createdAt" | "downloads" | "likes" | "lastModified" | "likes30d" | "trendingScore" | "mainSize" | "id" | "num_parameters">;
/** What datasets can be sorted by, descending. */
export type DatasetSort = Open<"createdAt" | "downloads" | "likes" | "lastModified" | "likes30d" | "trendingScore" | "mainSize" | "id" | "datasetsServerInfo.numRows">;
/** What Spaces can be sorted by, descending. */
export type SpaceSort = Open<"createdAt" | "likes" | "lastModified" | "likes30d" | "trendingScore" | "mainSize" | "id">;

/**
 * A model as the Hub describes it, untouched: only `id` is always there, dates are ISO 8601, and the Hub adds fields
 * without notice. Keys are the Hub's own, underscores and all.
 */
export interface Model {
  /** `owner/name`. */
  id: string;
  /** 24 hex digits. */
  _id?: string;
  /** The same as `id`. */
  modelId?: string;
  /** User or organisation. */
  author?: string;
  /** Commit, 40 hex digits. */
  sha?: string;
  /** ISO 8601. */
  createdAt?: string;
  /** ISO 8601. */
  lastModified?: string;
  /** Whether others are kept from it. */
  private?: boolean;
  /** Whether its files must be asked for, and who answers: nobody, a program, a person. */
  gated?: false | Open<"auto" | "manual">;
  /** Taken down by the Hub. */
  disabled?: boolean;
  /** Of the last 30 days. */
  downloads?: number;
  /** Since it was made. */
  downloadsAllTime?: number;
  /** In all. */
  likes?: number;
  /** The Hub's own measure of late interest; higher is more. */
  trendingScore?: number;
  /** With prefixes such as `license:`. */
  tags?: string[];
  /** Its task, such as `text-generation`. */
  pipeline_tag?: string;
  /** The library that loads it, such as `transformers`. */
  library_name?: string;
  /** The word that fill-mask models fill, such as `[MASK]`; no secret. */
  mask_token?: string | null;
  /** The model card's metadata. */
  cardData?: Record<string, unknown>;
  /** A part of the model's `config.json`. */
  config?: Record<string, unknown>;
  /** How `transformers` loads it. */
  transformersInfo?: Record<string, unknown>;
  /** Parameters by type of number, and in all. */
  safetensors?: { parameters: Record<string, number>; total: number };
  /** What its GGUF file says of itself. */
  gguf?: Record<string, unknown>;
  /** What it was made from, and how. */
  baseModels?: unknown;
  /** How many were made from it, by how. */
  childrenModelCount?: unknown;
  /** Results of evaluations, by the card. */
  evalResults?: unknown[];
  /** Results of evaluations as the card's older form has them. */
  "model-index"?: unknown;
  /** `warm` while it is being served. */
  inference?: Open<"warm">;
  /** Who serves it, under which id: by provider, or a list with `provider` in each. */
  inferenceProviderMapping?: Record<string, InferenceProvider> | InferenceProvider[];
  /** What the page's try-out box is filled with. */
  widgetData?: unknown[];
  /** The organisation's group of repos that it belongs to. */
  resourceGroup?: { id: string; name?: string };
  /** Names of Spaces that use it. */
  spaces?: string[];
  /** Files; size and hashes only with `blobs`. */
  siblings?: RepoFile[];
  /** Bytes. */
  usedStorage?: number;
  /** What the Hub's scanners found; only with `securityStatus`. */
  securityRepoStatus?: { scansDone: boolean; filesWithIssues: { path: string; level: string }[] };
  /** What the Hub adds. */
  [field: string]: unknown;
}

/** A provider that serves a model. */
export interface InferenceProvider {
  /** Its name, where they come as a list. */
  provider?: string;
  /** What the provider calls the model. */
  providerId: string;
  /** Whether it is served for everybody. */
  status: Open<"live" | "staging">;
  /** What it is served for, such as `conversational`. */
  task: string;
  /** What the Hub adds. */
  [field: string]: unknown;
}

/** A dataset as the Hub describes it, untouched: only `id` is always there, and the Hub adds fields without notice. */
export interface Dataset {
  /** `owner/name`. */
  id: string;
  /** 24 hex digits. */
  _id?: string;
  /** User or organisation. */
  author?: string;
  /** Commit, 40 hex digits. */
  sha?: string;
  /** ISO 8601. */
  createdAt?: string;
  /** ISO 8601. */
  lastModified?: string;
  /** Whether others are kept from it. */
  private?: boolean;
  /** Whether its files must be asked for, and who answers: nobody, a program, a person. */
  gated?: false | Open<"auto" | "manual">;
  /** Taken down by the Hub. */
  disabled?: boolean;
  /** Of the last 30 days. */
  downloads?: number;
  /** Since it was made. */
  downloadsAllTime?: number;
  /** In all. */
  likes?: number;
  /** The Hub's own measure of late interest; higher is more. */
  trendingScore?: number;
  /** With prefixes such as `language:`. */
  tags?: string[];
  /** The card's metadata. */
  cardData?: Record<string, unknown>;
  /** Files; size and hashes only with `blobs`. */
  siblings?: RepoFile[];
  /** Bytes. */
  usedStorage?: number;
  /** The organisation's group of repos that it belongs to. */
  resourceGroup?: { id: string; name?: string };
  /** What the card says first, in plain text. */
  description?: string;
  /** How to cite it, mostly BibTeX. */
  citation?: string | null;
  /** Bytes of the main branch. */
  mainSize?: number;
  /** Its name at Papers with Code. */
  paperswithcode_id?: string | null;
  /** What the Hub adds. */
  [field: string]: unknown;
}

/** A Space as the Hub describes it, untouched: only `id` is always there, and the Hub adds fields without notice. */
export interface Space {
  /** `owner/name`. */
  id: string;
  /** 24 hex digits. */
  _id?: string;
  /** User or organisation. */
  author?: string;
  /** Commit, 40 hex digits. */
  sha?: string;
  /** ISO 8601. */
  createdAt?: string;
  /** ISO 8601. */
  lastModified?: string;
  /** Whether others are kept from it. */
  private?: boolean;
  /** Whether its files must be asked for, and who answers: nobody, a program, a person. */
  gated?: false | Open<"auto" | "manual">;
  /** Taken down by the Hub. */
  disabled?: boolean;
  /** In all. */
  likes?: number;
  /** The Hub's own measure of late interest; higher is more. */
  trendingScore?: number;
  /** With prefixes such as `license:`. */
  tags?: string[];
  /** The card's metadata. */
  cardData?: Record<string, unknown>;
  /** Files; size and hashes only with `blobs`. */
  siblings?: RepoFile[];
  /** Bytes. */
  usedStorage?: number;
  /** The organisation's group of repos that it belongs to. */
  resourceGroup?: { id: string; name?: string };
  /** What it is built with. */
  sdk?: Open<"gradio" | "docker" | "static" | "streamlit">;
  /** The first part of its host's name. */
  subdomain?: string;
  /** Where the app itself answers. */
  host?: string;
  /** Models that it uses. */
  models?: string[];
  /** Datasets that it uses. */
  datasets?: string[];
  /** Where its files are. */
  region?: Open<"us" | "eu">;
  /** Whether and on what it runs. */
  runtime?: SpaceRuntime;
  /** What the Hub adds. */
  [field: string]: unknown;
}

/** Whether and on what a Space runs. */
export interface SpaceRuntime {
  /** What it is doing. */
  stage: Open<
    "NO_APP_FILE" | "CONFIG_ERROR" | "BUILDING" | "BUILD_ERROR" | "RUNNING" | "RUNNING_BUILDING" | "RUNTIME_ERROR" | "DELETING" | "STOPPED" |
    "PAUSED" | "SLEEPING" | "APP_STARTING" | "RUNNING_APP_STARTING"
  >;
  /** What it has and what it was given, such as `cpu-basic`; null while it has none. */
  hardware?: { current?: string | null; requested?: string | null };
  /** Seconds without a visitor after which it sleeps. */
  gcTimeout?: number | null;
  /** Why it stopped. */
  errorMessage?: string;
  /** What the Hub adds. */
  [field: string]: unknown;
}

/** A file of a repo, as an info answer or a list tells of it. */
export interface RepoFile {
  /** Path in the repo. */
  rfilename: string;
  /** Git's name for its content, 40 hex digits. */
  blobId?: string;
  /** Bytes. */
  size?: number;
  /** Only for large files. */
  lfs?: { sha256: string; size: number; pointerSize: number };
}

/** A repo that was made; with `existOk` and an existing one, its `url` alone is sure. */
export interface CreatedRepo {
  /** Its page. */
  url: string;
  /** `owner/name`. */
  name?: string;
  /** 24 hex digits. */
  id?: string;
}

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
   * Reads `HF_TOKEN` (or `HUGGING_FACE_HUB_TOKEN`), `HF_ENDPOINT` and `HF_HUB_OFFLINE` from the object it is given and
   * nothing from anywhere else. Without a token the client is signed out; a call that needs one fails with `no_token`
   * and names near misses such as `HF_API_TOKEN`.
   */
  static fromEnv(env: object, options?: Omit<HubOptions, "store" | "token">): Hub;

  /** The endpoint in use, without a slash at the end. */
  readonly endpoint: string;

  /**
   * Signs in with a pasted token: cleans it, checks its shape, asks the Hub whose it is, then stores it.
   * A store that fails leaves you signed in with `persisted: false`.
   * @throws {@link HubError} `invalid_token_format` (nothing was sent), `invalid_token`, `network`, `timeout`, `rate_limited`, `server_error`, `invalid_response`
   */
  login(options: { token: string; profile?: string } & Omit<CallOptions, "token">): Promise<Login>;

  /** Stores a token without asking the Hub about it. */
  setToken(options: { token: string; profile?: string }): Promise<{ persisted: boolean; warnings: Warning[] }>;

  /** Forgets the token, here and in the store. The token itself stays good: only the Hub's settings page can revoke it. */
  logout(): Promise<void>;

  /** The token in plain text, or `null` when signed out: the one way to read it. */
  getToken(): Promise<string | null>;

  /** Headers for a request of your own to the Hub: `{ Authorization }`, or `{}` with `token: false`. Mind where you send them. */
  authHeaders(options?: { token?: string | false }): Promise<Record<string, string>>;

  /** Whose token it is and what it may do. */
  whoami(options?: CallOptions): Promise<Identity>;

  /**
   * Whether a token is good. Gives `valid: false` only when the Hub said so; rejects when it cannot be decided
   * (no network, 429, 5xx, a portal's page in place of the Hub's answer) and when the value cannot be a token.
   * Without an argument: the token in use.
   */
  validateToken(token?: string | (CallOptions & { token: string })): Promise<Validation>;

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
  /** Name, message and the fields above, for logs; no `cause`. */
  toJSON(): Record<string, unknown>;
}
/** True for errors of this package, also when they come from another copy of it. */
export function isHubError(value: unknown): value is HubError;

// Without this, what is not exported would be all the same: so it is in every .d.ts.
export {};
