import { AcsAuthError, type ReadableHeaders, retryAfterInMs, safeCause } from "@acs-auth/core";

/** What of the SDK's `RestError` tells failures apart; read by shape, as two copies of the SDK may be loaded. */
interface ErrorShape {
  readonly name?: string;
  readonly statusCode?: number;
  readonly details?: { readonly odataError?: { readonly code?: string }; readonly Code?: string };
  readonly response?: { readonly headers?: ReadableHeaders };
}

const ERROR_CODE = /^\w{1,80}$/;
const REQUEST_ID = /^[\da-f-]{36}$/i;
const PASSING_STATUSES = [408, 429, 500, 502, 503, 504];

/**
 * What a step on the table came to instead of a result. Its message is fit for logs.
 *
 * @see https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes
 */
export class TableFailure extends Error {
  override readonly name = "TableFailure";
  /** The HTTP status; `undefined` where no answer came. */
  readonly status: number | undefined;
  /** The service's error code, such as `EntityAlreadyExists`. */
  readonly code: string | undefined;
  readonly retryAfterInMs: number | undefined;
  /** Whether the same request may succeed a little later. */
  readonly isPassing: boolean;
  /** Whether this attempt, or an earlier one of the same call, may have taken effect. */
  readonly outcomeUnknown: boolean;

  constructor(error: unknown, outcomeUnknownBefore: boolean) {
    const { name, statusCode, details, response }: ErrorShape = error instanceof Error ? error : {};
    const code = details?.odataError?.code ?? details?.Code ?? response?.headers?.get("x-ms-error-code") ?? "";
    super(describe(name, statusCode, code, response?.headers), { cause: safeCause(error) });
    this.status = statusCode;
    this.code = ERROR_CODE.test(code) ? code : undefined;
    this.retryAfterInMs = retryAfterInMs(response?.headers);
    this.isPassing = isPassing(name, statusCode);
    this.outcomeUnknown = outcomeUnknownBefore || !isRefusal(statusCode);
  }

  /** Whether the service answered with this status and code. */
  is(status: number, code: string): boolean {
    return this.status === status && this.code === code;
  }

  /** The error for the caller of the store, which begins with `what` this means for the call. */
  toAcsAuthError(what: string, writeInDoubt = false): AcsAuthError {
    const message = `${what}: ${this.message}`;
    const { retryAfterInMs } = this;
    const options = { cause: this, ...(retryAfterInMs === undefined ? {} : { retryAfterInMs }) };
    if (this.outcomeUnknown) {
      const inDoubt = writeInDoubt && { reason: "outcome_unknown" };
      return new AcsAuthError("store_unavailable", message, { ...options, ...inDoubt });
    }
    if (this.status === 429) return new AcsAuthError("throttled", message, options);
    const reason = this.is(404, "TableNotFound") ? { reason: "table_not_found" } : {};
    return new AcsAuthError("store_denied", message, { ...options, ...reason });
  }
}

function describe(
  name: string | undefined,
  status: number | undefined,
  code: string,
  headers: ReadableHeaders | undefined,
): string {
  if (status === undefined) {
    return isTimeout(name) ? "Azure Tables did not answer in time." : "Azure Tables was not reached.";
  }
  const requestId = headers?.get("x-ms-request-id") ?? "";
  return (
    `Azure Tables answered with status ${status}` +
    (ERROR_CODE.test(code) ? `, ${code}` : "") +
    (REQUEST_ID.test(requestId) ? ` (request id ${requestId}).` : ".")
  );
}

/** Credentials, which have retries of their own, fail with other errors than `RestError`. */
function isPassing(name: string | undefined, status: number | undefined): boolean {
  if (status === undefined) return name === "RestError" || isTimeout(name);
  return status < 400 || PASSING_STATUSES.includes(status);
}

/** Whether the service answered, and with an error that says that it did nothing. */
function isRefusal(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500 && status !== 408;
}

/** The caller's own abort never gets here. */
function isTimeout(name: string | undefined): boolean {
  return name === "AbortError";
}
