// Does the page's work, then makes sure that the policy it was done under was in force.

const violations = [];
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => violations.push(`${effectiveDirective}: ${blockedURI}`));

/** The smallest module there is. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

const refused = (what, probe) => {
  try { probe(); } catch { return; }
  throw new Error(`the policy is not in force: ${what} was let through`);
};

export async function underPolicy({ wasm, trustedTypes }, work) {
  if (trustedTypes && !globalThis.trustedTypes) throw Object.assign(new Error("this browser has no Trusted Types"), { unavailable: true });
  const report = await work();
  // The events come in tasks of their own.
  await new Promise((resolve) => setTimeout(resolve));
  if (violations.length > 0) throw new Error(`the policy was violated: ${violations.join(", ")}`);
  refused("eval", () => (0, eval)("1"));
  // WebKit compiles it all the same, and refuses the instance.
  if (!wasm) refused("wasm", () => new WebAssembly.Instance(new WebAssembly.Module(EMPTY)));
  if (trustedTypes) refused("text as HTML", () => (document.createElement("p").innerHTML = "<b>b</b>"));
  return report;
}
