import { defineConfig, loadEnv, type Plugin } from "vite";

/** What the built page may load and where it may send. The package needs `wasm-unsafe-eval` and nothing else. */
function policy(hub: string): Plugin {
  const rules = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    `img-src 'self' data: https: ${hub}`,
    `connect-src ${hub}`,
    "base-uri 'none'",
    // The form is read by the script and never sent by the browser: its address could end up in a log.
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  return {
    name: "policy",
    // The development server needs inline scripts and a socket.
    apply: "build",
    transformIndexHtml: () => [
      { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: rules.join("; ") }, injectTo: "head-prepend" },
    ],
  };
}

export default defineConfig(({ mode }) => {
  const endpoint = loadEnv(mode, ".", "VITE_").VITE_HUB_ENDPOINT || "https://huggingface.co";
  return {
    // So that the page works in any folder of any host.
    base: "./",
    plugins: [policy(new URL(endpoint).origin)],
    build: { target: "es2022", modulePreload: { polyfill: false } },
  };
});
