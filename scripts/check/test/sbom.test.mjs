import { expect, it } from "vitest";
import { checkSbom } from "../sbom.mjs";

const sbom = {
  bomFormat: "CycloneDX",
  metadata: { component: { group: "@acs-auth", name: "core", version: "0.1.0" } },
  components: [
    { name: "jose", version: "6.2.17" },
    { group: "@azure", name: "logger", version: "1.3.0" },
  ],
};
const dependencies = [
  { name: "@azure/logger", version: "1.3.0" },
  { name: "jose", version: "6.2.17" },
];

it("takes an SBOM that names the package and what it needs", () => {
  checkSbom("@acs-auth/core", sbom, dependencies);
});

it.each([
  ["of another package", { metadata: { component: { group: "@acs-auth", name: "http" } } }, "'@acs-auth/http'"],
  ["of another format", { bomFormat: "SPDX" }, "'SPDX'"],
  ["that does not name a dependency", { components: sbom.components.slice(0, 1) }, "@azure/logger@1.3.0 is missing"],
  ["that names one twice", { components: [...sbom.components, sbom.components[0]] }, " is too many"],
  ["with another version", { components: [{ ...sbom.components[0], version: "5.0.0" }] }, "jose@5.0.0 is too many"],
])("refuses an SBOM %s", (_, change, said) => {
  const check = () => checkSbom("@acs-auth/core", { ...sbom, ...change }, dependencies);
  expect(check).toThrow("SBOM of @acs-auth/core");
  expect(check).toThrow(said);
});
