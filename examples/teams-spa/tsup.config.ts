import { defineConfig } from "tsup";
import { application } from "../../tsup.base.js";

export default defineConfig({
  ...application,
  entry: ["dev/start-page.ts"],
  outDir: "dist/dev",
});
