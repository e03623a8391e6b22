// Work that cells share: a stale build must not pass for the package of this run.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { once } from "./support/once.mjs";
import { install } from "./support/install.mjs";
import { inProgram } from "./support/program.mjs";
import { inTest } from "./support/reporter.mjs";
import { freePort } from "./support/service.mjs";
import { Unavailable, notHad } from "./support/unavailable.mjs";

const top = mkdtempSync(join(tmpdir(), "hubkey-shared-"));
after(() => rmSync(top, { recursive: true, force: true }));

let ctx, tarball, sources, made;
const make = async (dir) => {
  made++;
  assert.equal(existsSync(join(dir, "left")), false, "begins in an empty folder");
  writeFileSync(join(dir, "left"), "");
};
const build = () => once(ctx, "built", [tarball, sources], make);

beforeEach(() => {
  const dir = mkdtempSync(join(top, "run-"));
  ctx = { dir: join(dir, "cell"), hubUrl: "http://hub.test", token: "t", badToken: "b" };
  mkdirSync(ctx.dir);
  tarball = join(dir, "it.tgz");
  sources = join(dir, "sources");
  mkdirSync(join(sources, "deep"), { recursive: true });
  writeFileSync(tarball, "1");
  writeFileSync(join(sources, "deep", "main.js"), "1");
  made = 0;
});

test("the second cell finds what the first one made", async () => {
  assert.equal(await build(), await build());
  assert.equal(made, 1);
});

test("another package, another source or one more file makes it anew", async () => {
  await build();
  writeFileSync(tarball, "2");
  await build();
  writeFileSync(join(sources, "deep", "main.js"), "2");
  await build();
  writeFileSync(join(sources, "more.js"), "");
  await build();
  assert.equal(made, 4);
});

test("what failed is not done", async () => {
  await assert.rejects(once(ctx, "built", [tarball], () => Promise.reject(new Error("no"))), /no/);
  await once(ctx, "built", [tarball], make);
  assert.equal(made, 1);
});

test("a program that remarks on something fails, unless it may", async () => {
  const program = ["-e", "console.error('a remark'); console.log('first'); console.log(process.env.STORY)"];
  await assert.rejects(inProgram(ctx, process.execPath, program), /a remark/);
  const report = await inProgram(ctx, process.execPath, program, { quiet: false });
  assert.deepEqual(report, { hubUrl: "http://hub.test", token: "t", badToken: "b" });
});

test("a test runner without a report, or with a failed test, fails", async () => {
  const said = (text, code) => inTest(ctx, process.execPath, ["-e", `console.log(${JSON.stringify(text)}); process.exitCode = ${code}`]);
  assert.deepEqual(await said('  REPORT {"models":[]}', 0), { models: [] });
  await assert.rejects(said("1 passed", 0), /no report/);
  await assert.rejects(said('REPORT {"models":[]}', 1), /ended with 1/);
});

test("only an installation that cannot reach its tools counts as a tool that is not there", async () => {
  const installed = async (registry, tarball) => {
    // npm is asked for a package of no cache, by way of a port that nobody listens on.
    writeFileSync(join(ctx.dir, ".npmrc"), `registry=${registry}\nfetch-retries=0\n`);
    return install(ctx.dir, tarball, { "hubkey-no-such-tool": "1.0.0" }).catch(notHad);
  };
  mkdirSync(join(sources, "it"));
  writeFileSync(join(sources, "it", "package.json"), '{ "name": "it", "version": "1.0.0" }');
  await assert.rejects(installed(`http://127.0.0.1:${await freePort()}/`, join(sources, "it")), (error) => error instanceof Unavailable && error.message.includes("ECONNREFUSED"));
  await assert.rejects(install(ctx.dir, join(sources, "absent.tgz")).catch(notHad), (error) => !(error instanceof Unavailable));
});
