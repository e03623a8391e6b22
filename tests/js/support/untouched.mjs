// Imports the package in a process of its own, as a server that renders pages does, with a trap before everything that
// the platform offers. Prints what was looked at and what was changed; language built-ins may be looked at.
import { runInNewContext } from "node:vm";
import { ENTRY } from "./entry.mjs";

const language = runInNewContext("Object.getOwnPropertyNames(globalThis)").filter((name) => !["console", "WebAssembly"].includes(name));
// A rendering server has none of these, and some put stand-ins there.
const pages = ["window", "self", "document", "location", "navigator", "localStorage", "sessionStorage", "indexedDB", "caches", "name", "Deno", "Bun", "EdgeRuntime"];

/** Own keys and values of the built-ins and their prototypes. */
const parts = () => {
  const objects = language.map((name) => globalThis[name]).filter((it) => it && it !== globalThis && ["object", "function"].includes(typeof it));
  return [globalThis, ...objects, ...objects.map((it) => it.prototype).filter(Boolean)].map((it) => [it, Object.getOwnPropertyDescriptors(it)]);
};
const differs = ([it, before]) => {
  const after = Object.getOwnPropertyDescriptors(it);
  return [...new Set([...Reflect.ownKeys(before), ...Reflect.ownKeys(after)])]
    .filter((key) => !["value", "get", "set"].every((part) => before[key] && after[key] && Object.is(before[key][part], after[key][part])))
    .map(String);
};

const { print, exit } = { print: console.log, exit: process.exit };
const looks = [];
/** Node looks, too, when its loader of modules starts. */
function saw(what) {
  if (!/[( ]node:/.test(new Error().stack.split("\n")[3])) looks.push(what);
}

for (const name of new Set([...Object.getOwnPropertyNames(globalThis), ...pages])) {
  if (language.includes(name)) continue;
  // Node puts some of its own in place at the first look.
  if (!pages.includes(name)) void globalThis[name];
  const it = Object.getOwnPropertyDescriptor(globalThis, name);
  if (it?.configurable === false) throw new Error(`${name} takes no trap`);
  const value = it?.value;
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() { saw(name); return it?.get ? it.get.call(globalThis) : value; },
    set() { saw(`${name} =`); },
  });
}
const before = parts();
const report = {};
let hubkey;
report.trap = await during(() => typeof document);
report.import = await during(async () => void (hubkey = await import(ENTRY)));
report.stores = await during(() => [hubkey.localStore(), hubkey.sessionStore(), hubkey.memoryStore(), hubkey.isHubError({})]);
report.client = await during(() => new hubkey.Hub({ store: hubkey.localStore() }).endpoint);
report.changed = before.flatMap(differs);
globalThis.Array.here = 1;
report.seesChanges = before.flatMap(differs);
print(JSON.stringify(report));
exit();

async function during(run) {
  looks.length = 0;
  await run();
  return [...new Set(looks)];
}
