// What only a Worker's types have.
import { Hub } from "hubkey";
import { durableObjectSessions, HubkeySession, sessions, type SessionAnswer } from "hubkey/server";

export { HubkeySession };

export default {
  async fetch(request: Request, env: { HF_TOKEN: string }): Promise<Response> {
    const hub = Hub.fromEnv(env);
    const answer: Response = await hub.fetch("https://router.huggingface.co/v1/models", { signal: request.signal });
    const me = await hub.whoami({ signal: request.signal });
    const file = await hub.downloadFile({ repo: "acme/tiny", path: "a.bin", signal: request.signal });
    if (request.url.endsWith("/a.bin")) return new Response(file.stream, { headers: { etag: file.etag ?? "" } });
    return new Response(`${me.name} ${answer.status}`);
  },
} satisfies ExportedHandler<{ HF_TOKEN: string }>;

interface Env { CLIENT_ID?: string; CLIENT_SECRET?: string; SCOPES?: string; SESSION_SECRET: string; OLD?: string; SESSIONS?: DurableObjectNamespace }

export const visited = {
  async fetch(request: Request, env: Env): Promise<Response> {
    const auth = sessions({ clientId: env.CLIENT_ID, clientSecret: env.CLIENT_SECRET, scopes: env.SCOPES, secrets: [env.SESSION_SECRET, env.OLD], onError: (error, { url }) => new Response(`${error.code} ${url}`) });
    if (env.SESSIONS) sessions({ clientId: env.CLIENT_ID, scopes: ["read-repos"], orgIds: "1", secrets: env.SESSION_SECRET, store: durableObjectSessions(env.SESSIONS), embedded: "partitioned" });
    const answer: Response | undefined = await auth.handle(request);
    if (answer) return answer;
    const visitor = await auth.visitor(request);
    if (!visitor.signedIn || !visitor.isOwnRequest) return auth.login(request, { returnTo: "/" });
    const { name } = await visitor.hub.whoami();
    return visitor.respond(new Response(`${name} ${visitor.session.identity?.fullname} ${visitor.session.identity?.orgs?.length} ${visitor.scopes.join()}`));
  },
} satisfies ExportedHandler<Env>;

export const told = (it: SessionAnswer): string => (it.signedIn ? it.identity?.name ?? "somebody" : "nobody");
