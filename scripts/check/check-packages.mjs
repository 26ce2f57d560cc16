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
import { pack } from "./release-artifacts.mjs";
import { checkReleasePlan } from "./release-plan.mjs";
import { run } from "./run.mjs";
import { checkSboms } from "./sbom.mjs";
import { inSteps } from "./steps.mjs";
import { checkContents, checkResolution } from "./tarballs.mjs";
import { checkUnused } from "./unused.mjs";

const work = mkdtempSync(join(tmpdir(), "acs-auth-packages-"));
try {
  await inSteps(checkPackages);
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function checkPackages(step) {
  await step("manifests", checkManifests);
  await step("release plan", checkReleasePlan);
  await step("unused code and dependencies", checkUnused);
  await step("licences", licences);
  await step("SBOMs", () => checkSboms(join(work, "sbom")));
  await step("API reference", checkApiDocs);
  if (!process.argv.includes("--built")) await step("build", () => run("pnpm", ["run", "build"]));
  await step("API reports", apiReports);
  const tarballs = (await step("pack", () => pack(work))) ?? {};
  for (const library of publicPackages) {
    await step(library.manifest.name, () => checkLibrary(library, tarballs));
  }
}

async function checkLibrary(library, tarballs) {
  const { folder, manifest } = library;
  const tarball = tarballs[manifest.name];
  checkResolution(tarball);
  checkContents(folder, tarball);
  const project = checkConsumer(library, tarballs, work);
  if (folder === "emulator") await checkEmulatorCommand(project, manifest.version);
}
