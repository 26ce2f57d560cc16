import type { Options } from "tsup";

/** What every library package is built with: ESM and CommonJS, with types for both. */
export const library: Options = {
  entry: ["src/index.ts"],
  format: ["esm", "cjs"],
  target: "node20",
  // tsup sets the option `baseUrl`, which TypeScript 6 deprecates.
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
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
