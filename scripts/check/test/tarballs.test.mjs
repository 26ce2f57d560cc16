import { describe, expect, it, vi } from "vitest";
import { checkContents, checkResolution } from "../tarballs.mjs";
import { packSample, sampleManifest } from "./fixtures.mjs";

vi.setConfig({ testTimeout: 60_000 });

describe("resolution", () => {
  const { import: imported, require: required } = sampleManifest.exports["."];
  const withExports = (entry) => ({ "package.json": { ...sampleManifest, exports: { ".": entry } } });

  it("takes a package whose exports and types resolve", () => {
    checkResolution(packSample());
  });

  it.each([
    [
      "types behind the code, which publint finds",
      withExports({ import: { default: imported.default, types: imported.types }, require: required }),
      '["."].import.types should be the first',
    ],
    [
      "an entry without a file, which publint finds",
      withExports({ import: { ...imported, default: "./dist/main.js" }, require: required }),
      "./dist/main.js but the file does not exist",
    ],
    [
      "CommonJS in the place of an ES module, of which publint warns",
      { "dist/index.js": "exports.answer = 42;\n" },
      "written in CJS, but is interpreted as ESM",
    ],
    [
      "types that TypeScript cannot follow, which attw finds",
      {
        "dist/index.d.ts": 'export { answer } from "./answer";\n',
        "dist/answer.d.ts": "export const answer: number;\n",
      },
      "InternalResolutionError.md",
    ],
  ])("refuses %s", (_, changes, said) => {
    const tarball = packSample(changes);
    expect(() => checkResolution(tarball)).toThrow(said);
  });
});

describe("contents", () => {
  const budget = { packed: 2, unpacked: 5 };

  it("takes a package with its files, within its budget", () => {
    checkContents("sample", packSample(), budget);
  });

  it.each([
    ["too many", { "dist/index.test.js": "" }, "files of sample: dist/index.test.js is too many"],
    ["too few", { "dist/index.js.map": undefined }, "files of sample: dist/index.js.map is missing"],
  ])("refuses a file %s", (_, changes, said) => {
    const tarball = packSample(changes);
    expect(() => checkContents("sample", tarball, budget)).toThrow(said);
  });

  it("refuses a size over the budget, packed or unpacked", () => {
    const tarball = packSample({ "README.md": "text ".repeat(1_000) });
    expect(() => checkContents("sample", tarball, { packed: 0.5, unpacked: 10 })).toThrow(
      "sample, packed: 1 kB, and its budget is 0.5 kB",
    );
    expect(() => checkContents("sample", tarball, { packed: 2, unpacked: 5 })).toThrow(
      "sample, unpacked: 6 kB, and its budget is 5 kB",
    );
  });

  it("refuses a package without a budget", () => {
    expect(() => checkContents("sample", packSample())).toThrow("sample has no budget");
  });
});
