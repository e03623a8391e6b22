// The example as wrangler would run it, in workerd, against a localhub of this file's own.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { connect } from "../js/support/control.mjs";
import { localhub } from "../js/support/localhub.mjs";
import { Visits } from "../js/support/visits.mjs";

const dir = process.env.HUBKEY_WORKER;
if (!dir) throw new Error("HUBKEY_WORKER names the example with the package installed: cargo xtask test worker sets it");
export const config = await readFile(join(dir, "wrangler.toml"), "utf8");
const [, compatibilityDate] = /^compatibility_date = "([\d-]+)"$/m.exec(config);

const hub = await localhub();
after(hub.stop);
export const { control, hubUrl } = await connect(hub.url, hub.cdnUrl);
export const CLIENT = "worker-of-the-tests";

const post = async (path, body) => {
  const answer = await fetch(`${hubUrl}/_localhub/${path}`, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
};
export const oauth = {
  set: (it) => post("oauth", it),
  /** How often something happened. */
  count: async (name) => {
    const all = await (await fetch(`${hubUrl}/_localhub/oauth`)).json();
    return (all.counts ?? all)[name];
  },
  /** The access tokens of all are good no more. */
  revoke: async () => {
    for (const { name } of await (await fetch(`${hubUrl}/_localhub/principals`)).json()) if (/^oauth-\d/.test(name)) await control.standing(name, { revoked: true });
  },
};
export const reset = async () => {
  await control.reset();
  await post("oauth/clients", { clientId: CLIENT, redirectUris: ["http://127.0.0.1/auth/callback"], scope: "openid profile read-repos" });
  await oauth.set({ autoApprove: true });
};

const outdir = await mkdtemp(join(tmpdir(), "hubkey-worker-"));
after(() => rm(outdir, { recursive: true, force: true }));
await build({ entryPoints: [join(dir, "src/index.js")], outdir, bundle: true, format: "esm", target: "es2022", conditions: ["workerd", "worker", "browser"], loader: { ".wasm": "copy" }, logLevel: "error" });

const bindings = { CLIENT_ID: CLIENT, SESSION_SECRET: "a-secret-of-the-tests-that-is-no-secret", HF_ENDPOINT: hubUrl };
const script = { modules: true, modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }], modulesRoot: outdir, scriptPath: join(outdir, "index.js"), compatibilityDate };

/** What each says on its own; nothing is expected. */
export const said = [];
const handleRuntimeStdio = (...streams) => streams.forEach((it) => it.setEncoding("utf8").on("data", (text) => said.push(text)));

/**
 * Two isolates of the example, as two places of the world have them: `one` and `other` take a Request.
 * @param {"cookie" | "objects"} kind
 */
export async function start(kind, change) {
  const durableObjects = (it) => (kind === "objects" ? { durableObjects: { SESSIONS: it } } : {});
  const all = { ...bindings, ...change };
  const miniflare = new Miniflare({
    host: "127.0.0.1", port: 0, handleRuntimeStdio,
    workers: [
      { name: "one", ...script, bindings: all, ...durableObjects({ className: "HubkeySession", useSQLite: true }) },
      { name: "other", ...script, bindings: all, ...durableObjects({ className: "HubkeySession", scriptName: "one", useSQLite: true }) },
    ],
  });
  after(() => miniflare.dispose());
  const url = (await miniflare.ready).origin;
  const [one, other] = await Promise.all(["one", "other"].map(async (name) => {
    const worker = await miniflare.getWorker(name);
    return async (request) => {
      const { method, headers } = request;
      const answer = await worker.fetch(request.url, { method, headers: [...headers], redirect: "manual" });
      // Of another copy of undici.
      return new Response(answer.status === 303 ? null : await answer.text(), { status: answer.status, headers: [...answer.headers] });
    };
  }));
  return { url, one, other, visits: (app = one) => new Visits(app, url) };
}
