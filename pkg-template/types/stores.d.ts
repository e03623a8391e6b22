/** A place for the token record. Made by {@link memoryStore}, {@link localStore}, {@link sessionStore}, {@link envStore}, {@link getterStore}, `vaultStore` of `hubkey/vault`, or written by you. */
export type Store = BuiltInStore | KeyValueStore | RecordStore;

/** What the store functions of this package give; hand it to `new Hub({ store })`. */
export interface BuiltInStore {
  /** Where it keeps the record. */
  readonly kind: "memory" | "local" | "session" | "env" | "getter";
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
/**
 * Keeps the token in `sessionStorage`: survives a reload, ends with the tab. Browsers copy it into a tab that is duplicated: of two that
 * then renew one sign-in with OAuth, the second ends it for both. For such sign-ins `vaultStore` or {@link localStore}.
 */
export function sessionStore(options?: { key?: string }): BuiltInStore;
/**
 * Reads the token from a secret binding, and never writes: a Worker's `env`, `process.env`, `Deno.env.toObject()`.
 * Looks at `HF_TOKEN`, then at `HUGGING_FACE_HUB_TOKEN`.
 */
export function envStore(env: object): BuiltInStore;
/**
 * Asks a function for the token, and never writes: a vault's secret, a notebook's. Asked anew for each call, so a rotated
 * secret is used at once; keep the answer inside where asking is dear. Nothing, or blank text, is signed out.
 */
export function getterStore(get: () => string | null | undefined | Promise<string | null | undefined>): BuiltInStore;
