import { EntraError } from "./entra-error.js";

export function grantExpired(): EntraError {
  return new EntraError({
    number: 70008,
    error: "invalid_grant",
    description:
      "The provided authorization code or refresh token has expired. Send a new interactive authorization request for this user and resource.",
  });
}

export function grantMalformed(): EntraError {
  return new EntraError({
    number: 70000,
    error: "invalid_grant",
    description: "Provided grant is invalid or malformed.",
  });
}

export function codeRedeemed(): EntraError {
  return new EntraError({
    number: 54005,
    error: "invalid_grant",
    description:
      "OAuth2 authorization code was already redeemed. Retry with a new code or use an existing refresh token.",
  });
}

export function codeVerifierMismatch(): EntraError {
  return new EntraError({
    number: 501481,
    error: "invalid_grant",
    description: "The code_verifier does not match the code_challenge supplied in the authorization request.",
  });
}

export function codeChallengeRequired(): EntraError {
  return new EntraError({
    number: 9002325,
    error: "invalid_request",
    description: "Proof Key for Code Exchange is required for authorization code redemption by a public client.",
  });
}

export function sessionRevoked(): EntraError {
  return new EntraError({
    number: 50173,
    error: "invalid_grant",
    suberror: "bad_token",
    description: "The provided grant has expired because it was revoked. The user must sign in again.",
  });
}
