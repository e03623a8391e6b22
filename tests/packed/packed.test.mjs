// The packed tarball, installed in tiny projects. `cargo xtask test packed` makes copies of them, installs
// the package in each, and runs this beside them.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { build as esbuild } from "esbuild";
import { Miniflare } from "miniflare";
import { build as vite } from "vite";
import { endpoint, launch, seeded, serve } from "./surroundings.mjs";

const here = import.meta.dirname;
const token = await seeded("testread");
let browser, files;

before(async () => {
  browser = await launch();
  files = await serve(here);
});
after(async () => {
  await browser?.close();
  files?.close();
});

function isRight(report) {
  assert.equal(report.models.length, 5);
  for (const id of report.models) assert.match(id, /^ada\//);
  assert.deepEqual(
    { ...report, models: undefined },
    {
      name: "ada",
      role: "read",
      persisted: false,
      models: undefined,
      error: { isError: true, code: "invalid_token", status: 401, hasHint: true, tellsToken: false },
      signedOut: { token: null, code: "no_token" },
    },
  );
}

async function inPage(path, prepare) {
  const page = await browser.newPage();
  if (prepare) await page.addInitScript(prepare);
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  try {
    await page.goto(files.url + path);
    await page.waitForFunction(() => globalThis.run, undefined, { timeout: 10_000 }).catch((error) => {
      throw new Error(`${path} did not start: ${errors.join("; ")}`, { cause: error });
    });
    isRight(await page.evaluate((options) => globalThis.run(options), { endpoint, token }));
    assert.deepEqual(errors, []);
  } finally {
    await page.close();
  }
}

/** What the first uses of a page end with, where it may import but not use. */
async function refused(path, prepare) {
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  try {
    if (prepare) await page.addInitScript(prepare);
    await page.goto(files.url + path);
    await page.waitForFunction(() => globalThis.firstUse, undefined, { timeout: 10_000 }).catch((error) => {
      throw new Error(`${path} did not start: ${errors.join("; ")}`, { cause: error });
    });
    const uses = Object.values(await page.evaluate(() => globalThis.firstUse()));
    assert.deepEqual(errors, []);
    assert.equal(uses.length, 3);
    for (const it of uses) {
      assert.deepEqual([it.known, it.code, it.retryable], [true, "wasm_blocked", false]);
      assert.ok(it.hint.includes('import "hubkey/js"') && it.message.includes(it.hint), it.message);
      assert.equal(it.message, uses[0].message);
    }
    return uses[0];
  } finally {
    await page.close();
  }
}

const withoutWasm = () => { delete globalThis.WebAssembly; };

async function inNode(dir, file) {
  const args = [file, endpoint, token];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: `${here}/${dir}` });
  isRight(JSON.parse(stdout));
  assert.equal(stderr.replace(/.*ExperimentalWarning.*\n|\(Use `node --trace-warnings.*\n/g, ""), "");
}

test("a page built with Vite", async () => {
  await vite({ root: `${here}/vite`, base: "./", logLevel: "error" });
  await inPage("/vite/dist/index.html");
});

test("a page with a plain module script", () => inPage("/page/index.html"));

test("a page that loads the module as a file of its own", () => inPage("/page/url.html"));

test("hubkey/js in a page whose policy refuses WebAssembly", () => inPage("/strict/js.html"));

test("hubkey/js where there is no WebAssembly at all", () => inPage("/strict/js.html", withoutWasm));

test("both entries in such a page: the plain one runs", () => inPage("/strict/both.html"));

for (const entry of ["default", "url"]) {
  test(`the ${entry} entry in such a page can be imported, and its first use says what is missing`, async () => {
    const { message, cause } = await refused(`/strict/${entry}.html`);
    assert.match(message, /^WebAssembly is blocked by this page's Content-Security-Policy: add 'wasm-unsafe-eval' to script-src, or import "hubkey\/js"/);
    assert.match(cause, /Content Security Policy/);
  });

  test(`the ${entry} entry where there is no WebAssembly says so`, async () => {
    const { message } = await refused(`/strict/${entry}.html`, withoutWasm);
    assert.match(message, /^there is no WebAssembly here/);
  });
}

test("with what the error advises the page works", () => inPage("/strict/allowed.html"));

test("Node, import", () => inNode("node-import", "main.mjs"));

test("Node, require", () => inNode("node-require", "main.cjs"));

test("workerd, as wrangler bundles it", async () => {
  const outdir = `${here}/workerd/dist`;
  await esbuild({
    entryPoints: [`${here}/workerd/worker.js`],
    outdir,
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    // Modules cannot be compiled from bytes there: the file travels beside the script and is imported.
    loader: { ".wasm": "copy" },
    logLevel: "error",
  });
  const worker = new Miniflare({
    rootPath: outdir,
    modules: true,
    modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
    scriptPath: "worker.js",
    compatibilityDate: "2024-09-01",
    bindings: { HF_ENDPOINT: endpoint, HF_TOKEN: token },
  });
  try {
    const response = await worker.dispatchFetch("http://worker.test/");
    assert.equal(response.status, 200, await response.clone().text());
    const { fromEnv, ...report } = await response.json();
    isRight(report);
    assert.equal(fromEnv, "ada");
  } finally {
    await worker.dispose();
  }
});
