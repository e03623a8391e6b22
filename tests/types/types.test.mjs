// Programs compiled strictly, with the package's own declarations checked too, under three sets of platform types.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
const strict = ["--noEmit", "--strict", "--skipLibCheck", "false", "--module", "nodenext", "--target", "es2022", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess"];

const compile = (...args) =>
  run(process.execPath, [tsc, ...strict, ...args], { cwd: here }).catch((error) => assert.fail(error.stdout || error.message));

test("a page's program compiles", () => compile("--types", "", "--lib", "es2022,dom,dom.iterable", "program.ts", "page.ts"));
test("a Worker's program compiles", () => compile("--types", "@cloudflare/workers-types", "--lib", "es2022", "program.ts", "worker.ts"));
test("a program without any platform's types compiles", () => compile("--types", "", "--lib", "es2022", "program.ts"));
