import { defineConfig } from "tsup";
import { application, library } from "../../tsup.base.js";

export default defineConfig([
  library,
  { ...application, entry: ["src/cli.ts"], external: ["./index.js"], clean: false },
]);
