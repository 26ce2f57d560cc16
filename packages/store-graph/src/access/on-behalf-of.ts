import { AcsAuthError } from "@acs-auth/core";
import type { AccessToken } from "@azure/core-auth";
import type { OnBehalfOfCredential, OnBehalfOfCredentialSecretOptions, TokenCredentialOptions } from "@azure/identity";
import { LRUCache } from "lru-cache";
import { waitFor } from "../abort.js";
import type { GraphCloud } from "../graph/clouds.js";
import { checkPositiveInteger, checkString } from "../option-checks.js";
import { withRetries } from "../retry.js";
import { type Authority, authority } from "./authority.js";
import type { Caller, GraphAccess, GraphTokens, RefusedToken } from "./graph-access.js";
import { TokenCache } from "./token-cache.js";
import { type MetadataCache, TokenEndpoint } from "./token-endpoint.js";
import { delegatedTokenError, tokenRequestNotSent } from "./token-failure.js";
import { assertionKey, assertionOf } from "./user-assertion.js";

/** What every form of {@link OnBehalfOfOptions} has. */
export interface OnBehalfOfCommonOptions {
  /** The client id of this server's app registration: the audience of the users' access tokens. */
  readonly clientId: string;
  /** The tenant that tokens are asked of. Default: each user's own. */
  readonly tenantId?: string;
  /** Default: the environment variable `AZURE_AUTHORITY_HOST`, else the host of the store's cloud. */
  readonly authorityHost?: string;
  /** How many users' Graph tokens are kept at most, about 3 KB each. Default: 10,000. */
  readonly maxCachedUsers?: number;
}

/** How this server proves who it is: by exactly one of a secret, a certificate and a federated assertion. */
export type OnBehalfOfCredentials =
  | {
      /** A secret of the app registration. */
      readonly clientSecret: string;
    }
  | {
      /** A PEM file with the private key and the certificate. */
      readonly certificatePath: string;
      /** Sends the chain too, for authentication by subject name and issuer. Default: false. */
      readonly sendCertificateChain?: boolean;
    }
  | {
      /**
       * A client assertion for each token request, such as a managed identity's token for
       * `api://AzureADTokenExchange/.default`.
       */
      readonly getAssertion: () => Promise<string>;
    };

/** Options of {@link onBehalfOf}. */
export type OnBehalfOfOptions = OnBehalfOfCommonOptions & OnBehalfOfCredentials;

const DEFAULT_MAX_CACHED_USERS = 10_000;
const TOKEN_REQUEST_TIMEOUT_IN_MS = 5_000;
const METADATA_LIFETIME_IN_MS = 60 * 60_000;
const MAX_METADATA = 100;

/**
 * Access to Graph as the signed-in user, by On-Behalf-Of. Needs the delegated permission `User.ReadWrite`, consented to
 * by the user or an administrator.
 *
 * A user's repeated calls cost no token request while the Graph token lives; each token request stands for itself, so
 * that one user's throttling, missing consent or second factor never blocks another user.
 *
 * @throws TypeError for a missing or impossible option; the message names it.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow
 */
export function onBehalfOf(options: OnBehalfOfOptions): GraphAccess {
  const credentials = checkOptions(options);
  return {
    mode: "delegated",
    open: (cloud) => new OnBehalfOfTokens(options, credentials, cloud),
  };
}

class OnBehalfOfTokens implements GraphTokens {
  readonly #options: OnBehalfOfCommonOptions;
  readonly #credentials: OnBehalfOfCredentials;
  readonly #authority: Authority;
  readonly #scope: string;
  readonly #tokens: TokenCache;
  readonly #metadata: MetadataCache = new LRUCache({ max: MAX_METADATA, ttl: METADATA_LIFETIME_IN_MS });
  /** Loading takes longer than everything else at the start of a server, which can listen meanwhile. */
  readonly #sdk = import("@azure/identity");

  constructor(options: OnBehalfOfCommonOptions, credentials: OnBehalfOfCredentials, cloud: GraphCloud) {
    this.#options = options;
    this.#credentials = credentials;
    this.#authority = authority(options.authorityHost, cloud.authorityHost);
    this.#scope = `${cloud.graphResource}/.default`;
    this.#tokens = new TokenCache(options.maxCachedUsers ?? DEFAULT_MAX_CACHED_USERS);
    this.#sdk.catch(() => {});
  }

  async getToken(caller: Caller, refused?: RefusedToken): Promise<string> {
    const assertion = assertionOf(caller);
    const key = assertionKey(assertion);
    const tenantId = this.#options.tenantId ?? caller.user.tenantId;
    const request = () => withRetries(() => this.#requestToken(tenantId, assertion, refused?.claims), isPassing);
    const token = refused
      ? this.#tokens.renew(key, refused.token, refused.claims ?? "", request)
      : this.#tokens.get(key, request);
    return waitFor(token, caller.signal);
  }

  /**
   * A credential for this request alone: within one credential the SDK lets one user's throttling block all users, and
   * repeats a request without regard to how long it is asked to wait.
   */
  async #requestToken(tenantId: string, assertion: string, claims: string | undefined): Promise<AccessToken> {
    const endpoint = new TokenEndpoint(this.#metadata, TOKEN_REQUEST_TIMEOUT_IN_MS);
    const options = {
      tenantId,
      clientId: this.#options.clientId,
      userAssertionToken: assertion,
      authorityHost: this.#authority.host,
      disableInstanceDiscovery: !this.#authority.isMicrosofts,
      retryOptions: { maxRetries: 0 },
      additionalPolicies: [{ policy: endpoint.policy, position: "perRetry" as const }],
    };
    try {
      const { OnBehalfOfCredential } = await this.#sdk;
      const credential = createCredential(OnBehalfOfCredential, this.#credentials, options);
      return await credential.getToken(this.#scope, { enableCae: true, ...(claims === undefined ? {} : { claims }) });
    } catch (error) {
      if (AcsAuthError.is(error)) throw error;
      throw endpoint.failure ? delegatedTokenError(endpoint.failure) : tokenRequestNotSent(error);
    }
  }
}

function isPassing(error: unknown): error is AcsAuthError {
  return AcsAuthError.is(error, "throttled") || AcsAuthError.is(error, "provider_unavailable");
}

type CredentialOptions = Omit<OnBehalfOfCredentialSecretOptions, "clientSecret"> & TokenCredentialOptions;

function createCredential(
  Credential: typeof OnBehalfOfCredential,
  credentials: OnBehalfOfCredentials,
  options: CredentialOptions,
): OnBehalfOfCredential {
  if ("clientSecret" in credentials) return new Credential({ ...options, ...credentials });
  if ("certificatePath" in credentials) return new Credential({ ...options, ...credentials });
  return new Credential({ ...options, ...credentials });
}

function checkOptions(options: OnBehalfOfOptions): OnBehalfOfCredentials {
  checkString(options?.clientId, "clientId");
  if (options.tenantId !== undefined) checkString(options.tenantId, "tenantId");
  if (options.authorityHost !== undefined) authority(options.authorityHost, "");
  if (options.maxCachedUsers !== undefined) checkPositiveInteger(options.maxCachedUsers, "maxCachedUsers");
  const { clientSecret, certificatePath, sendCertificateChain, getAssertion }: Record<string, unknown> = { ...options };
  const given = [clientSecret, certificatePath, getAssertion].filter((credential) => credential !== undefined);
  if (given.length !== 1) {
    throw new TypeError("onBehalfOf needs exactly one of clientSecret, certificatePath, getAssertion.");
  }
  if (clientSecret !== undefined) return { clientSecret: checkString(clientSecret, "clientSecret") };
  if (certificatePath !== undefined) {
    return {
      certificatePath: checkString(certificatePath, "certificatePath"),
      sendCertificateChain: sendCertificateChain === true,
    };
  }
  if (typeof getAssertion !== "function") throw new TypeError("getAssertion must be a function.");
  return { getAssertion: async () => checkString(await getAssertion(), "getAssertion's result") };
}
