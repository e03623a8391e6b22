// Two copies of the package in one program, as bundlers and linked folders make them.
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { caught, same, yes } from "./support/check.mjs";
import { NOBODYS } from "./support/control.mjs";
import { ENTRY } from "./support/entry.mjs";
import { play } from "./support/node.mjs";
import { storage } from "./support/spy.mjs";

const require = createRequire(import.meta.url);
const installed = dirname(require.resolve("hubkey/package.json"));
const file = basename(require.resolve(ENTRY));

/** The same package once more, from another place. */
async function copy(use) {
  const folder = await mkdtemp(join(tmpdir(), "hubkey-copy-"));
  try {
    await cp(installed, folder, { recursive: true });
    await use(await import(pathToFileURL(join(folder, file)).href));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await play({
  "an error of one copy is known to the other": ({ hubkey, hubUrl }) =>
    copy(async (other) => {
      yes(other.Hub !== hubkey.Hub, "two classes");
      // Joining files may rename what they hold.
      same([hubkey.Hub.name, hubkey.HubError.name], ["Hub", "HubError"]);
      const [ours, theirs] = [await caught(new hubkey.Hub({ endpoint: hubUrl }).whoami()), await caught(new other.Hub({ endpoint: hubUrl }).whoami())];
      same([ours instanceof other.HubError, theirs instanceof hubkey.HubError], [false, false]);
      same([other.isHubError(ours), hubkey.isHubError(theirs)], [true, true]);
      same([ours.code, theirs.code], ["no_token", "no_token"]);
    }),

  "what one copy stored the other finds": ({ hubkey, hubUrl }) =>
    copy(async (other) => {
      const store = storage();
      await new hubkey.Hub({ endpoint: hubUrl, store }).setToken({ token: NOBODYS });
      same(await new other.Hub({ endpoint: hubUrl, store }).getToken(), NOBODYS);
      await new other.Hub({ endpoint: hubUrl, store }).logout();
      same(await new hubkey.Hub({ endpoint: hubUrl, store }).getToken(), null);
    }),

  "stores of one copy serve the other": ({ hubkey, hubUrl, token }) =>
    copy(async (other) => {
      const store = other.memoryStore();
      await new hubkey.Hub({ endpoint: hubUrl, store }).setToken({ token: token("testread") });
      same((await new other.Hub({ endpoint: hubUrl, store }).whoami()).name, "ada");
      same((await new hubkey.Hub({ endpoint: hubUrl, store: other.envStore({ HF_TOKEN: token("testgrace") }) }).whoami()).name, "grace");
    }),

  "two copies work at the same time": ({ hubkey, hubUrl, token }) =>
    copy(async (other) => {
      const hubs = [hubkey, other, hubkey, other].map((it) => new it.Hub({ endpoint: hubUrl, token: token("testread") }));
      same((await Promise.all(hubs.map((it) => it.whoami()))).map((it) => it.name), Array(4).fill("ada"));
    }),

  "require gives the same package as import": async ({ hubkey }, t) => {
    if (!process.features.require_module) return t.skip("this Node cannot require ES modules");
    const required = require(ENTRY);
    yes(required.Hub === hubkey.Hub, "one class");
    same(Object.keys(required).sort(), Object.keys(hubkey).sort());
  },

  "what is exported is what the types say": async ({ hubkey }) => {
    same(Object.keys(hubkey).sort(), ["Hub", "HubError", "envStore", "getterStore", "isHubError", "localStore", "maskToken", "memoryStore", "sessionStore", "tokenKind"]);
  },
});
