// A program that uses every export; compiled under the types of a page, of Cloudflare Workers, and under none.
import {
  Hub, HubError, envStore, isHubError, localStore, maskToken, memoryStore, sessionStore, tokenKind,
  type CreateRepoOptions, type ErrorCode, type Identity, type ListModelsOptions, type Login, type Model, type Store, type TokenKind, type Validation,
} from "hubkey";

const stores: Store[] = [memoryStore(), localStore({ key: "mine" }), sessionStore(), envStore({ HF_TOKEN: "" })];
const own: Store = { getItem: async () => null, setItem() {}, removeItem: () => Promise.resolve() };
const record: Store = { load: () => undefined, save: async (text, key) => void [text, key], clear() {} };

export async function everything(pasted: string, env: object): Promise<string[]> {
  const hub = new Hub({ store: stores[0] ?? own, endpoint: "https://huggingface.co", origins: ["https://me-x.hf.space"], timeoutMs: 1000 });
  Hub.fromEnv(env, { timeoutMs: 5 });
  new Hub({ store: record });
  const me: Login = await hub.login({ token: pasted, profile: "laptop" });
  const identity: Identity = await hub.whoami({ token: false, timeoutMs: 1 });
  const role: "read" | "write" | "fineGrained" | "god" | (string & {}) | undefined = me.token.role;
  const kept: boolean = (await hub.setToken({ token: pasted })).persisted && me.persisted;
  const token: string | null = await hub.getToken();
  const headers: Record<string, string> = await hub.authHeaders({ token: false });
  const validation: Validation = await hub.validateToken(pasted);
  const said = validation.valid ? validation.identity.name : validation.fix;

  const names: string[] = [String(kept), String(role), String(token), said, identity.name, ...Object.keys(headers)];
  const wanted: ListModelsOptions = { author: "acme", filter: ["safetensors"], limit: 5, pipelineTag: "text-generation" };
  for await (const model of hub.listModels(wanted)) names.push(model.id);
  for await (const page of hub.listModels().pages()) names.push(...page.map((it: Model) => it.id));
  const likes: number | undefined = (await hub.modelInfo({ repo: "acme/tiny", revision: "main" })).likes;
  const make: CreateRepoOptions = { repo: "acme/new", type: "dataset", private: true, existOk: true };
  names.push((await hub.createRepo(make)).url, String(likes));
  const papers = await hub.request<{ title: string }[]>("/api/daily_papers", { query: { limit: 1, tag: ["a", "b"] } });
  names.push(...papers.map((it) => it.title), maskToken(pasted));
  const { whoami } = hub;
  await whoami();
  await hub.logout();
  const kind: TokenKind = tokenKind(pasted);
  return [...names, kind];
}

export function told(error: unknown): string {
  if (!isHubError(error)) throw error;
  const code: ErrorCode = error.code;
  switch (error.code) {
    case "rate_limited": return `wait ${error.retryAfterMs ?? 0}`;
    case "conflict": return error.url ?? "";
    // @ts-expect-error: the list of codes is closed
    case "no_such_code": return "";
    default: return `${code} ${error.status ?? ""} ${error.hint} ${error.docs} ${error instanceof HubError}`;
  }
}

const hub = new Hub();
// @ts-expect-error: a token is needed
void hub.login({});
// @ts-expect-error: a repo is needed
void hub.modelInfo({ revision: "main" });
// @ts-expect-error: not a type of repo
void hub.createRepo({ repo: "a/b", type: "modle" });
// @ts-expect-error: not an option
void hub.listModels({ autor: "acme" });
