// A program that tells the story in a process of its own: settings come in STORY, the report is the last line it prints.
import { run } from "./run.mjs";

/** What a project finds in its environment. */
export const told = ({ hubUrl, token, badToken }) => ({ STORY: JSON.stringify({ hubUrl, token, badToken }) });

/**
 * @param {{ env?: Record<string, string>, quiet?: boolean }} [how] `quiet: false` where the runtime itself has remarks
 */
export async function inProgram(ctx, program, args, { env, quiet = true } = {}) {
  const { stdout, stderr } = await run(program, args, { cwd: ctx.dir, env: { ...process.env, NODE_OPTIONS: "", ...env, ...told(ctx) } });
  if (quiet && stderr) throw new Error(`it printed: ${stderr}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}
