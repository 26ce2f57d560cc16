import type { MiddlewareHandler } from "hono";
import { describeError, logger } from "./diagnostics.js";
import type { AcsAuthHandlerOptions, RequestSummary } from "./options.js";
import { requestIdOf } from "./request/request-id.js";
import { commonHeaders } from "./response-headers.js";

/** What a request carries through the handler. */
export interface HandlerEnv {
  Variables: {
    requestId: string;
    route: string | undefined;
    /** Whether the caller's client has declared that it handles claims challenges. */
    takesClaims: boolean | undefined;
    problemCode: string | undefined;
  };
}

type OnResponse = AcsAuthHandlerOptions["onResponse"];

/** Gives every request its id, every response the common headers, and reports each answer. */
export function observe(onResponse: OnResponse): MiddlewareHandler<HandlerEnv> {
  return async (context, next) => {
    const startedAt = performance.now();
    const requestId = requestIdOf(context.req.raw);
    context.set("requestId", requestId);
    await next();
    for (const [name, value] of Object.entries(commonHeaders(requestId))) context.header(name, value);
    report(onResponse, {
      method: context.req.method,
      route: context.get("route"),
      status: context.res.status,
      code: context.get("problemCode"),
      durationInMs: Math.round(performance.now() - startedAt),
      requestId,
    });
  };
}

function report(onResponse: OnResponse, summary: RequestSummary): void {
  const { method, route = "(unknown path)", status, code = "-", durationInMs, requestId } = summary;
  logger.info(`${method} ${route} ${status} ${code} ${durationInMs} ms ${requestId}`);
  try {
    onResponse?.(summary);
  } catch (error) {
    logger.error(`onResponse threw in request ${requestId}: ${describeError(error)}`);
  }
}
