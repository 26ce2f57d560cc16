import type { ApplicationFixture } from "../../fixtures.js";
import { EntraError } from "./entra-error.js";

export function applicationNotFound(clientId: string, tenant: string): EntraError {
  return new EntraError({
    number: 700016,
    error: "unauthorized_client",
    description: `Application with identifier '${clientId}' was not found in the directory '${tenant}'. It may not be installed there, or the request went to the wrong tenant.`,
  });
}

export function invalidClientSecret({ clientId }: ApplicationFixture): EntraError {
  return new EntraError({
    number: 7000215,
    error: "invalid_client",
    status: 401,
    description: `Invalid client secret provided. Send the client secret value, not the client secret ID, of a secret of app '${clientId}'.`,
  });
}

export function credentialMissing(): EntraError {
  return new EntraError({
    number: 7000218,
    error: "invalid_client",
    status: 401,
    description: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  });
}

export function publicClientWithCredential(): EntraError {
  return new EntraError({
    number: 700025,
    error: "invalid_client",
    status: 401,
    description: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  });
}

export function clientAssertionSignature(): EntraError {
  return new EntraError({
    number: 700027,
    error: "invalid_client",
    status: 401,
    description: "The certificate used to sign the client assertion is not registered on the application.",
  });
}

export function clientAssertionExpired(): EntraError {
  return new EntraError({
    number: 700024,
    error: "invalid_client",
    status: 401,
    description: "Client assertion is not within its valid time range.",
  });
}

export function redirectUriMismatch(redirectUri: string, { clientId }: ApplicationFixture): EntraError {
  return new EntraError({
    number: 50011,
    error: "invalid_request",
    description: `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'.`,
  });
}
