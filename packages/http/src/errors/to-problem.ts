import { AcsAuthError } from "@acs-auth/core";
import { challengeOf } from "./challenge.js";
import { HttpProblem } from "./http-problem.js";
import type { Problem } from "./problem.js";

/** The answer that an error deserves; `undefined` for an error that nothing is known about. */
export function toProblem(error: unknown): Problem | undefined {
  if (error instanceof HttpProblem) return error.problem;
  if (!AcsAuthError.is(error)) return undefined;
  const { code, message, reason, retryAfterInMs, statusCode } = error;
  const challenge = challengeOf(error);
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
