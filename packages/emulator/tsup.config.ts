import { defineConfig } from "tsup";
import { application, library } from "../../tsup.base.js";

export default defineConfig([
  // The page is Vite's; `shims` gives CommonJS the `import.meta.url` that it is found with.
  { ...library, clean: ["!page/**"], shims: true },
  { ...application, entry: ["src/cli.ts"], external: ["./index.js"], clean: false },
]);
