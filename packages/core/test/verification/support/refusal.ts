import { expect } from "vitest";
import { AcsAuthError } from "../../../src/errors/acs-auth-error.js";

/** The error that a promise rejects with. */
export async function refusalOf(promise: Promise<unknown>): Promise<AcsAuthError> {
  const error: unknown = await promise.then(
    () => new Error("It was accepted."),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AcsAuthError);
  return error as AcsAuthError;
}

export async function expectRefusal(promise: Promise<unknown>, code: string, reason?: string): Promise<void> {
  const error = await refusalOf(promise);
  expect({ code: error.code, reason: error.reason }).toEqual({ code, reason });
}
