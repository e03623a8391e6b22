// Where clients on the same store hear that it changed: in this page, in other tabs. That, and nothing else: whoever
// hears it looks into the store, so that a word from anywhere is believed no further than that.

const rooms = new Map();
/** A page that comes back from the browser's cache slept through what was said. */
const EVENTS = ["storage", "pageshow"];

/** What is one place for all clients that look there: an area of the browser's under a key, or a store's object. */
export const placeOf = ([kind, object, key], endpoint) => {
  const area = kind === "local" || kind === "session";
  // Nothing is shared between the requests of a Worker, which has no channels either.
  if (!area && (!/^(memory|custom|vault)$/.test(kind) || typeof BroadcastChannel !== "function")) return;
  const at = key ?? `hubkey:${endpoint}`;
  return { id: area ? `${kind} ${at}` : object, at, area, tabs: /^(local|custom|vault)$/.test(kind) };
};

const open = ({ at, tabs }) => {
  // A sandbox may have none.
  try { return tabs ? new BroadcastChannel(at) : undefined; } catch {}
};

/** Calls when somebody else changed the store; gives what ends that. */
export const listen = (store, endpoint, hear) => {
  const place = placeOf(store, endpoint);
  if (!place) return () => {};
  const { id, at, area } = place;
  let room = rooms.get(id);
  if (!room) {
    const ears = new Set(), all = () => ears.forEach((it) => it());
    const event = ({ key }) => { if (key == null || key === at) all(); };
    const channel = open(place);
    if (channel) {
      channel.onmessage = all;
      // Node would stay for it.
      channel.unref?.();
    }
    if (area) for (const name of EVENTS) globalThis.addEventListener?.(name, event);
    const close = () => {
      rooms.delete(id);
      channel?.close();
      if (area) for (const name of EVENTS) globalThis.removeEventListener?.(name, event);
    };
    rooms.set(id, (room = { ears, channel, close }));
  }
  room.ears.add(hear);
  return () => {
    room.ears.delete(hear);
    if (!room.ears.size) room.close();
  };
};

/** Says to all others that the store changed. */
export const announce = (store, endpoint, hear) => {
  const place = placeOf(store, endpoint);
  if (!place) return;
  const room = rooms.get(place.id), channel = room?.channel ?? open(place);
  channel?.postMessage(0);
  if (!room?.channel) channel?.close();
  room?.ears.forEach((it) => { if (it !== hear) it(); });
};
