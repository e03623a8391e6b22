import { inProgram } from "../../support/program.mjs";
import { project } from "../../support/project.mjs";

/** As a bundler that knows the condition gives it: the module is a file that the host compiles. */
export const edgeLight = (ctx) => told(ctx, ["edge-light"]);
/** As any other bundler gives it: bytes in the script. */
export const inline = (ctx) => told(ctx, []);

async function told(ctx, conditions) {
  await project(ctx, "edge-runtime");
  return inProgram(ctx, process.execPath, ["run.js", ...conditions]);
}
