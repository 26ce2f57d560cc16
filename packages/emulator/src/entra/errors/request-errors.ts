import { EntraError } from "./entra-error.js";

export function missingParameter(name: string): EntraError {
  return new EntraError({
    number: 900144,
    error: "invalid_request",
    description: `The request body must contain the following parameter: '${name}'.`,
  });
}

export function malformedRequest(reason: string): EntraError {
  return new EntraError({
    number: 9002313,
    error: "invalid_request",
    description: `Invalid request. Request is malformed or invalid: ${reason}.`,
  });
}

export function tenantNotFound(tenant: string): EntraError {
  return new EntraError({
    number: 90002,
    error: "invalid_tenant",
    description: `Tenant '${tenant}' not found. Check that the tenant ID is correct and that you are signing in to the correct cloud.`,
  });
}

export function unsupportedGrant(grantType: string): EntraError {
  return new EntraError({
    number: 70003,
    error: "unsupported_grant_type",
    description: `The app requested an unsupported grant type '${grantType}'.`,
  });
}

export function grantNeedsTenant(endpoint: string): EntraError {
  return new EntraError({
    number: 9001023,
    error: "invalid_request",
    description: `The grant type is not supported over the /${endpoint} endpoint. Use a tenant-specific endpoint.`,
  });
}

export function unsupportedResponse(parameter: string, value: string): EntraError {
  return new EntraError({
    number: 700054,
    error: "unsupported_response_type",
    description: `${parameter} '${value}' is not enabled for the application.`,
  });
}
