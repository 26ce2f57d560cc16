import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { checkConsumer, checkUse } from "../consumers.mjs";
import { folderOf, packSample, sampleFiles, sampleManifest } from "./fixtures.mjs";

vi.setConfig({ testTimeout: 60_000 });

const { name } = sampleManifest;

/** A project in which the sample is installed, but for what is put in place of its files. */
function projectWith(changes) {
  const files = Object.entries(sampleFiles(changes)).map(([path, text]) => [`node_modules/${name}/${path}`, text]);
  return folderOf({ "package.json": { private: true }, ...Object.fromEntries(files) });
}

function withExports(entry) {
  return { "package.json": { ...sampleManifest, types: undefined, exports: { ".": entry } } };
}

describe("a package in an empty project", () => {
  beforeEach(() => {
    vi.stubEnv("npm_config_offline", "true");
    return () => vi.unstubAllEnvs();
  });

  it("is taken if npm can install it and it can be used", () => {
    const work = folderOf();
    const library = { folder: "sample", manifest: sampleManifest };
    expect(checkConsumer(library, { [name]: packSample() }, work)).toBe(join(work, "consumer-sample"));
  });

  it("is refused if it needs what it does not bring along", () => {
    const code = 'import "yaml";\nexport const answer = 42;\n';
    const tarballs = { [name]: packSample({ "dist/index.js": code }) };
    const check = () => checkConsumer({ folder: "sample", manifest: sampleManifest }, tarballs, folderOf());
    expect(check).toThrow("Cannot find package 'yaml'");
  });
});

describe("use", () => {
  const { import: imported, require: required } = sampleManifest.exports["."];

  it.each([
    ["cannot be required", withExports({ import: imported }), 'No "exports" main defined'],
    ["cannot be imported", withExports({ require: required, import: "./dist/gone.js" }), "Cannot find module"],
    ["exports nothing", { "dist/index.js": "", "dist/index.cjs": "" }, `${name} exports nothing`],
    [
      "exports other names to require",
      { "dist/index.cjs": "exports.other = 42;" },
      "answer to import, other to require",
    ],
    ["has no types", { "dist/index.d.ts": undefined, "dist/index.d.cts": undefined }, "with moduleResolution Node16"],
    ["has no types for CommonJS", { "dist/index.d.cts": undefined }, "values.cts"],
    ["has no types for ES modules", { "dist/index.d.ts": undefined }, "values.mts"],
    [
      "has types for Node only",
      withExports({ node: { import: imported, require: required } }),
      "with moduleResolution Bundler",
    ],
    ["does not declare an export", { "dist/index.d.cts": "export {};" }, "Property 'answer' does not exist"],
    ["declares an export as any", { "dist/index.d.ts": "export declare const answer: any;" }, "values.mts"],
    [
      "has unsound declarations",
      { "dist/index.d.ts": "export declare const answer: Gone;" },
      "Cannot find name 'Gone'",
    ],
  ])("refuses a package that %s", (_, changes, said) => {
    const project = projectWith(changes);
    expect(() => checkUse(project, name)).toThrow(said);
  });
});
