import { defineConfig } from "tsup";
import { application } from "../../tsup.base.js";

export default defineConfig({ ...application, entry: ["src/demo.ts", "src/dev.ts", "src/journey.ts"] });
