// What a browser's profile holds of a token on the disk, and what is there after a restart.
import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { endpoint, launchIn, seeded, serve } from "./surroundings.mjs";

const token = await seeded("testread");
let files, folder;

before(async () => {
  files = await serve(import.meta.dirname);
  folder = await mkdtemp(join(tmpdir(), "hubkey-disk-"));
});
after(async () => {
  files?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A browser from its start to its end, with one page of the store's kind. */
async function session(profile, kind, use) {
  const context = await launchIn(join(folder, profile));
  try {
    const page = await context.newPage();
    await page.goto(`${files.url}/page/tabs.html`);
    await page.waitForFunction(() => globalThis.start, undefined, { timeout: 10_000 });
    await page.evaluate(([endpoint, kind]) => globalThis.start(endpoint, kind), [endpoint, kind]);
    return await use((method, options) => page.evaluate(([method, options]) => globalThis.hub[method](options ?? undefined), [method, options]));
  } finally {
    await context.close();
  }
}

/** The files in which the token stands, in either of the ways that a browser writes text. */
async function written(profile) {
  const found = [];
  for (const entry of await readdir(join(folder, profile), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath ?? entry.path, entry.name)).catch(() => Buffer.alloc(0));
    if (bytes.includes(token) || bytes.includes(Buffer.from(token, "utf16le"))) found.push(entry.name);
  }
  return found;
}

test("the vault's sign-in outlasts the browser, and the token is in no file of its profile", async () => {
  assert.equal((await session("vault", "vault", (hub) => hub("login", { token }))).persisted, true);
  assert.deepEqual(await written("vault"), []);
  assert.equal((await session("vault", "vault", (hub) => hub("whoami"))).name, "ada");
  assert.deepEqual(await written("vault"), []);
  assert.equal(await session("vault", "vault", async (hub) => { await hub("logout"); return hub("getToken"); }), null);
  assert.equal(await session("vault", "vault", (hub) => hub("getToken")), null);
});

test("of localStorage it is, so that one would find it", async () => {
  await session("local", "local", (hub) => hub("login", { token }));
  assert.notEqual((await written("local")).length, 0);
});
