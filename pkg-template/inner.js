// What the package's own parts may see of a client: core.js puts it here, and no entry exports it.

/** @type {{ of?: (hub: object) => { options: object, store: [kind: string, object: any, key?: string], env?: object } | undefined, js?: true }} */
export const inner = {};

/** What `oauth` options are, by the object that the user holds: a function that takes a client's port. Filled by oauth.js. */
export const plugs = new WeakMap();

/** Stores that have their token renewed by the client that uses them, likewise. Filled by exchange-store.js. */
export const feeds = new WeakMap();
