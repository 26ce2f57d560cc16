import { expect } from "vitest";

export interface ScriptResult {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

export function succeeds({ status, errors }: ScriptResult): void {
  expect(status, `the script failed: ${errors}`).toBe(0);
}

export function stops({ status, output }: ScriptResult): void {
  expect(status, "the script went on after a command that failed").not.toBe(0);
  expect(output, "the script told something after a command that failed").toBe("");
}
