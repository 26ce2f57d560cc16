import { STATUS_CODES } from "node:http";
import type { AcsAuthErrorCode } from "@acs-auth/core";
import type { Answer } from "../answer.js";

/**
 * What went wrong, as a stable string: a code of `AcsAuthError`, or
 *
 * | code | HTTP | meaning |
 * | --- | --- | --- |
 * | `not_found` | 404 | unknown path |
 * | `method_not_allowed` | 405 | known path, other method; `Allow` lists the possible ones |
 * | `rate_limited` | 429 | this server's own limit of requests per user; `Retry-After` says when to try again |
 * | `internal_error` | 500 | a defect of the server; its log has the request id |
 */
export type ProblemCode = AcsAuthErrorCode | "not_found" | "method_not_allowed" | "rate_limited" | "internal_error";

/**
 * The body of every error answer, of content type `application/problem+json`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export interface ProblemDetails {
  /** Always `about:blank`: the problem is told by `code`. */
  readonly type: "about:blank";
  /** The phrase of the HTTP status. */
  readonly title: string;
  /** The HTTP status of the answer. */
  readonly status: number;
  /** One sentence for the developer. Free of secrets and personal data; may change. */
  readonly detail: string;
  /** What clients tell problems apart by. */
  readonly code: ProblemCode;
  /** The same as in the header `x-request-id`. */
  readonly requestId: string;
  /** A finer-grained reason, such as `expired` for `invalid_token`, or the part of the request that is wrong. */
  readonly reason?: string;
}

/** An error answer in the making. */
export interface Problem {
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly reason?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export const NOT_FOUND: Problem = { status: 404, code: "not_found", detail: "There is nothing at this path." };
export const MALFORMED_REQUEST: Problem = { status: 400, code: "invalid_request", detail: "The request is malformed." };
export const INTERNAL_ERROR: Problem = { status: 500, code: "internal_error", detail: "The server failed." };
/** Not meant to be read: 499 shows in the logs why the request ended. */
export const CLIENT_GONE: Problem = { status: 499, code: "aborted", detail: "The client closed the connection." };

export function problemAnswer(problem: Problem, requestId: string): Answer {
  const { status, code, detail, reason, headers } = problem;
  const body: ProblemDetails = {
    type: "about:blank",
    title: STATUS_CODES[status] ?? "Client Closed Request",
    status,
    detail,
    code,
    requestId,
    ...(reason === undefined ? {} : { reason }),
  };
  return {
    status,
    headers: { ...headers, "content-type": "application/problem+json" },
    body: JSON.stringify(body),
    problemCode: code,
  };
}
