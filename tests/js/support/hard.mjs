// Runs hard cases and says nothing itself; whatever comes out of this process was said by somebody else.
import { start } from "./node.mjs";

const at = await start();
for (const name of process.argv.slice(2)) {
  const { default: cases } = await import(`../cases/${name}.mjs`);
  for (const run of Object.values(cases)) {
    await at.control.reset();
    // Whether it succeeds is for its own test.
    await run(at).catch(() => {});
  }
}
process.exit();
