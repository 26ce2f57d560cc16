import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { publicPackages } from "./public-packages.mjs";

/**
 * Compares the API report of every public package, `packages/<name>/etc/<name>.api.md`, with its built types, or writes
 * it. Whether exports are documented and complete is the API reference's affair, whether types are sound the consumers'.
 *
 * @throws Error that names the reports out of date.
 */
export function apiReports({ write = false, libraries = publicPackages } = {}) {
  const work = mkdtempSync(join(tmpdir(), "acs-auth-api-"));
  try {
    const changed = libraries.filter((library) => !report(library, write, work)).map(({ folder }) => folder);
    if (changed.length > 0 && !write) {
      throw new Error(
        `The API of ${changed.join(", ")} differs from its report. Run pnpm api:report and read the changes.`,
      );
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function report({ directory, folder }, write, work) {
  const nothing = { default: { logLevel: ExtractorLogLevel.None } };
  const reportFolder = join(directory, "etc");
  mkdirSync(reportFolder, { recursive: true });
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: join(directory, "package.json"),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: directory,
      mainEntryPointFilePath: join(directory, "dist/index.d.ts"),
      newlineKind: "lf",
      compiler: { overrideTsconfig: { compilerOptions, include: ["dist/index.d.ts"] } },
      apiReport: {
        enabled: true,
        reportFolder,
        reportTempFolder: work,
        reportFileName: folder,
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: nothing,
        extractorMessageReporting: nothing,
        tsdocMessageReporting: nothing,
      },
    },
  });
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild: write,
    messageCallback: (message) => {
      message.handled = true;
    },
  });
  return !apiReportChanged;
}

const compilerOptions = {
  target: "ES2022",
  lib: ["ES2023"],
  module: "NodeNext",
  moduleResolution: "NodeNext",
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
};
