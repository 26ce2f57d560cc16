import type { AbortSignalLike } from "@azure/abort-controller";
import type { OperationTracingOptions } from "@azure/core-tracing";

/**
 * What an ACS access token allows.
 *
 * @see https://learn.microsoft.com/azure/communication-services/concepts/identity-model
 */
export type TokenScope = "chat" | "voip" | "chat.join" | "chat.join.limited" | "voip.join";

/** The options that the service passes with every call to ACS. */
export interface AcsOperationOptions {
  abortSignal?: AbortSignalLike;
  tracingOptions?: OperationTracingOptions;
}

/** An ACS access token. */
export interface AcsAccessToken {
  token: string;
  expiresOn: Date;
}

/**
 * The part of `CommunicationIdentityClient` that the service uses. The SDK's client satisfies it, and so may a wrapper
 * of your own. Make one with {@link createIdentityClient}: its requests are retried by the service alone, so that
 * attempts are counted and every lost reply of a creation is reported.
 *
 * @see https://learn.microsoft.com/javascript/api/@azure/communication-identity/communicationidentityclient
 */
export interface AcsIdentityClient {
  createUser(options?: AcsOperationOptions): Promise<{ communicationUserId: string }>;
  createUserAndToken(
    scopes: TokenScope[],
    options?: AcsOperationOptions & { tokenExpiresInMinutes?: number },
  ): Promise<AcsAccessToken & { user: { communicationUserId: string } }>;
  getToken(
    user: { communicationUserId: string },
    scopes: TokenScope[],
    options?: AcsOperationOptions & { tokenExpiresInMinutes?: number },
  ): Promise<AcsAccessToken>;
  revokeTokens(user: { communicationUserId: string }, options?: AcsOperationOptions): Promise<void>;
  deleteUser(user: { communicationUserId: string }, options?: AcsOperationOptions): Promise<void>;
  getTokenForTeamsUser(
    options: AcsOperationOptions & { teamsUserAadToken: string; clientId: string; userObjectId: string },
  ): Promise<AcsAccessToken>;
}
