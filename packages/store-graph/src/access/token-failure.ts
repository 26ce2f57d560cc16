import { AcsAuthError, safeCause } from "@acs-auth/core";

/** What a token request came to instead of a token. Holds no text of Entra's, which may name the user. */
export interface TokenFailure {
  /** The HTTP status; `undefined` where no answer came. */
  readonly status: number | undefined;
  /** OAuth's `error`. */
  readonly error?: string | undefined;
  readonly suberror?: string | undefined;
  /** The numbers after `AADSTS`. */
  readonly errorCodes: readonly number[];
  /** What a claims challenge asks for, as JSON text. */
  readonly claims?: string | undefined;
  readonly traceId?: string | undefined;
  readonly retryAfterInMs?: number | undefined;
}

const MESSAGES = {
  throttled: "Entra ID asks to slow down with token requests for this user.",
  provider_unavailable: "Entra ID could not be reached or failed.",
  consent_required: "The user or an administrator has not consented to this server's access to Microsoft Graph.",
  invalid_token: "Entra ID refused the user's access token as the assertion of an On-Behalf-Of request.",
  claims_challenge: "Entra ID asks the user for more before this server may act on the user's behalf.",
  interaction_required: "Entra ID wants the user to sign in again before this server may act on the user's behalf.",
  provider_denied: "Entra ID refused this server's credentials or registration.",
} as const;

type TokenErrorCode = keyof typeof MESSAGES;

/** @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const CODES: readonly [TokenErrorCode, ReadonlySet<number>][] = [
  ["throttled", new Set([50196])],
  ["provider_unavailable", new Set([90033])],
  ["consent_required", new Set([65001, 65004, 90094])],
  ["invalid_token", new Set([50013, 500133, 500131, 240002])],
  [
    "provider_denied",
    new Set([7000215, 7000222, 7000218, 7000114, 700016, 90002, 70011, 28002, 500011, 900144, 70003, 9001023, 700027]),
  ],
  [
    "interaction_required",
    new Set([50076, 50079, 50158, 53000, 53001, 53002, 53003, 53004, 50173, 70043, 700082, 50057, 50105]),
  ],
];

const INTERACTION_ERRORS = new Set(["interaction_required", "login_required", "invalid_grant"]);

/** The error for a failed token request on a user's behalf. */
export function delegatedTokenError(failure: TokenFailure): AcsAuthError {
  return toError(classify(failure), failure);
}

/** The error for a failed token request of the application itself: there is no user who could mend it. */
export function applicationTokenError(failure: TokenFailure): AcsAuthError {
  const code = classify(failure);
  return toError(code === "throttled" || code === "provider_unavailable" ? code : "provider_denied", failure);
}

/** The error for a token request that was never sent. */
export function tokenRequestNotSent(thrown: unknown): AcsAuthError {
  const message = "No token request could be made. Check the certificate, the client assertion and the authority host.";
  return new AcsAuthError("provider_denied", message, { cause: safeCause(thrown) });
}

function classify(failure: TokenFailure): TokenErrorCode {
  const { status, error, suberror, claims } = failure;
  if (status === 429) return "throttled";
  if (status === undefined || status >= 500 || error === "temporarily_unavailable") return "provider_unavailable";
  const known = CODES.find(([, numbers]) => failure.errorCodes.some((number) => numbers.has(number)))?.[0];
  if (known !== undefined && known !== "interaction_required") return known;
  if (suberror === "consent_required" || error === "consent_required") return "consent_required";
  if (claims !== undefined) return "claims_challenge";
  if (known || suberror || INTERACTION_ERRORS.has(error ?? "")) return "interaction_required";
  return status >= 400 ? "provider_denied" : "provider_unavailable";
}

function toError(code: TokenErrorCode, failure: TokenFailure): AcsAuthError {
  const { claims, retryAfterInMs } = failure;
  return new AcsAuthError(code, `${MESSAGES[code]}${numbersOf(failure)}`, {
    cause: new Error(describe(failure)),
    ...(code === "invalid_token" ? { reason: "assertion_rejected" } : {}),
    ...(code === "claims_challenge" && claims !== undefined ? { claims } : {}),
    ...(retryAfterInMs === undefined ? {} : { retryAfterInMs }),
  });
}

function numbersOf({ errorCodes }: TokenFailure): string {
  return errorCodes.length > 0 ? ` (${errorCodes.map((number) => `AADSTS${number}`).join(", ")})` : "";
}

function describe(failure: TokenFailure): string {
  const { status, error, suberror, traceId } = failure;
  if (status === undefined) return "The token endpoint did not answer.";
  const words = [error, suberror].filter((word) => word !== undefined && /^[\w-]{1,64}$/.test(word)).join(", ");
  const trace = traceId !== undefined && /^[\da-f-]{36}$/i.test(traceId) ? ` Trace ID: ${traceId}` : "";
  return `The token endpoint answered with status ${status} ${words}${numbersOf(failure)}.${trace}`;
}
