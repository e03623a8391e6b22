// The Hub's own description of its API, where there is a copy: HUBKEY_OPENAPI names it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";

const root = process.env.HUBKEY_ROOT ?? process.cwd();
const file = process.env.HUBKEY_OPENAPI ?? join(root, "..", "shared", "reference", "hub-openapi.json");
export const skip = existsSync(file) ? false : "there is no copy of the description: HUBKEY_OPENAPI names one";

/** The parts of the description, each as a check that gives what is wrong. */
export function read() {
  const api = JSON.parse(readFileSync(file, "utf8"));
  // The description is not ours: what its schemas say beyond the standard is let pass.
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats(ajv);
  const check = (schema) => {
    const { $schema, ...plain } = schema;
    const run = ajv.compile({ ...plain, components: api.components });
    return (value) => (run(value) ? [] : run.errors.map((it) => `${it.instancePath} ${it.message} ${JSON.stringify(it.params)}`));
  };
  const operation = (method, path) => {
    const it = api.paths[path]?.[method];
    if (!it) throw new Error(`the description has no ${method} ${path}`);
    return { ...it, parameters: [...(api.paths[path].parameters ?? []), ...(it.parameters ?? [])] };
  };
  return {
    paths: api.paths,
    /** The path of the description that an address is one of; the one with the fewest holes where several fit. */
    path: (method, address) =>
      Object.keys(api.paths)
        .filter((path) => api.paths[path][method] && fits(path, address))
        .sort((a, b) => a.split("{").length - b.split("{").length)[0],
    answer: (method, path, status = 200) => check(operation(method, path).responses[status].content["application/json"].schema),
    body: (method, path) => check(operation(method, path).requestBody.content["application/json"].schema),
    /** Of the query: names that it does not know, and values that do not fit. */
    query: (method, path) => {
      const known = new Map(operation(method, path).parameters.filter((it) => it.in === "query").map((it) => [it.name, it.schema]));
      return (query) => [...new URLSearchParams(query)].flatMap(([name, text]) => {
        const schema = known.get(name);
        return schema ? check(schema)(schema.type === "integer" ? Number(text) : text) : [`${name} is not in the description`];
      });
    },
  };
}


/** A hole holds one segment, and the last one as many as there are. */
function fits(path, address) {
  const pattern = path.replace(/[.*+?^$|[\]\\]/g, "\\$&").replace(/\{path\}$/, ".+").replace(/\{[^}]*\}/g, "[^/]+");
  return new RegExp(`^${pattern}$`).test(address);
}
