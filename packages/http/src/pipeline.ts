import { type Answer, emptyAnswer } from "./answer.js";
import { bodyTooLarge } from "./bounded-text.js";
import { corsHeaders, preflightHeaders } from "./cors.js";
import { answerWithProblem } from "./errors/answer-with-problem.js";
import { HttpProblem } from "./errors/http-problem.js";
import { NOT_FOUND } from "./errors/problem.js";
import type { CallContext, HttpCall } from "./http-call.js";
import { openApiRoute } from "./openapi/openapi-route.js";
import type { AcsAuthHandlerOptions } from "./options.js";
import { report } from "./report.js";
import { requestIdOf } from "./request/request-id.js";
import { commonHeaders } from "./response-headers.js";
import { createRoutes, type Operations } from "./routes.js";

const DEFAULT_MAX_BODY_BYTES = 64 * 1024;

/** Answers a call; never rejects. */
export type AnswerCall = (call: HttpCall) => Promise<Answer>;

/** What stands between a call and its operation, and between its outcome and the client. */
export interface Pipeline {
  readonly answer: AnswerCall;
  handles(path: string): boolean;
  readonly paths: readonly string[];
}

export function createPipeline(options: AcsAuthHandlerOptions): Pipeline {
  const { maxBodyBytes = DEFAULT_MAX_BODY_BYTES, cors, authorizationUri, onResponse } = options;
  const routes = new Map(createRoutes(options));
  const openApi = openApiRoute(options);
  if (openApi) {
    if (routes.has(openApi.path)) throw new TypeError("openApi.path must be none of the handler's routes.");
    routes.set(openApi.path, openApi.operations);
  }

  const answer: AnswerCall = async (call) => {
    const startedAt = performance.now();
    const requestId = requestIdOf(call);
    const route = withoutTrailingSlash(call.path);
    const operations = routes.get(route);
    const context: CallContext = { call, requestId, maxBodyBytes, takesClaims: false };
    const outcome = await perform(operations, context, cors !== undefined).catch((error: unknown) =>
      answerWithProblem(error, context, authorizationUri),
    );
    const headers = {
      ...commonHeaders(requestId),
      ...outcome.headers,
      ...(cors && operations ? corsHeaders(call, cors.origins) : {}),
    };
    report(onResponse, {
      method: call.method,
      route: operations && route,
      status: outcome.status,
      code: outcome.problemCode,
      durationInMs: Math.round(performance.now() - startedAt),
      requestId,
    });
    return { ...outcome, headers };
  };

  return { answer, handles: (path) => routes.has(withoutTrailingSlash(path)), paths: [...routes.keys()] };
}

async function perform(operations: Operations | undefined, context: CallContext, hasCors: boolean): Promise<Answer> {
  if (!operations) throw new HttpProblem(NOT_FOUND);
  const { call, maxBodyBytes } = context;
  await checkBody(call, maxBodyBytes);
  const operation = operations.get(call.method);
  if (operation) return operation(context);
  const allow = [...operations.keys(), "OPTIONS"].join(", ");
  if (call.method === "OPTIONS") {
    return emptyAnswer(204, { allow, ...(hasCors ? preflightHeaders(operations.keys()) : {}) });
  }
  throw new HttpProblem({
    status: 405,
    code: "method_not_allowed",
    detail: "The method is not allowed on this path.",
    headers: { allow },
  });
}

/**
 * A body that says itself that it is too long is refused before anything is done for it. One that comes in chunks is
 * read first: nothing may be done for a request whose end nobody can tell (RFC 9112 section 7.1).
 */
async function checkBody(call: HttpCall, maxBodyBytes: number): Promise<void> {
  if (call.method === "GET" || call.method === "HEAD") return;
  if (Number(call.header("content-length") ?? 0) > maxBodyBytes) throw bodyTooLarge();
  if (call.header("transfer-encoding") !== undefined) await call.text(maxBodyBytes);
}

function withoutTrailingSlash(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}
