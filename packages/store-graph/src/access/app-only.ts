import type { AccessToken, GetTokenOptions, TokenCredential } from "@azure/core-auth";
import { waitFor } from "../abort.js";
import type { GraphCloud } from "../graph/clouds.js";
import { isGuid } from "../user.js";
import type { ApplicationCaller, ApplicationTokens, GraphAccess, RefusedToken } from "./graph-access.js";
import { TokenCache } from "./token-cache.js";
import { applicationTokenError, type TokenFailure, tokenRequestNotSent } from "./token-failure.js";

/** Options of {@link appOnly}. */
export interface AppOnlyOptions {
  /** Any credential of `@azure/identity` that speaks for an application, such as `DefaultAzureCredential`. */
  readonly credential: TokenCredential;
  /**
   * The tenant that `credential` speaks in, a GUID. Only `listMappings` needs it: Graph does not name the tenant of the
   * users it lists, and its access tokens are not for clients to read.
   */
  readonly tenantId?: string;
}

const TOKEN_REQUEST_TIMEOUT_IN_MS = 10_000;

/**
 * Access to Graph as the application itself. Needs the application permission `User.ReadWrite.All`, consented to by an
 * administrator: this server can then write to every user of the tenant. Prefer `onBehalfOf` where users are signed in.
 *
 * The credential, with its authority host and retries, is the caller's to configure.
 *
 * @throws TypeError if `credential` is no `TokenCredential` or `tenantId` no GUID.
 */
export function appOnly({ credential, tenantId }: AppOnlyOptions): GraphAccess {
  if (typeof credential?.getToken !== "function") throw new TypeError("credential must be a TokenCredential.");
  if (tenantId !== undefined && !isGuid(tenantId)) throw new TypeError("tenantId must be a GUID.");
  return {
    mode: "application",
    tenantId: tenantId?.toLowerCase(),
    open: (cloud) => new AppOnlyTokens(credential, cloud),
  };
}

class AppOnlyTokens implements ApplicationTokens {
  readonly #credential: TokenCredential;
  readonly #scope: string;
  readonly #tokens = new TokenCache(1);

  constructor(credential: TokenCredential, cloud: GraphCloud) {
    this.#credential = credential;
    this.#scope = `${cloud.graphResource}/.default`;
  }

  async getToken({ signal }: ApplicationCaller, refused?: RefusedToken): Promise<string> {
    const claims = refused?.claims;
    const request = () => this.#requestToken(claims === undefined ? {} : { claims });
    const token = refused
      ? this.#tokens.renew("", refused.token, claims ?? "", request)
      : this.#tokens.get("", request);
    return waitFor(token, signal);
  }

  async #requestToken(options: GetTokenOptions): Promise<AccessToken> {
    const abortSignal = AbortSignal.timeout(TOKEN_REQUEST_TIMEOUT_IN_MS);
    let token: AccessToken | null;
    try {
      token = await this.#credential.getToken(this.#scope, { ...options, enableCae: true, abortSignal });
    } catch (error) {
      const failure = readFailure(error, abortSignal.aborted);
      throw failure ? applicationTokenError(failure) : tokenRequestNotSent(error);
    }
    if (!token) throw tokenRequestNotSent(new Error("The credential gave no token."));
    return token;
  }
}

/** What a credential's error says: its text, since which properties it has depends on the credential and its version. */
function readFailure(error: unknown, timedOut: boolean): TokenFailure | undefined {
  if (timedOut) return { status: undefined, errorCodes: [] };
  if (!(error instanceof Error)) return undefined;
  const { message } = error;
  if (/\b(?:network_error|endpoints_resolution_error)\b/.test(message)) return { status: undefined, errorCodes: [] };
  const errorCodes = [...message.matchAll(/AADSTS(\d+)/g)].map(([, number]) => Number(number));
  const oauthError = /^([a-z_]+): /.exec(message)?.[1];
  return oauthError || errorCodes.length > 0 ? { status: 400, error: oauthError, errorCodes } : undefined;
}
