import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import react from "@vitejs/plugin-react";
import { defaultClientConditions, type InlineConfig } from "vite";
import { contentSecurityPolicy } from "./content-security-policy.js";
import { readConfiguration } from "./read-configuration.js";

const directory = dirname(createRequire(import.meta.url).resolve("example-teams-spa/package.json"));
const root = join(directory, "page");

/** Workspace packages are taken from their sources, without a build. */
export const fromSources = { conditions: ["acs-auth-source", ...defaultClientConditions] };

/** How Vite builds and serves the page with these variables. */
export function viteOptions(command: "build" | "serve", variables: Readonly<Record<string, string>>): InlineConfig {
  const configuration = readConfiguration(variables);
  // The development server needs inline scripts and styles, which a nonce lets through.
  const nonce = command === "serve" ? randomBytes(16).toString("base64") : undefined;
  return {
    root,
    envDir: false,
    plugins: [react(), contentSecurityPolicy(configuration, nonce)],
    define: { PAGE_CONFIGURATION: JSON.stringify(configuration) },
    server: { port: 5173, strictPort: true },
    preview: { port: 5173, strictPort: true },
    build: {
      outDir: join(directory, "dist/page"),
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1000,
      rolldownOptions: { input: [join(root, "index.html"), join(root, "redirect.html")] },
    },
    ...(nonce === undefined
      ? {}
      : {
          html: { cspNonce: nonce },
          resolve: fromSources,
          // Known beforehand, so that the page need not be loaded again when they are found.
          optimizeDeps: {
            include: [
              "react",
              "react-dom/client",
              "react/jsx-dev-runtime",
              "@azure/msal-browser",
              "@azure/msal-browser/redirect-bridge",
              "@azure/communication-common",
            ],
          },
        }),
  };
}
