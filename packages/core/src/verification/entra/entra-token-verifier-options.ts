import type { CommonVerifierOptions } from "../common-options.js";
import type { KeySourceOptions } from "../keys/key-source-options.js";

/**
 * The tenants whose users are let in: one, several, or those that a function says yes to. The function is called with
 * the verified tenant id in lower case. Only `true` lets the user in; an `AcsAuthError` that it throws is passed on, any
 * other failure becomes `forbidden` with the reason `tenant_check_failed`.
 */
export type AllowedTenants = string | readonly string[] | ((tenantId: string) => boolean | Promise<boolean>);

/** Options of {@link EntraTokenVerifier}. */
export interface EntraTokenVerifierOptions extends CommonVerifierOptions {
  /** The application (client) id of this API. */
  readonly clientId: string;
  /** The tenants whose users are let in. Personal Microsoft accounts are the tenant 9188040d-6c67-4c5b-b112-36a304b66dad. */
  readonly tenantId: AllowedTenants;
  /** The accepted values of `aud`, compared exactly. Default `[clientId, "api://" + clientId]`. */
  readonly audiences?: readonly string[];
  /**
   * The scopes that a token must hold, all of them, as `scp` names them. Default `["access_as_user"]`. Empty: any
   * delegated scope; app-only tokens are refused all the same.
   */
  readonly requiredScopes?: readonly string[];
  /** The client applications (`azp`, in v1.0 tokens `appid`) that may call. Default: any that got a token for this API. */
  readonly authorizedClientIds?: readonly string[];
  /**
   * The sign-in host, one of {@link EntraAuthorityHosts} or its https origin. Default: the environment variable
   * `AZURE_AUTHORITY_HOST`, else the global cloud.
   */
  readonly authorityHost?: string;
  /**
   * The OpenID Connect metadata document, for Entra External ID, Azure AD B2C and applications with their own signing
   * keys (`?appid=`), in place of `authorityHost`. `tenantId` must then be one GUID. The version of a token (`ver`) is not
   * looked at; its issuer must be the document's.
   */
  readonly metadataUrl?: string;
  /** The claim that names the user. Default `oid`. `sub` only with `metadataUrl`: tokens of Azure AD B2C may lack `oid`. */
  readonly objectIdClaim?: "oid" | "sub";
  /** How signing keys are fetched and kept. Each verifier has its own. */
  readonly keys?: KeySourceOptions;
}
