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
