import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { test as base } from "@playwright/test";

interface Fixtures {
  /** Opens a view of the page by its path. */
  readonly open: (view: string) => Promise<void>;
}

interface WorkerFixtures {
  /** One for all tests of a process, reset before each. */
  readonly emulator: Emulator;
}

export const test = base.extend<Fixtures & { readonly reset: undefined }, WorkerFixtures>({
  emulator: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const emulator = await startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 } });
      await use(emulator);
      await emulator.close();
    },
    { scope: "worker" },
  ],
  reset: [
    async ({ emulator }, use) => {
      emulator.reset();
      await use(undefined);
    },
    { auto: true },
  ],
  open: async ({ page, emulator }, use) => {
    await use(async (view) => {
      await page.goto(`${emulator.admin.url}/#/${view}`);
    });
  },
});

export { expect } from "@playwright/test";
