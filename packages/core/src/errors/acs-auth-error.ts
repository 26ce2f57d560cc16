/**
 * What went wrong. Codes are stable; messages may change.
 *
 * | code | HTTP | meaning |
 * | --- | --- | --- |
 * | `missing_token` | 401 | the request carries no access token |
 * | `invalid_token` | 401 | the access token was refused; `reason` says why |
 * | `insufficient_scope` | 403 | the token lacks a required scope, or is app-only |
 * | `forbidden` | 403 | the application's own authorization refused the user |
 * | `invalid_request` | 400 | malformed input; `reason` names the part |
 * | `claims_challenge` | 401 | the identity provider asks for more (such as a second factor); `claims` has what the client passes to its next sign-in |
 * | `interaction_required` | 401 | the user has to sign in again |
 * | `consent_required` | 403 | the user or an administrator has not consented to what the server needs on the user's behalf |
 * | `provider_denied` | 502 | the identity provider refused this server's own credentials or registration |
 * | `provider_unavailable` | 503 | the identity provider could not be reached or failed |
 * | `key_server_unavailable` | 503 | the provider's signing keys could not be fetched and none are cached |
 * | `identity_not_found` | 404 | the user has no ACS identity yet |
 * | `identity_deleted` | 409 | the mapped identity belongs to this ACS resource and no longer exists there |
 * | `identity_of_other_resource` | 409 | the mapped identity belongs to another ACS resource |
 * | `identity_not_owned` | 409 | ACS disowns the mapped identity and which of the two it is could not be found out |
 * | `invalid_teams_token` | 400 | the Teams user's Entra token was refused; `reason` says why |
 * | `teams_exchange_not_configured` | 404 | the service was made without a Teams token verifier |
 * | `store_unavailable` | 503 | the identity store failed; nothing is known about its content |
 * | `store_denied` | 502 | the identity store refused the operation and wrote nothing |
 * | `mapping_invalid` | 502 | the identity store returned something that is no mapping of this user |
 * | `mapping_tampered` | 403 | the mapping's signature does not fit its content: somebody other than this library changed it |
 * | `mapping_unsigned` | 403 | the mapping carries no signature |
 * | `mapping_outcome_unknown` | 503 | whether a new mapping was written is unknown; `communicationUserId` has the identity |
 * | `acs_unavailable` | 503 | ACS could not be reached or failed |
 * | `acs_denied` | 502 | ACS refused this server's own credentials |
 * | `acs_rejected` | 502 | ACS refused the request or gave an unintelligible answer |
 * | `throttled` | 429 | a service asked to slow down; `retryAfterInMs` says for how long, where known |
 * | `timeout` | 504 | the call's time budget ran out |
 * | `aborted` | 499 | the caller's `abortSignal` fired |
 *
 * @useDeclaredType
 */
export type AcsAuthErrorCode = keyof typeof STATUS_CODES;

const STATUS_CODES = {
  missing_token: 401,
  invalid_token: 401,
  insufficient_scope: 403,
  forbidden: 403,
  invalid_request: 400,
  claims_challenge: 401,
  interaction_required: 401,
  consent_required: 403,
  provider_denied: 502,
  provider_unavailable: 503,
  key_server_unavailable: 503,
  identity_not_found: 404,
  identity_deleted: 409,
  identity_of_other_resource: 409,
  identity_not_owned: 409,
  invalid_teams_token: 400,
  teams_exchange_not_configured: 404,
  store_unavailable: 503,
  store_denied: 502,
  mapping_invalid: 502,
  mapping_tampered: 403,
  mapping_unsigned: 403,
  mapping_outcome_unknown: 503,
  acs_unavailable: 503,
  acs_denied: 502,
  acs_rejected: 502,
  throttled: 429,
  timeout: 504,
  aborted: 499,
} as const;

/** The details of an {@link AcsAuthError}. */
export interface AcsAuthErrorOptions {
  /** The failure behind this one. */
  readonly cause?: unknown;
  /** A stable, finer-grained reason, such as `expired` for an `invalid_token`. */
  readonly reason?: string;
  /** How long to wait before trying again, in milliseconds. */
  readonly retryAfterInMs?: number;
  /** The claims of a claims challenge: the JSON text to pass to the next sign-in. */
  readonly claims?: string;
  /** The scopes that the token should have had. */
  readonly requiredScopes?: readonly string[];
  /** The ACS identity concerned: with `mapping_outcome_unknown` the one whose fate is unknown. */
  readonly communicationUserId?: string;
}

/**
 * Every failure of this library that is not a programmer's mistake (those are `TypeError`).
 *
 * Messages hold no token, key, connection string or personal datum. Tell errors apart by {@link AcsAuthError.is}, which
 * also works where two copies of this package are loaded.
 */
export class AcsAuthError extends Error {
  /** By which {@link AcsAuthError.is} knows these errors. */
  override readonly name = "AcsAuthError";
  /** What went wrong. Stable. */
  readonly code: AcsAuthErrorCode;
  /** The HTTP status that this error deserves. */
  readonly statusCode: number;
  /** A stable, finer-grained reason, such as `expired` for an `invalid_token`. */
  readonly reason: string | undefined;
  /** How long to wait before trying again, in milliseconds. */
  readonly retryAfterInMs: number | undefined;
  /** The claims of a claims challenge: the JSON text to pass to the next sign-in. */
  readonly claims: string | undefined;
  /** The scopes that the token should have had. */
  readonly requiredScopes: readonly string[] | undefined;
  /** The ACS identity concerned: with `mapping_outcome_unknown` the one whose fate is unknown. */
  readonly communicationUserId: string | undefined;

  /**
   * For stores, verifiers and `authorize` hooks of your own.
   *
   * @param code - also decides `statusCode`.
   * @param message - for developers; without tokens, keys, connection strings and personal data.
   */
  constructor(code: AcsAuthErrorCode, message: string, options: AcsAuthErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.statusCode = STATUS_CODES[code];
    this.reason = options.reason;
    this.retryAfterInMs = options.retryAfterInMs;
    this.claims = options.claims;
    this.requiredScopes = options.requiredScopes;
    this.communicationUserId = options.communicationUserId;
  }

  /** Whether a value is an `AcsAuthError`, and of this code if one is given. Compares by name and code. */
  static is(value: unknown, code?: AcsAuthErrorCode): value is AcsAuthError {
    return value instanceof Error && value.name === "AcsAuthError" && (code === undefined || codeOf(value) === code);
  }
}

function codeOf(error: Error): unknown {
  return "code" in error ? error.code : undefined;
}
