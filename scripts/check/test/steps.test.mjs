import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { inSteps } from "../steps.mjs";

const { exitCode } = process;

beforeEach(() => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  process.exitCode = exitCode;
  vi.restoreAllMocks();
});

it("ends well when every step does, and gives what each made", async () => {
  await inSteps(async (step) => {
    expect(await step("pack", () => "tarballs")).toBe("tarballs");
  });
  expect(process.exitCode).toBe(exitCode);
  expect(console.error).not.toHaveBeenCalled();
});

it("goes on after a failure, tells it, and ends with exit code 1", async () => {
  const later = vi.fn();
  await inSteps(async (step) => {
    await step("manifests", () => {
      throw new Error("core is a peer dependency");
    });
    await step("licences", () => Promise.reject(new Error("Out of date: docs/licences.md.")));
    await step("later", later);
  });
  expect(later).toHaveBeenCalledOnce();
  expect(vi.mocked(console.error).mock.calls).toEqual([
    ["✗ manifests\ncore is a peer dependency"],
    ["✗ licences\nOut of date: docs/licences.md."],
    ["\nFailed: manifests, licences"],
  ]);
  expect(process.exitCode).toBe(1);
});
