/**
 * hubkey/diagnose: what a person would look at when something does not work.
 * @module
 */

import type { CallOptions, ErrorCode, Hub, Scopes, TokenInfo, TokenKind } from "./index.js";

/** Options of {@link diagnose}. */
export interface DiagnoseOptions extends CallOptions {
  /** An environment to look for variables in that the client does not read, such as `process.env`. No value of it is told. */
  env?: object;
}

/** What was found, in the order in which a person would look. Plain data without any token. */
export interface Diagnosis {
  /** Whether no check failed. */
  ok: boolean;
  /** One of each kind, always in the same order. */
  checks: DiagnosisCheck[];
}

/** How a check ended. `unknown`: it could not be told from here. `skipped`: there was nothing to look at. */
export type DiagnosisStatus = "ok" | "warning" | "failed" | "skipped" | "unknown";

/** What every check says. */
interface Finding {
  /** How it ended. */
  status: DiagnosisStatus;
  /** What was found, as a sentence. */
  message: string;
  /** What to do about it; absent where nothing needs to be done. */
  fix?: string;
}

/** One check; `name` tells which. */
export type DiagnosisCheck = Finding & (
  /** How the package runs here. */
  | { name: "runtime"; entry: "wasm" | "js"; version: string }
  /** Whether `HF_HUB_OFFLINE` or `offline` keeps everything back. */
  | { name: "offline" }
  /** Whether there is a token and where it is from; names that people use and no client reads. */
  | { name: "token"; found: boolean; from?: "call" | "option" | "environment" | "getter" | "store" | "memory"; variable?: string; nearMisses: string[] }
  /** What the token looks like: its kind, and a few of its letters with stars between. */
  | { name: "format"; kind?: TokenKind; masked?: string }
  /** Whether the store keeps what it is given. */
  | { name: "store"; kind: "memory" | "local" | "session" | "vault" | "env" | "getter" | "custom" | (string & {}); persists?: boolean }
  /** Whether the Hub answers: the request, its status and time. */
  | { name: "endpoint"; endpoint: string; request?: string; httpStatus?: number; ms?: number; code?: ErrorCode; requestId?: string }
  /** What the page's Content-Security-Policy refused meanwhile. */
  | { name: "csp"; refused?: { directive: string; blocked: string }[] }
  /** Whether the Hub takes the token, and whose it is. */
  | { name: "accepted"; user?: string; type?: string; code?: ErrorCode; restriction?: string }
  /** The token's role. */
  | { name: "role"; role?: NonNullable<TokenInfo["role"]> }
  /** What a fine-grained token may do, and over what. */
  | { name: "scopes"; permissions?: string[]; entities?: string[]; canReadGatedRepos?: NonNullable<Scopes["canReadGatedRepos"]> }
  /** When the token expires. */
  | { name: "expiry"; expiresAt?: string; daysLeft?: number }
  /** The organisations that the token sees, and what keeps it from them. */
  | { name: "orgs"; orgs?: { name: string; restrictions: string[] }[] }
  /** How far this device's clock is ahead of the Hub's; below zero: behind. */
  | { name: "clock"; skewMs?: number }
);

/**
 * Looks at whatever usually goes wrong, and says for each what was found and what to do: where the token is from, its
 * format, whether the store keeps it, whether the Hub answers and takes it, what it may do and how long, the
 * organisations' rules, the page's policy, the clock.
 *
 * Sends one request: whoami, or a list of one model where there is no token; in a page that gets no answer a second one
 * without the token, to tell a Hub that is down from one that does not let the page read. Writes and removes a key of its
 * own in a store that has `setItem`, and changes nothing else. Works over each entry of the package.
 *
 * @example
 * ```ts
 * import { Hub } from "hubkey";
 * import { diagnose } from "hubkey/diagnose";
 *
 * const { ok, checks } = await diagnose(new Hub());
 * for (const { name, status, message, fix } of checks) console.log(status, name, message, fix ?? "");
 * ```
 * @throws HubError `aborted`, `invalid_argument`; what it finds is never thrown
 */
export function diagnose(hub: Hub, options?: DiagnoseOptions): Promise<Diagnosis>;

// Without this, what is not exported would be all the same.
export {};
