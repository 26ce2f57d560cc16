import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { apiReports } from "../api-reports.mjs";
import { folderOf, sampleFiles, withDependencies } from "./fixtures.mjs";

vi.setConfig({ testTimeout: 60_000 });

const stale = "The API of sample differs from its report. Run pnpm api:report";

function sample() {
  const directory = withDependencies(folderOf(sampleFiles()));
  return { folder: "sample", directory, types: join(directory, "dist/index.d.ts") };
}

it("takes a report of the built types", () => {
  const libraries = [sample()];
  apiReports({ write: true, libraries });
  apiReports({ libraries });
});

it("refuses that there is no report", () => {
  expect(() => apiReports({ libraries: [sample()] })).toThrow(stale);
});

it("refuses a report of what the types were before", () => {
  const library = sample();
  apiReports({ write: true, libraries: [library] });
  writeFileSync(library.types, "export declare const answer: string;\n");
  expect(() => apiReports({ libraries: [library] })).toThrow(stale);
});
