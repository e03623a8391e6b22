// Somebody else's OpenID server: oidc-provider, as plain as it comes. It knows two apps, and lets in whoever has a password.
import { createServer } from "node:http";

export const REDIRECT = "http://127.0.0.1/callback";

/** It tells the console that its keys and pages are for development. */
const quietly = async (run) => {
  const before = { ...console };
  for (const name of ["info", "warn", "error", "log"]) console[name] = () => {};
  try { return await run(); } finally { Object.assign(console, before); }
};

const made = async (issuer) => {
  const { default: Provider } = await import("oidc-provider");
  // A native app comes back to any port of this machine.
  const client = { redirect_uris: [REDIRECT], application_type: "native", response_types: ["code"], grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"] };
  return new Provider(issuer, {
    clients: [
      { ...client, client_id: "fake-public", token_endpoint_auth_method: "none" },
      { ...client, client_id: "fake-server", client_secret: "fake-secret/+:", token_endpoint_auth_method: "client_secret_basic" },
    ],
    claims: { openid: ["sub"], profile: ["name", "preferred_username", "picture"], email: ["email", "email_verified"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: "Ada L.", preferred_username: "ada", email: "ada@example.org", email_verified: true }) }),
    features: { deviceFlow: { enabled: true } },
    clientBasedCORS: () => true,
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    cookies: { keys: ["fake-key-for-tests"] },
  });
};

export async function openIdServer() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const issuer = `http://127.0.0.1:${server.address().port}`, provider = await quietly(() => made(issuer)), answer = provider.callback();
  server.on("request", (...both) => void quietly(() => answer(...both)));
  const stop = () => { server.closeAllConnections(); server.close(); };
  return { issuer, provider, stop };
}
