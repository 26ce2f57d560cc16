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
  /** Ends the call. */
  abortSignal?: AbortSignalLike;
  /** The span that the call's spans belong under. */
  tracingOptions?: OperationTracingOptions;
}

/** An ACS access token. */
export interface AcsAccessToken {
  /** The token, for the SDKs of ACS. */
  token: string;
  /** From when on ACS refuses it. */
  expiresOn: Date;
}

/** An ACS identity: the shape of the Azure SDK's `CommunicationUserIdentifier`. */
export interface CommunicationUser {
  /** The raw id, `8:acs:<resource>_<user>`. */
  communicationUserId: string;
}

/** An ACS access token and the identity it is for: the shape of the Azure SDK's `CommunicationUserToken`. */
export interface IssuedToken extends AcsAccessToken {
  /** The identity that the token is for. */
  user: CommunicationUser;
}

/**
 * The part of `CommunicationIdentityClient` that the service uses. The SDK's client satisfies it, and so may a wrapper
 * of your own. Make one with {@link createIdentityClient}: its requests are retried by the service alone, so that
 * attempts are counted and every lost reply of a creation is reported.
 *
 * @see https://learn.microsoft.com/javascript/api/@azure/communication-identity/communicationidentityclient
 */
export interface AcsIdentityClient {
  /** Creates an identity. */
  createUser(options?: AcsOperationOptions): Promise<CommunicationUser>;
  /** Creates an identity and issues its first token, in one request. */
  createUserAndToken(
    scopes: TokenScope[],
    options?: AcsOperationOptions & { tokenExpiresInMinutes?: number },
  ): Promise<IssuedToken>;
  /** Issues a token for an identity. The lifetime is in minutes, 60 to 1440; ACS's own default is 1440. */
  getToken(
    user: CommunicationUser,
    scopes: TokenScope[],
    options?: AcsOperationOptions & { tokenExpiresInMinutes?: number },
  ): Promise<AcsAccessToken>;
  /** Makes all tokens of an identity invalid. */
  revokeTokens(user: CommunicationUser, options?: AcsOperationOptions): Promise<void>;
  /** Deletes an identity with its data, and makes its tokens invalid. */
  deleteUser(user: CommunicationUser, options?: AcsOperationOptions): Promise<void>;
  /** Exchanges the Entra ID token of a Teams user for an ACS token. */
  getTokenForTeamsUser(
    options: AcsOperationOptions & { teamsUserAadToken: string; clientId: string; userObjectId: string },
  ): Promise<AcsAccessToken>;
}
