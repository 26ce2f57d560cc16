import type { Context } from "hono";
import { describeError, logger } from "../diagnostics.js";
import type { HandlerEnv } from "../observe.js";
import { CLIENT_GONE, INTERNAL_ERROR, NOT_FOUND, type Problem, problemResponse } from "./problem.js";
import { toProblem } from "./to-problem.js";

/** Answers errors with their problem details. */
export function respondWithProblem(authorizationUri: string | undefined) {
  return (error: Error, context: Context<HandlerEnv>): Response => {
    const takesClaims = context.get("takesClaims") ?? false;
    return respond(toProblem(error, { takesClaims, authorizationUri }) ?? unexpected(error, context), context);
  };
}

export function notFound(context: Context<HandlerEnv>): Response {
  return respond(NOT_FOUND, context);
}

function unexpected(error: Error, context: Context<HandlerEnv>): Problem {
  if (context.req.raw.signal.aborted) return CLIENT_GONE;
  logger.error(`Unexpected error in request ${context.get("requestId")}: ${describeError(error)}`);
  return INTERNAL_ERROR;
}

function respond(problem: Problem, context: Context<HandlerEnv>): Response {
  context.set("problemCode", problem.code);
  return problemResponse(problem, context.get("requestId"));
}
