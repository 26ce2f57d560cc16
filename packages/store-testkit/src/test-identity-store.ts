import { CaseContext } from "./case-context.js";
import { caseGroups } from "./cases/index.js";
import { checkHarness } from "./check-harness.js";
import type { IdentityStoreHarness, TestRunner } from "./types.js";

/**
 * Registers the conformance suite of `IdentityStore` with a test runner, to be called where tests are declared. Every
 * case uses a backend of its own. None can be skipped: which cases apply follows from the store's capabilities.
 *
 * Give each case at least 30 seconds; the slowest wait for a store that gives up retrying.
 *
 * @throws TypeError for a harness that contradicts itself or has unknown properties, such as a list of cases to skip.
 */
export function testIdentityStore(runner: TestRunner, harness: IdentityStoreHarness): void {
  checkHarness(harness);
  runner.describe(`identity store ${harness.name}`, () => {
    for (const group of caseGroups) {
      const cases = group.cases.filter(({ appliesTo }) => appliesTo?.(harness) ?? true);
      if (cases.length === 0) continue;
      runner.describe(group.title, () => {
        for (const { title, run } of cases) runner.it(title, () => CaseContext.use(harness, run));
      });
    }
  });
}
