import assert from "node:assert/strict";
import { publicPackages } from "./public-packages.mjs";
import { assertSame } from "./same.mjs";

/** Every public package says the same of itself, and says it where npm and bundlers look. */
export function checkManifests(libraries = publicPackages) {
  for (const { folder, manifest } of libraries) {
    const about = `packages/${folder}/package.json`;
    const { name, description, keywords, license, homepage, bugs, repository } = manifest;
    assertSame(name, `@acs-auth/${folder}`, about);
    assert.ok(description?.length > 20 && keywords?.length > 2, `${about}: description and keywords`);
    assertSame(
      { license, directory: repository?.directory, homepage: homepage?.endsWith(`packages/${folder}#readme`) },
      { license: "MIT", directory: `packages/${folder}`, homepage: true },
      about,
    );
    assert.ok(bugs?.url, `${about}: bugs`);
    const { type, sideEffects, engines, files, exports, publishConfig } = manifest;
    assertSame(
      { type, sideEffects, engines, files },
      { type: "module", sideEffects: false, engines: { node: ">=20.19" }, files: ["dist"] },
      about,
    );
    assertSame(publishConfig, { access: "public", provenance: true, exports: publishedExports }, about);
    assertSame(inOrder(exports), inOrder(workspaceExports), `${about}: exports`);
    assert.equal(manifest.dependencies?.["@acs-auth/core"], undefined, `${about}: core is a peer dependency`);
  }
}

const publishedExports = {
  ".": {
    import: { types: "./dist/index.d.ts", default: "./dist/index.js" },
    require: { types: "./dist/index.d.cts", default: "./dist/index.cjs" },
  },
  "./package.json": "./package.json",
};

/** Inside the workspace the sources come first; otherwise both are the same. */
const workspaceExports = {
  ...publishedExports,
  ".": { "acs-auth-source": "./src/index.ts", ...publishedExports["."] },
};

/** The first condition that applies wins, so that their order counts, which a comparison of objects ignores. */
function inOrder(exports) {
  return JSON.stringify(exports, undefined, 2)?.split("\n");
}
