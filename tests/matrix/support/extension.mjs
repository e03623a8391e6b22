// The extension, put together in a folder of the cell with the installed package in it.
import { access, cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { serve } from "./serve.mjs";

/**
 * @param {"background" | "page"} where the story is told
 * @param {"inline" | "js"} [entry] the plain JavaScript does with the policy that extensions have by themselves
 */
export async function extension(ctx, where, entry = "inline") {
  await ctx.install();
  // Opened from an origin of its own.
  const server = await serve(ctx, { cors: true });
  const dir = join(ctx.dir, "extension");
  await cp(new URL("../extension/", import.meta.url), dir, { recursive: true });
  await cp(join(ctx.dir, "node_modules/hubkey"), join(dir, "hubkey"), { recursive: true });
  await cp(ctx.story, join(dir, "story.mjs"));
  // The browser would not say why its worker never starts.
  await access(join(dir, "hubkey", `${entry}.js`));
  await writeFile(join(dir, "entry.js"), `export * from "./hubkey/${entry}.js";\n`);
  if (entry === "js") {
    const manifest = join(dir, "manifest.json");
    const { content_security_policy: _, ...rest } = JSON.parse(await readFile(manifest, "utf8"));
    await writeFile(manifest, JSON.stringify(rest));
  }
  await writeFile(join(dir, "where.json"), JSON.stringify({ url: server.url, where }));
  return { dir, said: server.said };
}
