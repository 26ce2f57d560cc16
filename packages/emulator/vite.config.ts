import { defineConfig } from "vite";

/** The page of the admin endpoint. */
export default defineConfig({
  root: "page",
  logLevel: "warn",
  build: { outDir: "../dist/page", emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
