// Checks every public package as its users will get it, and what is said of it. `--built` takes the packages as they
// are built already.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkApiDocs } from "./api-docs.mjs";
import { apiReports } from "./api-reports.mjs";
import { checkConsumer } from "./consumers.mjs";
import { checkEmulatorCommand } from "./emulator-command.mjs";
import { licences } from "./licences.mjs";
import { checkManifests } from "./manifests.mjs";
import { publicPackages } from "./public-packages.mjs";
import { checkReleasePlan } from "./release-plan.mjs";
import { command, run } from "./run.mjs";
import { checkSboms } from "./sbom.mjs";
import { checkTarball, pack } from "./tarballs.mjs";

const work = mkdtempSync(join(tmpdir(), "acs-auth-packages-"));
const failed = [];
try {
  await step("manifests", checkManifests);
  await step("release plan", checkReleasePlan);
  await step("unused code and dependencies", () => run(command("knip"), []));
  await step("licences", licences);
  await step("SBOMs", () => checkSboms(work));
  await step("API reference", checkApiDocs);
  if (!process.argv.includes("--built")) await step("build", () => run("pnpm", ["run", "build"]));
  await step("API reports", apiReports);
  const tarballs = (await step("pack", () => pack(work))) ?? {};
  for (const library of publicPackages) {
    await step(library.manifest.name, () => checkLibrary(library, tarballs));
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(", ")}`);
  process.exitCode = 1;
}

async function checkLibrary(library, tarballs) {
  const { folder, manifest } = library;
  checkTarball(folder, tarballs[manifest.name]);
  const project = checkConsumer(library, tarballs, work);
  if (folder === "emulator") await checkEmulatorCommand(project, manifest.version);
}

/** Goes on after a failure, so that one run tells all of them. */
async function step(name, body) {
  const start = performance.now();
  try {
    const result = await body();
    console.log(`✓ ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    return result;
  } catch (error) {
    failed.push(name);
    console.error(`✗ ${name}\n${error.message}`);
    return undefined;
  }
}
