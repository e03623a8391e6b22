// What only a Worker's types have.
import { Hub } from "hubkey";

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
