import { AcsAuthError } from "@acs-auth/core";

/** @param reason - the part of the request that is wrong. */
export function invalidRequest(reason: string, message: string): AcsAuthError {
  return new AcsAuthError("invalid_request", message, { reason });
}
