// Packs every library as it would be published and checks what its users would get: exports and types that resolve in
// ESM and CommonJS (publint, attw), and a tarball that can be installed, imported and required.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const work = mkdtempSync(join(tmpdir(), "acs-auth-packages-"));
const run = (command, args, cwd = root) =>
  execFileSync(command, args, { cwd, stdio: ["ignore", "pipe", "inherit"] }).toString();

try {
  const tarballs = {};
  for (const name of readdirSync(join(root, "packages"))) {
    const directory = join(root, "packages", name);
    const { name: packageName, private: isPrivate } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
    if (isPrivate) continue;
    run("pnpm", ["pack", "--pack-destination", work], directory);
    const tarball = readdirSync(work).find((file) => file.startsWith(`acs-auth-${name}-`) && file.endsWith(".tgz"));
    tarballs[packageName] = join(work, tarball);
    run("pnpm", ["exec", "publint", "--strict", tarballs[packageName]]);
    run("pnpm", ["exec", "attw", "--quiet", tarballs[packageName]]);
    const files = run("tar", ["-tzf", tarballs[packageName]]).trim().split("\n");
    const unexpected = files.filter((file) => !/^package\/(dist\/|package\.json$|README\.md$|LICENSE$)/.test(file));
    if (unexpected.length > 0) throw new Error(`${packageName} would publish ${unexpected.join(", ")}`);
    for (const file of ["package/README.md", "package/LICENSE"]) {
      if (!files.includes(file)) throw new Error(`${packageName} lacks ${file}`);
    }
  }

  const dependencies = Object.fromEntries(Object.entries(tarballs).map(([name, file]) => [name, `file:${file}`]));
  writeFileSync(join(work, "package.json"), JSON.stringify({ private: true, dependencies }));
  run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], work);
  for (const name of Object.keys(tarballs)) {
    const probe = "if (Object.keys(m).length === 0) throw new Error('no exports')";
    run(process.execPath, ["--input-type=module", "-e", `const m = await import("${name}"); ${probe}`], work);
    run(process.execPath, ["--input-type=commonjs", "-e", `const m = require("${name}"); ${probe}`], work);
  }
  console.log(`${Object.keys(tarballs).length} packages pack, install, import and require.`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
