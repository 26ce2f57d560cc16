import { expect, it } from "vitest";
import { run } from "../run.mjs";

it("gives what a command prints", () => {
  expect(run(process.execPath, ["-p", "6 * 7"])).toBe("42\n");
});

it("tells all that a command printed that failed", () => {
  const script = 'console.log("said"); console.error("complained"); process.exitCode = 1;';
  expect(() => run(process.execPath, ["-e", script])).toThrow(/said\ncomplained/);
});

it("tells that there is no such command", () => {
  expect(() => run("acs-auth-no-such-command", [])).toThrow("acs-auth-no-such-command : ENOENT");
});
