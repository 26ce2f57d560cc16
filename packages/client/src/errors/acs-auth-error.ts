/**
 * What went wrong on the client's side. Codes are stable; messages may change.
 *
 * | code | meaning |
 * | --- | --- |
 * | `network_error` | the server could not be reached, or the connection was lost |
 * | `timeout` | the server did not answer in time |
 * | `http_error` | an error answer without problem details, as of a gateway; `statusCode` says which |
 * | `invalid_response` | the answer is not what the route promises: too long, no JSON, no token, an expired token |
 * | `sign_in_failed` | `getAccessToken` or `getTeamsUserAadToken` failed or gave no token; `cause` is its error |
 * | `interaction_required` | the user has to sign in again |
 * | `aborted` | the caller's `abortSignal` fired |
 * | `disposed` | the credential was disposed |
 */
export type ClientErrorCode =
  | "network_error"
  | "timeout"
  | "http_error"
  | "invalid_response"
  | "sign_in_failed"
  | "interaction_required"
  | "aborted"
  | "disposed";

/** A {@link ClientErrorCode}, or the `code` of the server's problem details, such as `identity_not_found`. */
export type AcsAuthErrorCode = ClientErrorCode | (string & Record<never, never>);

/** The details of an {@link AcsAuthError}. */
export interface AcsAuthErrorOptions {
  /** The failure behind this one. */
  readonly cause?: unknown;
  /** The HTTP status of the server's answer. */
  readonly statusCode?: number | undefined;
  /** The server's finer-grained reason, such as `expired` with `invalid_token`. */
  readonly reason?: string | undefined;
  /** How long the server asks to wait before another request, in milliseconds. */
  readonly retryAfterInMs?: number | undefined;
  /** The claims of a claims challenge: the JSON text to pass to the next sign-in. */
  readonly claims?: string | undefined;
  /** The id under which the server's log has the request. */
  readonly requestId?: string | undefined;
}

/**
 * Every failure of this package that is not a programmer's mistake (those are `TypeError`).
 *
 * Messages hold no token. Tell errors apart by {@link AcsAuthError.is}, which works across copies of this package and
 * for the errors of `@acs-auth/core`, which have the same name and members.
 */
export class AcsAuthError extends Error {
  /** By which {@link AcsAuthError.is} knows these errors. */
  override readonly name = "AcsAuthError";
  /** What went wrong. Stable. */
  readonly code: AcsAuthErrorCode;
  /** The HTTP status of the server's answer. */
  readonly statusCode: number | undefined;
  /** The server's finer-grained reason, such as `expired` with `invalid_token`. */
  readonly reason: string | undefined;
  /** How long the server asks to wait before another request, in milliseconds. */
  readonly retryAfterInMs: number | undefined;
  /** The claims of a claims challenge: the JSON text to pass to the next sign-in. */
  readonly claims: string | undefined;
  /** The id under which the server's log has the request. */
  readonly requestId: string | undefined;

  /**
   * For a `getAccessToken` that says `interaction_required` by itself.
   *
   * @param message - for developers; without secrets and personal data.
   */
  constructor(code: AcsAuthErrorCode, message: string, options: AcsAuthErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.statusCode = options.statusCode;
    this.reason = options.reason;
    this.retryAfterInMs = options.retryAfterInMs;
    this.claims = options.claims;
    this.requestId = options.requestId;
  }

  /** Whether a value is an `AcsAuthError`, and of this code if one is given. Compares by name and code. */
  static is(value: unknown, code?: AcsAuthErrorCode): value is AcsAuthError {
    return value instanceof Error && value.name === "AcsAuthError" && (code === undefined || codeOf(value) === code);
  }
}

function codeOf(error: Error): unknown {
  return "code" in error ? error.code : undefined;
}
