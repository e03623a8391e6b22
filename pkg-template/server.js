// hubkey/server: visitors of a server or Worker who sign in. The token stays there, sealed into a cookie or kept in a
// Durable Object, and never reaches the page.

import { Hub } from "./core.js";
import { refuse } from "./error.js";
import { guarded } from "./module.js";
import { own } from "./options.js";
import { cookiesOf } from "./server-cookies.js";
import { placeOf, settings } from "./server-options.js";
import { handle, sendOff } from "./server-routes.js";
import { sealer } from "./server-seal.js";
import { visitorOf } from "./server-visitor.js";

export { durableObjectSessions, HubkeySession } from "./server-object.js";

const requested = (it) => {
  if (typeof it?.url !== "string" || typeof it.headers?.get !== "function") throw refuse("invalid_argument", "this is no Request", "pass the platform's Request; of Node's own server make one first");
  return it;
};

export const sessions = (options) => {
  if (!guarded) throw refuse("invalid_argument", "hubkey/server was loaded without hubkey itself", 'import "hubkey" beside it');
  const all = settings(options);
  // Made for a look at its options, and for the endpoint as it is meant.
  all.hub.endpoint = new Hub(all.hub).endpoint;
  const whose = `${all.cookie} ${all.app.clientId}`;
  all.sealed = sealer(all.secrets, `session ${whose}`);
  all.begun = sealer(all.secrets, `sign-in ${whose}`);
  delete all.secrets;
  return Object.freeze({
    handle: async (request) => handle(requested(request), all),
    login: async (request, given) => sendOff(requested(request), all, own(given)),
    visitor: async (request) => visitorOf(requested(request), cookiesOf(request), placeOf(request, all), all),
  });
};
