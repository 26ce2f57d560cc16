import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { EntraContext } from "../context.js";
import { EntraError } from "./entra-error.js";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The description as Entra ID sends it, with the ids of the request and the time. */
export interface ErrorReport {
  readonly description: string;
  readonly timestamp: string;
  readonly traceId: string;
  readonly correlationId: string;
}

export function reportError(error: EntraError, c: Context, now: number): ErrorReport {
  const requested = c.req.query("client-request-id") ?? c.req.header("client-request-id") ?? "";
  const traceId = randomUUID();
  const correlationId = uuid.test(requested) ? requested : randomUUID();
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace("T", " ")}Z`;
  return {
    description: `${error.message}\r\nTrace ID: ${traceId}\r\nCorrelation ID: ${correlationId}\r\nTimestamp: ${timestamp}`,
    timestamp,
    traceId,
    correlationId,
  };
}

/** Microsoft's page that explains the error. */
export function errorUri({ details }: EntraError): string {
  return `https://login.microsoftonline.com/error?code=${details.number}`;
}

/** Answers a refusal with Entra ID's JSON error body. */
export function answerError({ now }: EntraContext) {
  return (error: Error, c: Context): Response => {
    if (error instanceof HTTPException) return error.getResponse();
    if (!(error instanceof EntraError)) throw error;
    const { number, error: code, status = 400, suberror, claims } = error.details;
    const report = reportError(error, c, now());
    return c.json(
      {
        error: code,
        error_description: report.description,
        error_codes: [number],
        timestamp: report.timestamp,
        trace_id: report.traceId,
        correlation_id: report.correlationId,
        error_uri: errorUri(error),
        ...(suberror !== undefined && { suberror }),
        ...(claims !== undefined && { claims }),
      },
      status,
      { "Cache-Control": "no-store", "x-ms-request-id": report.traceId },
    );
  };
}
