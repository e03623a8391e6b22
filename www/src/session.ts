// Signing in and out: one client for each place where a token can be kept.

import { Hub, localStore, maskToken, memoryStore, sessionStore, type Identity, type Warning } from "hubkey";

export const endpoint: string = import.meta.env.VITE_HUB_ENDPOINT || "https://huggingface.co";

const STORES = { memory: memoryStore, session: sessionStore, local: localStore };
export type Place = keyof typeof STORES;
/** Those that outlive a reload, the shorter-lived first. */
const LASTING = ["session", "local"] as const;

export interface Session {
  hub: Hub;
  place: Place;
  me: Identity;
  /** The token for display: most of it is stars. */
  mask: string;
  persisted: boolean;
  warnings: readonly Warning[];
}

const hubs = new Map<Place, Hub>();

/** The client for a place. */
export function clientOf(place: Place): Hub {
  let hub = hubs.get(place);
  if (!hub) hubs.set(place, (hub = new Hub({ endpoint, store: STORES[place]() })));
  return hub;
}

export async function signIn(token: string, place: Place, signal: AbortSignal): Promise<Session> {
  const hub = clientOf(place);
  const { persisted, warnings, ...me } = await hub.login({ token, signal });
  return { hub, place, me, persisted, warnings, mask: await masked(hub) };
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
  const me = await hub.whoami({ signal });
  return { hub, place, me, persisted: true, warnings: [], mask: await masked(hub) };
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

/** Tells when another tab signs out, signs in or switches, until the signal fires. */
export function follow(hub: Hub, signal: AbortSignal, tell: (change: "gone" | "replaced") => unknown): void {
  const end = hub.subscribe(({ status }, change) => {
    if (!change?.elsewhere || !["login", "logout", "switch"].includes(change.kind)) return;
    tell(status === "signed_out" ? "gone" : "replaced");
  });
  signal.addEventListener("abort", end);
}

/** A store that is blocked holds nothing that could be used. */
const tokenIn = (place: Place): Promise<string | null> => clientOf(place).getToken().catch(() => null);

const masked = async (hub: Hub): Promise<string> => maskToken((await hub.getToken()) ?? "");
