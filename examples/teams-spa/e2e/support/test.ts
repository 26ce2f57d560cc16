import { test as base, expect } from "@playwright/test";
import { type Person, people } from "./people.js";
import { ServerProcess } from "./server-process.js";
import { type Stack, startStack } from "./stack.js";

interface TestFixtures {
  /** Whoever signs in, in this test only. */
  readonly person: Person;
  /** Running when a test begins. */
  readonly server: ServerProcess;
}

interface WorkerFixtures {
  readonly stack: Stack;
  readonly unmet: Person[];
  readonly sharedServer: ServerProcess;
}

/**
 * A test with the whole stack: emulator, server process, built page, Chromium. It fails if the page throws or if its
 * Content-Security-Policy had to stop something.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters.
    async ({}, use) => {
      const stack = await startStack();
      await use(stack);
      await stack.close();
    },
    { scope: "worker" },
  ],
  sharedServer: [
    async ({ stack }, use) => {
      const server = new ServerProcess(stack);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters.
  unmet: [async ({}, use) => use([...people]), { scope: "worker" }],
  person: async ({ unmet }, use) => {
    const person = unmet.pop();
    if (!person) throw new Error("There are more tests than people.");
    await use(person);
  },
  server: [
    async ({ stack, sharedServer }, use) => {
      stack.emulator.reset();
      await sharedServer.start();
      await use(sharedServer);
    },
    { auto: true },
  ],
  page: async ({ page }, use) => {
    const faults: string[] = [];
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) faults.push(message.text());
    });
    page.on("pageerror", (error) => faults.push(error.message));
    await use(page);
    expect(faults).toEqual([]);
  },
});

export { expect };
