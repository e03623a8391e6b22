/**
 * hubkey/vault: a store that keeps the sign-in encrypted in the browser.
 * @module
 */

/** What {@link vaultStore} gives; hand it to `new Hub({ store })`. */
export interface VaultStore {
  /** Tells it from other stores. */
  readonly kind: "vault";
  /**
   * Where records are: in the encrypted `database`; in `session`, plain in this tab's `sessionStorage`, where the database
   * cannot be used; in `memory` where that cannot be used either, as in a sandboxed frame, and in runtimes without IndexedDB.
   * Found out at the first use.
   */
  readonly place: "database" | "session" | "memory";
  /** The record as text; nothing where there is none, or none that is whole and was written under this key at this origin. */
  load(key: string): Promise<string | undefined>;
  /** Keeps the record in place of the one before. */
  save(record: string, key: string): Promise<void>;
  /** Forgets the record, and with the last one the key that encrypted it. */
  clear(key: string): Promise<void>;
}

/**
 * Keeps the token in IndexedDB, encrypted with AES-GCM under a key that is made in this browser and that no script can read
 * out: survives a restart, shared by all tabs and workers of the origin. Each record is bound to its origin, endpoint and
 * version; what was altered, exchanged or copied from elsewhere counts as signed out.
 *
 * This is encryption at rest: a copy of the disk or of the database tells less. It does not stop XSS. A script that runs on
 * your page can use the key, and ask the client for the token, as your own code does.
 *
 * Where the database cannot be used, the record is plain in `sessionStorage`, or else in memory, where `persisted` is
 * false; {@link VaultStore.place} tells. What can be put back is an older record of the same place: whoever can write the
 * database can bring back a sign-in that was there before.
 *
 * @example
 * ```ts
 * import { Hub } from "hubkey";
 * import { vaultStore } from "hubkey/vault";
 *
 * const hub = new Hub({ store: vaultStore() });
 * ```
 * @param options `name`: of the database, for several apps on one origin; `hubkey` when left out
 * @throws HubError `invalid_argument`
 */
export function vaultStore(options?: { name?: string }): VaultStore;

// Without this, what is not exported would be all the same.
export {};
