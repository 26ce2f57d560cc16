import { EntraError } from "./entra-error.js";

export function notSignedIn(): EntraError {
  return new EntraError({
    number: 50058,
    error: "login_required",
    description: "A silent sign-in request was sent but no user is signed in.",
  });
}

export function accessDenied(): EntraError {
  return new EntraError({
    number: 65004,
    error: "access_denied",
    description: "User declined to consent to access the app.",
  });
}

/** How Entra ID reports a missing second factor: sources show both OAuth error codes and both numbers. */
export interface MultiFactorReport {
  /** The AADSTS number: the user has to use a second factor (50076) or to enrol in one (50079). Default: 50076. */
  readonly number?: 50076 | 50079;
  /** The OAuth error code. Default: `interaction_required`. */
  readonly error?: "interaction_required" | "invalid_grant";
}

export function multiFactorRequired(
  resource: string,
  claims: string | undefined,
  report: MultiFactorReport = {},
): EntraError {
  const { number = 50076, error = "interaction_required" } = report;
  return new EntraError({
    number,
    error,
    suberror: "basic_action",
    ...(claims !== undefined && { claims }),
    description: `Due to a configuration change made by your administrator, or because you moved to a new location, you must ${number === 50079 ? "enroll in" : "use"} multi-factor authentication to access '${resource}'.`,
  });
}
