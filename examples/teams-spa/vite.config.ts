import { defineConfig, loadEnv } from "vite";
import { viteOptions } from "./config/vite-options.js";

export default defineConfig(({ command, mode }) => viteOptions(command, loadEnv(mode, import.meta.dirname)));
