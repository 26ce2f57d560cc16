import type { ApplicationFixture } from "../../fixtures.js";
import { EntraError } from "./entra-error.js";

export function invalidScope(scope: string): EntraError {
  return new EntraError({
    number: 70011,
    error: "invalid_scope",
    description: `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  });
}

export function scopesOfSeveralResources(): EntraError {
  return new EntraError({
    number: 28000,
    error: "invalid_scope",
    description: "The provided value for the input parameter 'scope' is not valid: it names more than one resource.",
  });
}

export function scopeWithoutDefault(scope: string): EntraError {
  return new EntraError({
    number: 1002012,
    error: "invalid_scope",
    description: `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`,
  });
}

export function resourceNotFound(resource: string, tenant: string): EntraError {
  return new EntraError({
    number: 500011,
    error: "invalid_resource",
    description: `The resource principal named ${resource} was not found in the tenant named ${tenant}.`,
  });
}

export function consentMissing({ clientId, displayName }: ApplicationFixture): EntraError {
  return new EntraError({
    number: 65001,
    error: "invalid_grant",
    suberror: "consent_required",
    description: `The user or administrator has not consented to use the application with ID '${clientId}' named '${displayName}'. Send an interactive authorization request for this user and resource.`,
  });
}

/** The same, where the authorization endpoint was asked not to interact. */
export function consentInteractionRequired(application: ApplicationFixture): EntraError {
  return new EntraError({ ...consentMissing(application).details, error: "interaction_required" });
}
