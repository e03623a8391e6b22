// The guard over a module made for this: a trap ends the calls under way, the next call runs in a new instance.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

// Not among what the package exports, so it is taken from where the package is made of.
const { guard } = await import(pathToFileURL(join(process.env.HUBKEY_ROOT, "pkg-template/guard.js")));

// (func (export "s")) (func (export "b") unreachable) (func (export "o") (result i32) i32.const 7) (func (export "d") call 3)
const bytes = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0,
  1, 8, 2, 96, 0, 0, 96, 0, 1, 127,
  3, 5, 4, 0, 0, 1, 0,
  7, 17, 4, 1, 115, 0, 0, 1, 98, 0, 1, 1, 111, 0, 2, 1, 100, 0, 3,
  10, 18, 4, 2, 0, 11, 3, 0, 0, 11, 4, 0, 65, 7, 11, 4, 0, 16, 3, 11,
]);

const made = (poll) => {
  const module = new WebAssembly.Module(bytes);
  let instances = 0;
  const makeGlue = () => {
    let wasm;
    instances++;
    return { imports: {}, start: () => wasm.s(), __wbg_set_wasm: (it) => { wasm = it; }, boom: () => wasm.b(), deep: () => wasm.d(), seven: () => wasm.o() };
  };
  const instantiate = (imports) => new WebAssembly.Instance(module, imports).exports;
  const panicked = (cause) => Object.assign(new Error("internal panic", { cause }), { code: "internal_panic" });
  return { ...guard(instantiate, makeGlue, panicked, poll), instances: () => instances };
};

const panic = (cause) => (error) => error.code === "internal_panic" && error.cause instanceof cause;

test("nothing runs before the first use, and a new instance only after a trap", () => {
  const it = made();
  assert.equal(it.instances(), 0);
  assert.equal(it.sync((me) => me.glue.seven()), 7);
  assert.throws(() => it.sync((me) => me.glue.boom()), panic(WebAssembly.RuntimeError));
  assert.equal(it.sync((me) => me.glue.seven()), 7);
  assert.equal(it.instances(), 2);
});

for (const poll of [undefined, 5]) {
  test(`a trap rejects the call and those under way, aborts their requests, and the next call works${poll ? ", looking for itself" : ""}`, async () => {
    const it = made(poll);
    const controller = new AbortController();
    const under = it.call((me) => (me.running.add(controller), new Promise(() => {})));
    await assert.rejects(it.call(async (me) => (await null, me.glue.boom())), panic(WebAssembly.RuntimeError));
    await assert.rejects(under, panic(WebAssembly.RuntimeError));
    assert.equal(controller.signal.aborted, true);
    assert.equal(await it.call((me) => me.glue.seven()), 7);
    assert.equal(it.instances(), 2);
  });
}

test("a stack overflow is one too", async () => {
  const it = made();
  await assert.rejects(it.call((me) => me.glue.deep()), panic(RangeError));
  assert.equal(await it.call((me) => me.glue.seven()), 7);
});

test("a thousand in a row, sync and async", async () => {
  const it = made();
  for (let i = 0; i < 1000; i++) assert.throws(() => it.sync((me) => me.glue.boom()), panic(WebAssembly.RuntimeError));
  for (let i = 0; i < 1000; i++) await assert.rejects(it.call(async (me) => (await null, me.glue.boom())), panic(WebAssembly.RuntimeError));
  assert.equal(it.sync((me) => me.glue.seven()), 7);
});

test("what a late callback of a dead instance meets does nothing", async () => {
  const it = made();
  let dead;
  await assert.rejects(it.call((me) => { dead = me.glue; me.glue.boom(); }), panic(WebAssembly.RuntimeError));
  assert.doesNotThrow(() => dead.seven());
  assert.equal(it.sync((me) => me.glue.seven()), 7);
});

test("what is thrown beside the module is the caller's own", async () => {
  const it = made();
  await assert.rejects(it.call(() => { throw new TypeError("mine"); }), TypeError);
  assert.throws(() => it.sync(() => { throw new TypeError("mine"); }), TypeError);
  assert.equal(it.instances(), 1);
});
