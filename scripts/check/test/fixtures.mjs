import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { root, run } from "../run.mjs";

/** A folder that is gone after the test, with files in it: text by path, or JSON. What is `undefined` is left out. */
export function folderOf(files = {}) {
  const folder = mkdtempSync(join(tmpdir(), "acs-auth-check-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
  }
  return folder;
}

/** Lets a folder's files use what the repository has installed. */
export function withDependencies(folder) {
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

export const sampleManifest = {
  name: "@acs-auth/sample",
  version: "1.0.0",
  license: "MIT",
  type: "module",
  main: "./dist/index.cjs",
  types: "./dist/index.d.cts",
  exports: {
    ".": {
      import: { types: "./dist/index.d.ts", default: "./dist/index.js" },
      require: { types: "./dist/index.d.cts", default: "./dist/index.cjs" },
    },
    "./package.json": "./package.json",
  },
};

/** A package as it is published, in which no check finds anything, but for what is put in place of its files. */
export function sampleFiles(changes = {}) {
  return {
    "package.json": sampleManifest,
    "README.md": "# Sample\n",
    LICENSE: "MIT\n",
    "dist/index.js": "export const answer = 42;\n",
    "dist/index.js.map": "{}\n",
    "dist/index.cjs": "exports.answer = 42;\n",
    "dist/index.cjs.map": "{}\n",
    "dist/index.d.ts": "export declare const answer: number;\n",
    "dist/index.d.cts": "export declare const answer: number;\n",
    ...changes,
  };
}

/** The tarball of the sample. */
export function packSample(changes) {
  const files = Object.entries(sampleFiles(changes)).filter(([, content]) => content !== undefined);
  const packed = Object.fromEntries(files.map(([path, content]) => [`package/${path}`, content]));
  const folder = folderOf(packed);
  run("tar", ["-czf", "sample.tgz", ...Object.keys(packed)], folder);
  return join(folder, "sample.tgz");
}
