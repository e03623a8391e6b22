// Two tabs of Chromium on one sign-in: each hears what the other does, and nothing that is said has anything in it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { endpoint, launch, seeded, serve } from "./surroundings.mjs";

const [token, graces] = [await seeded("testread"), await seeded("testgrace")];
let browser, files;

before(async () => {
  browser = await launch();
  files = await serve(import.meta.dirname);
});
after(async () => {
  await browser?.close();
  files?.close();
});

/** Two tabs of one person, with what each has to be asked. */
async function tabs(kind, use) {
  const context = await browser.newContext();
  const open = async () => {
    const page = await context.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(`${files.url}/page/tabs.html`);
    await page.waitForFunction(() => globalThis.start, undefined, { timeout: 10_000 });
    await page.evaluate(([endpoint, kind]) => globalThis.start(endpoint, kind), [endpoint, kind]);
    const heard = () => page.evaluate(() => globalThis.heard);
    return {
      page, errors, heard,
      hub: (method, options) => page.evaluate(([method, options]) => globalThis.hub[method](options ?? undefined), [method, options]),
      session: () => page.evaluate(() => globalThis.hub.session),
      /** Waits for the last thing that the listener was told. */
      told: async (words) => {
        await page.waitForFunction((words) => globalThis.heard.at(-1) === words, words, { timeout: 10_000 }).catch(async () => assert.equal((await heard()).at(-1), words));
      },
    };
  };
  try {
    const both = [await open(), await open()];
    await use(...both);
    for (const { errors } of both) assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

for (const kind of ["local", "vault"]) test(`a second tab follows sign-in, switch and sign-out (${kind})`, () => tabs(kind, async (one, other) => {
  await other.told("loaded signed_out - - false");
  await one.hub("login", { token });
  await one.told("login signed_in reader ada false");
  await other.told("login signed_in reader - true");
  await other.hub("whoami");
  await other.told("identity signed_in reader ada false");
  await other.hub("login", { token: graces, profile: "work" });
  await one.told("switch signed_in work - true");
  assert.equal((await one.hub("whoami")).name, "grace", "calls follow");
  await one.hub("authSwitch", "reader");
  await other.told("switch signed_in reader - true");
  await other.hub("logout", { profile: "reader" });
  await one.told("logout signed_out - - true");
  assert.deepEqual(await one.session(), { status: "signed_out" });
  assert.equal(await one.hub("getToken"), null);
  await one.hub("logout");
  assert.deepEqual(await other.hub("authList"), { profiles: [] });
  for (const { page } of [one, other]) {
    const seen = await page.evaluate(() => JSON.stringify([globalThis.heard, globalThis.said, { ...localStorage }]));
    for (const it of [token, graces]) assert.ok(!seen.includes(it), "no token is left, or was ever told");
    const said = await page.evaluate(() => globalThis.said);
    assert.ok(said.length > 0 && said.every((it) => it === 0), `said: ${JSON.stringify(said)}`);
  }
}));

test("a tab that stopped listening hears nothing, and finds out at its next call", () => tabs("local", async (one, other) => {
  await one.hub("login", { token });
  await other.told("login signed_in reader - true");
  await other.page.evaluate(() => globalThis.stop());
  const before = await other.heard();
  await one.hub("logout");
  assert.equal(await other.hub("getToken"), null);
  assert.deepEqual(await other.heard(), before);
  assert.deepEqual(await other.session(), { status: "signed_out" });
}));

test("a store of one's own is looked at when another tab says so, and believed alone", () => tabs("own", async (one, other) => {
  await other.told("loaded signed_out - - false");
  const looked = () => other.page.evaluate(() => globalThis.looked);
  const before = await looked();
  await one.hub("login", { token });
  await other.page.waitForFunction((before) => globalThis.looked > before, before, { timeout: 10_000 });
  // Its own store has nothing, whatever the other tab says.
  assert.equal(await other.hub("getToken"), null);
  assert.deepEqual(await other.session(), { status: "signed_out" });
}));

test("what another page of the origin writes or empties by itself is seen too", () => tabs("local", async (one, other) => {
  await one.hub("login", { token });
  await other.told("login signed_in reader - true");
  await one.page.evaluate(() => localStorage.clear());
  await other.told("logout signed_out - - true");
}));
