import { defineConfig } from "tsup";
import { application } from "../../tsup.base.js";

export default defineConfig({ ...application, entry: ["src/server.ts", "src/migrate.ts", "src/handler.ts"] });
