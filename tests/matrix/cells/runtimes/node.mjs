import { NEWEST, OLDEST, TWENTY, nodeOf } from "../../support/nodes.mjs";
import { inProgram } from "../../support/program.mjs";
import { project } from "../../support/project.mjs";

const HERE = "the one that runs this";
// Before 22 Node remarks that requiring a module is an experiment.
const told = (version, file, entry) => async (ctx) => {
  await project(ctx, "node", { entry });
  const node = version === HERE ? process.execPath : (await nodeOf(ctx, version)).node;
  return inProgram(ctx, node, [file], { quiet: version === NEWEST || file === "main.js" });
};
const main = (version, entry) => told(version, "main.js", entry);
const required = (version) => told(version, "required.cjs");

export const hereImport = main(HERE);
export const hereJs = main(HERE, "hubkey/js");
export const hereRequire = required(HERE);

export const oldestImport = main(OLDEST);
export const oldestRequire = required(OLDEST);
export const twentyImport = main(TWENTY);
export const twentyRequire = required(TWENTY);
export const twentyUrl = main(TWENTY, "hubkey/url");
export const newestImport = main(NEWEST);
export const newestRequire = required(NEWEST);
export const newestUrl = main(NEWEST, "hubkey/url");
