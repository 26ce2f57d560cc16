import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { useBundle } from "./support/bundle-for-node.js";
import { httpHarness } from "./support/http-harness.js";
import { registeredCases } from "./support/run-suite.js";

const suite = fileURLToPath(useBundle("node-test-suite"));
const forkModule = useBundle("forked-http-store");

function runWithNodeTest(store: string): Promise<{ exitCode: number; output: string }> {
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
  const env = { ...inherited, STORE: store, FORK_MODULE: forkModule };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ["--test", "--test-reporter=tap", suite], { env }, (_error, output) =>
      resolve({ exitCode: child.exitCode ?? -1, output }),
    );
  });
}

it("node:test runs every case, and a correct store passes", async () => {
  const { exitCode, output } = await runWithNodeTest("HttpIdentityStore");
  expect(exitCode, output).toBe(0);
  expect(output).toContain(`# pass ${registeredCases(httpHarness({})).length}\n# fail 0`);
}, 60_000);

it("node:test names the case that a wrong store fails", async () => {
  const { exitCode, output } = await runWithNodeTest("SharedReferenceStore");
  expect(exitCode).toBe(1);
  expect(output).toMatch(/not ok \d+ - what is handed out is not shared/);
}, 60_000);
