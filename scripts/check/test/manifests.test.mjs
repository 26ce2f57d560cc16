import { expect, it } from "vitest";
import { checkManifests } from "../manifests.mjs";
import { publicPackages } from "../public-packages.mjs";

const [{ folder, manifest }] = publicPackages;
const { import: imported, require: required, ...sources } = manifest.exports["."];
const core = { "@acs-auth/core": "workspace:*" };

it("takes the manifest of a public package", () => {
  checkManifests([{ folder, manifest }]);
});

it.each([
  ["another name", { name: "@acs-auth/other" }, "'@acs-auth/other'"],
  ["no description", { description: undefined }, "description and keywords"],
  ["no keywords", { keywords: ["acs"] }, "description and keywords"],
  ["another licence", { license: "ISC" }, "license: 'ISC'"],
  ["the home page of another", { homepage: "https://github.com/acs-auth/acs-auth" }, "homepage: false"],
  ["the directory of another", { repository: { directory: "packages/other" } }, "directory: 'packages/other'"],
  ["nowhere to report a bug", { bugs: undefined }, "bugs"],
  ["CommonJS by default", { type: "commonjs" }, "type: 'commonjs'"],
  ["side effects", { sideEffects: true }, "sideEffects: true"],
  ["another range of Node", { engines: { node: ">=18" } }, "node: '>=18'"],
  ["more files", { files: ["dist", "src"] }, "'src'"],
  ["no provenance", { publishConfig: { ...manifest.publishConfig, provenance: undefined } }, "provenance: undefined"],
  ["restricted access", { publishConfig: { ...manifest.publishConfig, access: "restricted" } }, "access: 'restricted'"],
  [
    "its sources published",
    { publishConfig: { ...manifest.publishConfig, exports: manifest.exports } },
    "/src/index.ts",
  ],
  ["no CommonJS", { exports: { ...manifest.exports, ".": { ...sources, import: imported } } }, "require"],
  [
    "its sources last",
    { exports: { ...manifest.exports, ".": { import: imported, require: required, ...sources } } },
    "acs-auth-source",
  ],
  ["a further entry", { exports: { ...manifest.exports, "./internal": "./dist/internal.js" } }, "internal"],
  ["core as a dependency", { dependencies: core }, "core is a peer dependency"],
])("refuses %s", (_, change, said) => {
  const check = () => checkManifests([{ folder, manifest: { ...manifest, ...change } }]);
  expect(check).toThrow(`packages/${folder}/package.json`);
  expect(check).toThrow(said);
});
