// A program that uses every export; compiled under the types of a page, of Cloudflare Workers, and under none.
import { sessions } from "hubkey/server";
import {
  Hub, HubError, envStore, getterStore, isHubError, localStore, maskToken, memoryStore, sessionStore, tokenKind,
  type AuthList, type CreateRepoOptions, type Dataset, type DatasetProperty, type DeviceCode, type DownloadFileOptions, type DownloadedFile, type ErrorCode, type Identity, type ListDatasetsOptions, type ListModelsOptions, type Listing, type Login, type Model,
  type ModelSort, type NewTokenOptions, type OrgMember, type Organization, type Permission, type PermissionOptions, type Profile, type Recorded, type RepoFile, type Scope, type Session, type SessionChange, type SignIn, type Space, type SpaceRuntime, type Store, type Switched, type TokenKind, type TokenSource, type User, type Validation, type Verdict,
} from "hubkey";
import { diagnose, type Diagnosis, type DiagnosisCheck } from "hubkey/diagnose";
import { exchangeEmail, exchangeIdToken, githubIdToken, memberToken, trustedPublisher, type Exchanged, type MemberOptions } from "hubkey/exchange";
import { SCOPES, clientMetadata, oauth, type ClientMetadata, type OAuthOptions } from "hubkey/oauth";
import { vaultStore, type VaultStore } from "hubkey/vault";

const vault: VaultStore = vaultStore({ name: "mine" });
const stores: Store[] = [vault, vaultStore(), memoryStore(), localStore({ key: "mine" }), sessionStore(), envStore({ HF_TOKEN: "" }), getterStore(async () => null), getterStore(() => "")];
const own: Store = { getItem: async () => null, setItem() {}, removeItem: () => Promise.resolve() };
const record: Store = { load: () => undefined, save: async (text, key) => void [text, key], clear() {} };

export async function everything(pasted: string, env: object): Promise<string[]> {
  const hub = new Hub({ store: stores[0] ?? own, endpoint: "https://huggingface.co", origins: ["https://me-x.hf.space"], timeoutMs: 1000 });
  Hub.fromEnv(env, { timeoutMs: 5, store: own });
  const place: "database" | "session" | "memory" = vault.place;
  new Hub({ store: record });
  const me: Login = await hub.login({ token: pasted, profile: "laptop", remember: false });
  const identity: Identity = await hub.whoami({ token: false, timeoutMs: 1 });
  const role: "read" | "write" | "fineGrained" | "god" | (string & {}) | undefined = me.token.role;
  const kept: boolean = (await hub.setToken({ token: pasted, remember: true })).persisted && me.persisted;
  const token: string | null = await hub.getToken();
  const headers: Record<string, string> = await hub.authHeaders({ token: false });
  const validation: Validation = await hub.validateToken(pasted);
  const said = validation.valid ? validation.identity.name : validation.fix;

  const names: string[] = [place, String(kept), String(role), String(token), said, identity.name, ...Object.keys(headers)];
  const wanted: ListModelsOptions = { author: "acme", filter: ["safetensors"], limit: 5, pipelineTag: "text-generation" };
  for await (const model of hub.listModels(wanted)) names.push(model.id);
  for await (const page of hub.listModels().pages()) names.push(...page.map((it: Model) => it.id));
  const likes: number | undefined = (await hub.modelInfo({ repo: "acme/tiny", revision: "main" })).likes;
  const make: CreateRepoOptions = { repo: "acme/new", type: "dataset", private: true, existOk: true };
  names.push((await hub.createRepo(make)).url, String(likes));

  const tagged: ListDatasetsOptions = { language: ["en", "fr"], taskCategories: "fill-mask", benchmark: "official", sort: "datasetsServerInfo.numRows", expand: ["downloads", "mainSize"] };
  const datasets: Listing<Dataset> = hub.listDatasets(tagged);
  for await (const it of datasets) names.push(it.id, it.description ?? "", String(it.mainSize ?? 0));
  const properties: readonly DatasetProperty[] = ["citation", "a word of tomorrow"];
  const files: RepoFile[] = (await hub.datasetInfo({ repo: "squad", blobs: true, expand: properties })).siblings ?? [];
  for await (const page of hub.listSpaces({ models: "acme/tiny", linked: true, sort: "likes", limit: 3 }).pages()) names.push(...page.map((it: Space) => it.sdk ?? it.id));
  const runtime: SpaceRuntime | undefined = (await hub.spaceInfo({ repo: "acme/app" })).runtime;
  if (runtime?.stage === "RUNNING") names.push(runtime.hardware?.current ?? "none");
  const there: boolean = await hub.repoExists({ repo: "acme/new", type: "dataset" });
  const gone: boolean = await hub.deleteRepo({ repo: "acme/new", type: "dataset", missingOk: true });
  const where: PermissionOptions = { repo: "acme/new", type: "dataset", timeoutMs: 5 };
  const verdict: Verdict = await hub.can("repo.write", where);
  const permission: Permission = "a.word.of.tomorrow.read";
  names.push(verdict.reason, verdict.hint ?? "", verdict.fix ?? "", verdict.restriction ?? "", (await hub.require(permission, { org: "acme" })).reason);
  const allowed: boolean = verdict.allowed === "unknown" ? await hub.authCheck({ repo: "acme/new", write: true }) : verdict.allowed;
  const wish: NewTokenOptions = { permissions: ["repo.write"], orgs: ["acme"], canReadGatedRepos: allowed };
  names.push(hub.newTokenUrl(wish));
  const recorded: Recorded<number> = await hub.recordPermissions(async () => (await hub.whoami()).orgs.length);
  names.push(recorded.url, recorded.result.toFixed(), ...recorded.permissions, ...recorded.unknown, ...recorded.needs.map((it) => it.owner ?? it.permission));
  await hub.revokeToken({ token: pasted, timeoutMs: 5 });
  const user: User = await hub.userOverview({ username: "ada" });
  const org: Organization = await hub.orgOverview({ organization: "acme", token: false });
  const members: OrgMember[] = [];
  for await (const it of hub.orgMembers({ organization: org.name, search: "a", limit: 20 })) members.push(it);
  const order: ModelSort = "num_parameters";
  names.push(user.fullname, String(there && gone), order, ...files.map((it) => it.rfilename), ...members.map((it) => it.role ?? it.user));
  const wantedFile: DownloadFileOptions = { repo: "acme/tiny", path: "a/b.bin", type: "model", revision: "main", range: [0, 8], onProgress: ({ loaded, total }) => void [loaded.toFixed(), total?.toFixed()] };
  const file: DownloadedFile = await hub.downloadFile(wantedFile);
  names.push(file.etag ?? "", file.commit ?? "", String(file.size), String((await file.bytes()).length), await file.text(), (await file.json<{ a: string }>()).a, (await file.blob()).type);
  const rest: DownloadedFile["stream"] = (await hub.downloadFile({ repo: "acme/tiny", path: "c", range: [8] })).stream;
  names.push(String(rest));
  const papers = await hub.request<{ title: string }[]>("/api/daily_papers", { query: { limit: 1, tag: ["a", "b"] } });
  names.push(...papers.map((it) => it.title), maskToken(pasted));
  const { whoami } = hub;
  await whoami();
  const { profiles, source }: AuthList = await hub.authList();
  const first: Profile | undefined = profiles[0];
  const switched: Switched = await hub.authSwitch(first?.name ?? "laptop");
  const from: TokenSource | undefined = source;
  const shown: Session = hub.session;
  // As React's useSyncExternalStore takes it, and as Svelte does.
  const external: (changed: () => void) => () => void = hub.subscribe;
  const svelte: (run: (value: Session) => void) => () => void = hub.subscribe;
  external(() => {})();
  svelte((it) => void it.identity?.token.role)();
  hub.subscribe((session, change?: SessionChange) => void (change?.elsewhere && session.status === "expired"))();
  const git: { username: "hf_user"; password: string } = await hub.gitCredentials();
  names.push(switched.token, String(from), shown.profile ?? "", git.password);
  await hub.logout({ profile: "laptop" });
  await hub.logout();
  const kind: TokenKind = tokenKind(pasted);
  return [...names, kind];
}

export async function diagnosed(hub: Hub, env: object): Promise<string[]> {
  const { ok, checks }: Diagnosis = await diagnose(hub, { env, timeoutMs: 1000, token: false });
  const one = (it: DiagnosisCheck): string => {
    switch (it.name) {
      case "token": return `${it.from ?? it.nearMisses.join()}`;
      case "clock": return `${(it.skewMs ?? 0) / 1000} s`;
      case "accepted": return it.code === "invalid_token" ? it.fix ?? "" : it.user ?? "";
      // @ts-expect-error: the list of checks is closed
      case "weather": return "";
      default: return `${it.status} ${it.message}`;
    }
  };
  new Hub({ debug: (event) => (event.type === "answer" ? `${event.status} ${event.ms}` : event.type === "failure" ? event.code : event.authorized) });
  return [String(ok), ...checks.map(one)];
}

export function told(error: unknown): string {
  if (!isHubError(error)) throw error;
  const code: ErrorCode = error.code;
  switch (error.code) {
    case "rate_limited": return `wait ${error.retryAfterMs ?? 0}`;
    case "conflict": return error.url ?? "";
    case "insufficient_scope": return error.fix ?? error.hint;
    // @ts-expect-error: the list of codes is closed
    case "no_such_code": return "";
    default: return `${code} ${error.status ?? ""} ${error.hint} ${error.docs} ${error instanceof HubError}`;
  }
}

const hub = new Hub();
// @ts-expect-error: a token is needed
void hub.login({});
// @ts-expect-error: a forgotten variable is not "all of them"
void hub.logout({ profile: undefined });
// @ts-expect-error: a snapshot is only read
hub.session.status = "signed_out";
// @ts-expect-error: the Hub's own answer is not in it
void hub.session.identity?.raw;
// @ts-expect-error: a repo is needed
void hub.modelInfo({ revision: "main" });
// @ts-expect-error: not a type of repo
void hub.createRepo({ repo: "a/b", type: "modle" });
// @ts-expect-error: the Hub sorts by words
void hub.listDatasets({ sort: 5 });
// @ts-expect-error: a model's option
void hub.listSpaces({ pipelineTag: "fill-mask" });
// @ts-expect-error: an organisation is needed
void hub.orgMembers();
// @ts-expect-error: a deletion is of one repo
void hub.deleteRepo({ repo: ["a/b"] });
// @ts-expect-error: a path is needed
void hub.downloadFile({ repo: "a/b" });
// @ts-expect-error: a range begins somewhere
void hub.downloadFile({ repo: "a/b", path: "c", range: [] });
// @ts-expect-error: one thing at a time
void hub.can("repo.write", { repo: "a/b", org: "a" });
// @ts-expect-error: the token in use is never revoked by a slip
void hub.revokeToken({});
// @ts-expect-error: a list
void hub.newTokenUrl({ permissions: "repo.write" });
// @ts-expect-error: a function is needed
void hub.recordPermissions(hub.whoami());
// @ts-expect-error: not an option
void hub.listModels({ autor: "acme" });

export async function signedIn(app: OAuthOptions): Promise<string[]> {
  const hub = new Hub({ oauth: oauth({ clientId: "app", scopes: ["read-repos", "a scope of tomorrow"], redirectUrl: "https://app.example/", orgIds: [], ...app }) });
  const env: Record<string, string | undefined> = {};
  // As a Space has it in its environment.
  oauth({ clientId: env.OAUTH_CLIENT_ID, clientSecret: env.OAUTH_CLIENT_SECRET, scopes: env.OAUTH_SCOPES, orgIds: "64b0c0ffee0123456789abce" });
  sessions({ clientId: env.OAUTH_CLIENT_ID, clientSecret: env.OAUTH_CLIENT_SECRET, scopes: env.OAUTH_SCOPES, secrets: [env.SESSION_SECRET] });
  const blocked: ErrorCode = "popup_blocked";
  const back: SignIn | null = await hub.handleRedirect({ url: "/?code=1&state=2", remember: true });
  const me: SignIn = await hub.signIn({ popup: true, state: { draft: 7 } });
  const nothing: null = await hub.signIn({ navigate: (url: string) => url.length });
  const shown: DeviceCode[] = [];
  const scopes: Scope[] = (await hub.deviceLogin({ onCode: (it) => shown.push(it), scopes: ["jobs"] })).grantedScopes;
  const document: ClientMetadata = clientMetadata({ url: "https://app.example/cimd", name: "An app", redirectUrls: ["https://app.example/"] });
  return [...scopes, blocked, me.name, back?.returnTo ?? "", document.client_id, SCOPES["read-repos"], String(nothing), shown[0]?.userCode ?? ""];
}

export async function published(env: { HF_OIDC_ID_TOKEN?: string }, member: MemberOptions): Promise<string[]> {
  const hub = new Hub({ store: trustedPublisher({ resource: "acme/m1", env }) });
  const others: Hub[] = [trustedPublisher({ resource: "ada", idToken: async ({ audience }) => audience }), memberToken({ ...member, scopes: ["jobs"] })].map((store) => new Hub({ store }));
  const idToken: string = await githubIdToken({ env, audience: "https://hub.example", timeoutMs: 5 });
  const it: Exchanged = await exchangeIdToken({ idToken, resource: "datasets/acme/d", endpoint: "https://hub.example" });
  const { token, scopes, expiresAt, kind } = await exchangeEmail(member);
  // @ts-expect-error: a page has nothing to exchange, and a server says for whom
  void exchangeEmail({ clientId: "app" });
  return [hub.endpoint, `${others.length}`, it.token, token, kind, `${(expiresAt ?? 0) + 1}`, ...scopes];
}
