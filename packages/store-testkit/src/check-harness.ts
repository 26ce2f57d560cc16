import type { IdentityStoreHarness } from "./types.js";

const PROPERTIES: ReadonlySet<string> = new Set<keyof IdentityStoreHarness>([
  "name",
  "capabilities",
  "inProcess",
  "setup",
]);
const INSERT: ReadonlySet<string> = new Set(["shared", "process", "best-effort"]);

/** @throws TypeError for a harness that contradicts itself or asks for what the suite does not do. */
export function checkHarness(harness: IdentityStoreHarness): void {
  const unknown = Object.keys(harness).find((property) => !PROPERTIES.has(property));
  if (unknown !== undefined) {
    throw new TypeError(
      `The harness has the unknown property ${unknown}. No case can be skipped or changed: what a store cannot do it ` +
        "declares in its capabilities.",
    );
  }
  if (!INSERT.has(harness.capabilities.insert)) {
    throw new TypeError("capabilities.insert must be shared, process or best-effort.");
  }
  if (typeof harness.capabilities.conditionalRemove !== "boolean") {
    throw new TypeError("capabilities.conditionalRemove must be a boolean.");
  }
  if (typeof harness.capabilities.list !== "boolean") throw new TypeError("capabilities.list must be a boolean.");
  if (harness.inProcess && harness.capabilities.insert !== "process") {
    throw new TypeError('A store that is inProcess can promise no more and no less than insert: "process".');
  }
}
