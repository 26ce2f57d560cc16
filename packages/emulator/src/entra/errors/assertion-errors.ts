import type { ApplicationFixture } from "../../fixtures.js";
import { EntraError } from "./entra-error.js";

export function invalidAssertion(reason: string): EntraError {
  return new EntraError({
    number: 50013,
    error: "invalid_grant",
    description: `Assertion failed signature validation or is malformed. [Reason - ${reason}]`,
  });
}

export function assertionAudience(application: ApplicationFixture): EntraError {
  return new EntraError({
    number: 500131,
    error: "invalid_grant",
    description: `Assertion audience does not match the Client app presenting the assertion. The expected audience is '${application.clientId}' or one of the Application Uris of this application.`,
  });
}

export function assertionExpired(): EntraError {
  return new EntraError({
    number: 500133,
    error: "invalid_grant",
    description:
      "Assertion is not within its valid time range. Request a new access token and use it as the assertion.",
  });
}

export function assertionIsIdToken(): EntraError {
  return new EntraError({
    number: 240002,
    error: "invalid_grant",
    description: "Input id_token cannot be used as 'urn:ietf:params:oauth:grant-type:jwt-bearer' grant.",
  });
}

export function onBehalfOfApplication(clientId: string): EntraError {
  return new EntraError({
    number: 7000114,
    error: "invalid_grant",
    description: `Application '${clientId}' is not allowed to make application on-behalf-of calls.`,
  });
}
