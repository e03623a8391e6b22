// A test runner with one test, which prints the report behind this word.
import { run } from "./run.mjs";
import { told } from "./program.mjs";

export async function inTest(ctx, program, args, { cwd = ctx.dir, env = process.env } = {}) {
  const { stdout, stderr } = await run(program, args, { cwd, env: { ...env, NO_COLOR: "1", CI: "1", ...told(ctx) } });
  const [, report] = /REPORT (\{.*\})/.exec(stdout + stderr) ?? [];
  if (!report) throw new Error(`no report in:\n${stdout}${stderr}`);
  return JSON.parse(report);
}
