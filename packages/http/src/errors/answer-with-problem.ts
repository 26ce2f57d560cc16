import { AcsAuthError } from "@acs-auth/core";
import type { Answer } from "../answer.js";
import { describeCause, describeError, logger } from "../diagnostics.js";
import type { CallContext } from "../http-call.js";
import { CLIENT_GONE, INTERNAL_ERROR, type Problem, problemAnswer } from "./problem.js";
import { toProblem } from "./to-problem.js";

/** Answers an error with its problem details. */
export function answerWithProblem(error: unknown, context: CallContext, authorizationUri: string | undefined): Answer {
  const { takesClaims, requestId } = context;
  const problem = toProblem(error, { takesClaims, authorizationUri }) ?? unexpected(error, context);
  if (AcsAuthError.is(error) && problem.status >= 500) {
    logger.warning(`Request ${requestId} failed: ${error.code}, ${describeCause(error.cause)}`);
  }
  return problemAnswer(problem, requestId);
}

function unexpected(error: unknown, { call, requestId }: CallContext): Problem {
  if (call.abortSignal.aborted) return CLIENT_GONE;
  logger.error(`Unexpected error in request ${requestId}: ${describeError(error)}`);
  return INTERNAL_ERROR;
}
