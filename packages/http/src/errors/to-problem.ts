import { AcsAuthError } from "@acs-auth/core";
import { challengeOf } from "./challenge.js";
import { HttpProblem } from "./http-problem.js";
import type { Problem } from "./problem.js";

const UNMET_CLAIMS: Problem = {
  status: 403,
  code: "claims_challenge",
  detail:
    "The identity provider asks for more than this sign-in has, and the client has not declared the capability cp1.",
};

/** What a claims challenge depends on besides the error. */
export interface ChallengeContext {
  /**
   * Whether the client has declared that it can handle a claims challenge. One that has not would try the same token
   * again: it is refused instead.
   */
  readonly takesClaims: boolean;
  readonly authorizationUri: string | undefined;
}

/**
 * The answer that an error deserves; `undefined` for an error that nothing is known about.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
export function toProblem(error: unknown, { takesClaims, authorizationUri }: ChallengeContext): Problem | undefined {
  if (error instanceof HttpProblem) return error.problem;
  if (!AcsAuthError.is(error)) return undefined;
  if (error.code === "claims_challenge" && !takesClaims) return UNMET_CLAIMS;
  const { code, message, reason, retryAfterInMs, statusCode } = error;
  const challenge = challengeOf(error, authorizationUri);
  return {
    status: statusCode,
    code,
    detail: message,
    reason,
    headers: {
      ...(challenge === undefined ? {} : { "www-authenticate": challenge }),
      ...(retryAfterInMs === undefined ? {} : { "retry-after": String(Math.ceil(retryAfterInMs / 1000)) }),
    },
  };
}
