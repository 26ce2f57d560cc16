import { defineConfig } from "tsup";
import { application } from "../../tsup.base.js";

export default defineConfig({ ...application, entry: ["src/main.ts"] });
