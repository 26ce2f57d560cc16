import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";

/** The headers of an injected error that the service sends with every error. */
export type ErrorHeaders = (status: number, request: Request) => Readonly<Record<string, string>>;

/** The body of an injected error with these headers. */
export type ErrorBody = (
  status: number,
  code: string | undefined,
  headers: Readonly<Record<string, string>>,
) => Readonly<Record<string, unknown>>;

/** The error format of Azure Communication Services. */
export const communicationErrorBody: ErrorBody = (status, code) => ({
  error: { code: code ?? reason(status).replaceAll(" ", ""), message: `${reason(status)} (injected fault).` },
});

/** The error format of Entra ID. */
export const entraErrorBody: ErrorBody = (status, code) => ({
  error: code ?? (status < 500 && status !== 429 ? "invalid_request" : "temporarily_unavailable"),
  error_description: `${reason(status)} (injected fault).`,
  error_codes: [],
  timestamp: `${new Date().toISOString().slice(0, 19).replace("T", " ")}Z`,
  trace_id: randomUUID(),
  correlation_id: randomUUID(),
});

export function reason(status: number): string {
  return STATUS_CODES[status] ?? `Status ${status}`;
}
