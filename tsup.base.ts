import type { Options } from "tsup";

/** What every library package is built with: ESM and CommonJS, with types for both. */
export const library: Options = {
  entry: ["src/index.ts"],
  format: ["esm", "cjs"],
  target: "node20",
  dts: true,
  clean: true,
  sourcemap: true,
  treeshake: true,
  silent: true,
};

/** What every runnable example is built with. */
export const application: Options = {
  format: ["esm"],
  target: "node20",
  clean: true,
  sourcemap: true,
  silent: true,
};
