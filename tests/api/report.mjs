// The public surface of the installed package as text, without comments and in a fixed order, and what lacks a comment.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";

const here = import.meta.dirname;
const installed = join(here, "node_modules", "hubkey");

export const RENEW = "cargo xtask api --write";

/** By how a program imports it: the file of types, then the file for each condition. */
function entries({ exports }) {
  const lines = Object.entries(exports).map(([path, to]) => {
    const targets = typeof to === "string" ? to : Object.entries(to).map(([condition, file]) => `${condition} ${file}`).join(", ");
    return `- \`${path.replace(/^\./, "hubkey")}\`: ${targets}`;
  });
  return lines.join("\n");
}

/** @returns {Promise<{ text: string, undocumented: string[], types: string[], surfaces: string[] }>} */
export async function report() {
  const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  const types = [...new Set(Object.values(manifest.exports).flatMap((it) => it.types ?? []))];
  const undocumented = [], surfaces = [];
  for (const file of types) surfaces.push(await surface(file, undocumented, file === types[0]));
  const parts = types.map((file, at) => `## Types${at ? ` of ${file}` : ""}\n\n\`\`\`ts\n${surfaces[at]}\n\`\`\`\n`);
  return { types, undocumented, surfaces, text: `# What hubkey exports\n\nMade from the packed package by \`${RENEW}\`; a change here is a change of the public surface.\n\n## Entries\n\n${entries(manifest)}\n\n${parts.join("\n")}` };
}

/** Of one file of types; `whole`: with what is not exported and stands in what is. Another file leans on that one. */
async function surface(file, undocumented, whole) {
  const folder = await mkdtemp(join(here, "report-"));
  const problems = [];
  try {
    const config = ExtractorConfig.prepare({
      configObject: {
        newlineKind: "lf",
        projectFolder: installed,
        mainEntryPointFilePath: join(installed, file),
        compiler: {
          overrideTsconfig: {
            compilerOptions: { lib: ["es2022", "dom", "dom.iterable"], strict: true, types: [], module: "nodenext", target: "es2022" },
            files: [file],
          },
        },
        apiReport: { enabled: true, reportFolder: folder, reportTempFolder: folder, reportFileName: "report.api.md", includeForgottenExports: whole },
        docModel: { enabled: false }, dtsRollup: { enabled: false }, tsdocMetadata: { enabled: false },
      },
      configObjectFullPath: join(here, "api-extractor.json"),
      packageJsonFullPath: join(installed, "package.json"),
    });
    Extractor.invoke(config, {
      localBuild: true,
      messageCallback(message) {
        message.handled = true;
        if (message.messageId === "ae-undocumented") undocumented.push(message.text);
        // What it says of release tags and of TSDoc's own syntax is no concern of ours.
        else if (message.category === "Compiler" || message.logLevel === "error") problems.push(`${message.messageId}: ${message.text}`);
      },
    });
    if (problems.length) throw new Error(problems.join("\n"));
    const [, body] = /```ts\n([^]*?)\n*```/.exec(await readFile(join(folder, "report.api.md"), "utf8"));
    // Its release tags say the same everywhere.
    return body.replace(/^\/\/ @public( \(undocumented\))?\n/gm, "").replace(/^ *\/\/ \(undocumented\)\n/gm, "").replace(/^\/\/ \(No @packageDocumentation .*$/m, "").trim();
  } finally {
    await rm(folder, { recursive: true });
  }
}
