import { NEWEST, OLDEST, TWENTY, nodeOf } from "../../support/nodes.mjs";
import { inProgram } from "../../support/program.mjs";
import { project } from "../../support/project.mjs";

const main = (version, how) => async (ctx) => {
  await project(ctx, "node", how);
  return inProgram(ctx, (await nodeOf(ctx, version)).node, ["main.js"]);
};
const required = (version, how) => async (ctx) => {
  await project(ctx, "node");
  return inProgram(ctx, (await nodeOf(ctx, version)).node, ["required.cjs"], how);
};

export const oldestImport = main(OLDEST);
export const oldestRequire = required(OLDEST);
export const twentyImport = main(TWENTY);
// Node 20 remarks that it is an experiment there.
export const twentyRequire = required(TWENTY, { quiet: false });
export const twentyUrl = main(TWENTY, { entry: "hubkey/url" });
export const newestImport = main(NEWEST);
export const newestRequire = required(NEWEST);
export const newestUrl = main(NEWEST, { entry: "hubkey/url" });
