// Signing in and out: one client for each place where a token can be kept.

import { Hub, localStore, maskToken, memoryStore, sessionStore, type Identity, type Scope, type TokenInfo, type Warning } from "hubkey";
import { oauth } from "hubkey/oauth";
import { vaultStore } from "hubkey/vault";

export const endpoint: string = import.meta.env.VITE_HUB_ENDPOINT || "https://huggingface.co";

/** Only a Hub on this machine has seeded credentials, and an app that any page on this machine may sign in with. */
export const isLocal: boolean = ["127.0.0.1", "localhost", "[::1]"].includes(new URL(endpoint).hostname);

const clientId: string | undefined = import.meta.env.VITE_OAUTH_CLIENT_ID || (isLocal ? "hubkey-test-public" : undefined);
/** What somebody who signs in is asked for, besides who they are. */
export const wanted: readonly Scope[] = ["email", "read-repos", "inference-api"];

/** A static Space with `hf_oauth: true` has an app of its own, which the package finds by itself. */
export const canSignIn: boolean = clientId !== undefined || (globalThis as { huggingface?: { variables?: { OAUTH_CLIENT_ID?: string } } }).huggingface?.variables?.OAUTH_CLIENT_ID !== undefined;

const vault = vaultStore();
const STORES = { memory: memoryStore, session: sessionStore, vault: () => vault, local: localStore };
export type Place = keyof typeof STORES;
/** Those that outlive a reload, the shorter-lived first. */
const LASTING = ["session", "vault", "local"] as const;

export interface Session {
  hub: Hub;
  place: Place;
  me: Identity;
  /** The token for display: most of it is stars. */
  mask: string;
  persisted: boolean;
  warnings: readonly Warning[];
  /** What was agreed to, of a sign-in by the Hub's own page. */
  granted: TokenInfo | undefined;
}

/** A vault that the browser refuses makes do with the tab, or with memory. */
export const really = (place: Place): Place => (place === "vault" && vault.place !== "database" ? vault.place : place);

const hubs = new Map<Place, Hub>();

/** The client for a place. */
export function clientOf(place: Place): Hub {
  let hub = hubs.get(place);
  if (!hub) hubs.set(place, (hub = new Hub({ endpoint, store: STORES[place](), ...(canSignIn && { oauth: oauth({ ...(clientId && { clientId }), scopes: wanted }) }) })));
  return hub;
}

export async function signIn(token: string, place: Place, signal: AbortSignal): Promise<Session> {
  const hub = clientOf(place);
  const { persisted, warnings, ...me } = await hub.login({ token, signal });
  return { hub, place, me, persisted, warnings, mask: await masked(hub), granted: undefined };
}

/** Where a token from before is kept, if one is. */
export async function recall(): Promise<Place | undefined> {
  for (const place of LASTING) {
    if ((await tokenIn(place)) !== null) return place;
  }
  return undefined;
}

/** Signs in with the token that is kept there. */
export async function resume(place: Place, signal: AbortSignal): Promise<Session> {
  const hub = clientOf(place);
  const mask = await masked(hub);
  // Before the Hub is asked, whose answer says less of that.
  const told = hub.session.identity?.token;
  const me = await hub.whoami({ signal });
  return { hub, place, me, persisted: hub.session.persisted ?? true, warnings: [], mask, granted: told?.kind === "oauth" ? (told as TokenInfo) : undefined };
}

const CHOSEN = "hubkey-page:place";

/** Where a sign-in by the Hub's page may be kept. */
export type Choice = "session" | "vault";

/** Where the next one is: known on the way back too. */
export function chosen(): Choice {
  try { return sessionStorage.getItem(CHOSEN) === "vault" ? "vault" : "session"; } catch { return "session"; }
}

export function choose(place: Choice): void {
  // Where nothing can be kept, nothing can be chosen.
  try { sessionStorage.setItem(CHOSEN, place); } catch {}
}

/** Whether the Hub sends somebody back to this page: then whatever was kept before waits. */
export function isCallback(): boolean {
  const given = new URLSearchParams(location.search);
  return canSignIn && given.has("state") && (given.has("code") || given.has("error"));
}

/**
 * Forgets the token in every place.
 * @throws when the place in use could not be cleared; the token is out of use all the same
 */
export async function signOut(used: Place): Promise<void> {
  const others = (Object.keys(STORES) as Place[]).filter((place) => place !== used);
  // A store that is blocked now and was not used has nothing to forget.
  await Promise.allSettled(others.map((place) => clientOf(place).logout()));
  await clientOf(used).logout();
}

/** Tells when another tab signs out, signs in or switches, and when the sign-in is over, until the signal fires. */
export function follow(hub: Hub, signal: AbortSignal, tell: (change: "gone" | "replaced" | "ended") => unknown): void {
  const end = hub.subscribe(({ status }, change) => {
    if (change?.kind === "expired") return tell("ended");
    if (!change?.elsewhere || !["login", "logout", "switch"].includes(change.kind)) return;
    tell(status === "signed_out" ? "gone" : "replaced");
  });
  signal.addEventListener("abort", end);
}

/** A store that is blocked holds nothing that could be used. */
const tokenIn = (place: Place): Promise<string | null> => clientOf(place).getToken().catch(() => null);

const masked = async (hub: Hub): Promise<string> => maskToken((await hub.getToken()) ?? "");
