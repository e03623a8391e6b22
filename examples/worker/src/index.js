// Visitors sign in with Hugging Face; the page asks the Hub through this worker, and never sees a token.
import { isHubError } from "hubkey";
import { durableObjectSessions, sessions } from "hubkey/server";
import { files, headers } from "./page.js";

// For the environment with Durable Objects; the other does without.
export { HubkeySession } from "hubkey/server";

// Made at the first request, because only that brings the environment; the same for all that follow.
let auth;
const authOf = (env) => sessions({
  clientId: env.CLIENT_ID || undefined,
  clientSecret: env.CLIENT_SECRET || undefined,
  scopes: ["read-repos"],
  secrets: [env.SESSION_SECRET, env.OLD_SESSION_SECRET],
  store: env.SESSIONS && durableObjectSessions(env.SESSIONS),
  endpoint: env.HF_ENDPOINT || undefined,
});

/** What the page may ask. Each gets the visitor's client, whose calls go out with the visitor's token. */
const API = {
  "/api/models": async ({ hub }) => {
    // A list answers a bad token as it answers anybody, without what is private: whoami alone tells, and then renews it.
    const { name } = await hub.whoami({ cache: false }), models = [];
    for await (const { id, private: hidden, likes, lastModified } of hub.listModels({ author: name, limit: 20 })) models.push({ id, private: hidden, likes, lastModified });
    return models;
  },
};

const failure = (error) => {
  if (!isHubError(error)) throw error;
  const { code, message, hint } = error;
  return Response.json({ error: { code, message, hint } }, { status: code === "signed_out" || code === "no_token" ? 401 : error.status ?? 502 });
};

const answer = async (request, auth) => {
  const { pathname } = new URL(request.url);
  const routed = await auth.handle(request);
  if (routed) return routed;
  const file = files[pathname];
  if (file) return new Response(file.body, { headers: { "content-type": file.type, ...headers } });
  const run = Object.hasOwn(API, pathname) && API[pathname];
  if (!run) return new Response("Not found", { status: 404, headers });

  const visitor = await auth.visitor(request);
  // The cookie comes along with other sites' requests, too.
  if (!visitor.isOwnRequest) return Response.json({ error: { code: "forbidden", message: "this is for the app's own page" } }, { status: 403, headers });
  if (request.method !== "GET") return new Response(null, { status: 405, headers: { allow: "GET", ...headers } });
  const result = visitor.signedIn ? await run(visitor).then((it) => Response.json(it), failure) : Response.json({ error: { code: "no_token", message: "nobody is signed in" } }, { status: 401 });
  for (const [name, value] of Object.entries({ ...headers, "cache-control": "no-store" })) result.headers.set(name, value);
  return visitor.respond(result);
};

export default {
  async fetch(request, env) {
    try { return await answer(request, (auth ??= authOf(env))); }
    catch (error) {
      // Most of all where the app's id or the secret is not set yet.
      if (!isHubError(error)) throw error;
      return new Response(`${error.message}: ${error.hint}\n`, { status: error.code === "storage_unavailable" ? 503 : 500, headers });
    }
  },
};
