import { type IdentityStoreHarness, testIdentityStore } from "../../src/index.js";

interface RegisteredCase {
  readonly title: string;
  readonly run: () => Promise<void>;
}

/** The titles of the cases that the suite has for a harness, and how to run each. */
export function registeredCases(harness: IdentityStoreHarness): RegisteredCase[] {
  const path: string[] = [];
  const cases: RegisteredCase[] = [];
  testIdentityStore(
    {
      describe(name, body) {
        path.push(name);
        body();
        path.pop();
      },
      it: (name, run) => cases.push({ title: [...path.slice(1), name].join(" "), run }),
    },
    harness,
  );
  return cases;
}

/** Runs those cases of the suite whose title fits, all by default, and returns the titles of those that fail. */
export async function failingCases(
  harness: IdentityStoreHarness,
  fits: (title: string) => boolean = () => true,
): Promise<string[]> {
  const failing: string[] = [];
  for (const { title, run } of registeredCases(harness)) {
    if (fits(title)) await run().catch(() => failing.push(title));
  }
  return failing;
}
