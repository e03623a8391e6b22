import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [cloudflareTest({ miniflare: { compatibilityDate: process.env.COMPATIBILITY_DATE, bindings: { STORY: process.env.STORY } } })],
});
