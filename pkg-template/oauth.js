// hubkey/oauth: signing in with Hugging Face. An entry of its own, so that only who signs in loads it.

// Of one piece with the client, or there would be one more file in common.
import "./core.js";
import { refuse } from "./error.js";
import { plugs } from "./inner.js";
import { device } from "./oauth-device.js";
import { clientIdOf, secretOf, wishOf } from "./oauth-flow.js";
import { page } from "./oauth-page.js";
import { renewal } from "./oauth-renew.js";
import { isSafe } from "./oauth-wire.js";
import { own, reading } from "./options.js";

export const oauth = (options) => {
  const { clientId, clientSecret, scopes, redirectUrl, orgIds } = own(options);
  const all = { clientId, scopes, redirectUrl, orgIds };
  reading(() => {
    // What was given is looked at here, where it was written; what a Space puts into its page, when it is needed.
    if (clientId != null) clientIdOf(all);
    if (scopes != null) all.scopes = wishOf(all).split(" ");
    all.clientSecret = secretOf({ clientSecret });
  });
  const it = Object.freeze({ __proto__: null });
  plugs.set(it, (port) => ({ ...page(port, all), deviceLogin: device(port, all), ...renewal(port, { ...all, behind: true }) }));
  return it;
};

export const SCOPES = Object.freeze({
  openid: "an id token; hubkey asks for it always and reads none",
  profile: "the public profile: name, picture",
  email: "the e-mail address",
  "read-billing": "whether there is a way to pay",
  "read-memberships": "the organizations, and one's role in them",
  "read-repos": "read personal repos, private ones too",
  "gated-repos": "read public gated repos that one was let into; no private ones",
  "contribute-repos": "create repos, and use those alone that this app created",
  "write-repos": "read and write personal repos",
  "manage-repos": "everything with personal repos, create and delete too",
  "read-collections": "read personal collections",
  "write-collections": "read and write personal collections",
  "inference-api": "Inference Providers in one's name, on one's bill",
  "read-endpoints": "see and call Inference Endpoints",
  "write-endpoints": "manage Inference Endpoints; includes read-endpoints",
  jobs: "run Jobs",
  webhooks: "manage webhooks",
  "write-discussions": "discussions and pull requests; on private repos together with read-repos",
  "read-mcp": "the MCP server",
});

const wrong = (message, hint) => refuse("invalid_argument", message, hint);

const placed = (it, name, at) => {
  let url;
  try { url = new URL(it); } catch {}
  if (typeof it !== "string" || !url || !at(url) || it.includes("#") || url.username || url.password) throw wrong(`\`${name}\` is no address for this`, "a whole address with https; http is for this machine alone");
  return it;
};

export const clientMetadata = (options) => {
  const { url, name, redirectUrls, logoUrl, siteUrl } = own(options);
  clientIdOf({ clientId: placed(url, "url", isSafe) });
  if (typeof name !== "string" || !name.trim()) throw wrong("`name` should be the app's name", "people see it when they are asked");
  if (!Array.isArray(redirectUrls) || !redirectUrls.length) throw wrong("`redirectUrls` should be a list of addresses", 'such as ["https://app.example/callback"]');
  const safe = (it) => isSafe(it) || !/^(https?|javascript|data|blob|vbscript|file|about|ws|wss):$/.test(it.protocol);
  return {
    client_id: url,
    client_name: name,
    redirect_uris: redirectUrls.map((it) => placed(it, "redirectUrls", safe)),
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    ...(logoUrl !== undefined && { logo_uri: placed(logoUrl, "logoUrl", isSafe) }),
    ...(siteUrl !== undefined && { client_uri: placed(siteUrl, "siteUrl", isSafe) }),
  };
};
