import type { AcsAuthService, AuthenticatedUser, TokenScope, TokenVerifier } from "@acs-auth/core";
import { checkOrigins } from "./check-origins.js";
import { checkPath } from "./check-path.js";
import { checkOpenApi, type OpenApiOptions } from "./openapi/openapi-options.js";
import { checkRateLimit, type RateLimitOptions } from "./rate-limit/rate-limit-options.js";
import { isLifetime, isTokenScope, LIFETIME_RULE, SCOPES_RULE } from "./request/token-limits.js";
import type { RequestAuthenticator } from "./request-authenticator.js";

/** What the handler needs of an `AcsAuthService`; anything shaped like this fits. */
export type HandlerService = Pick<
  AcsAuthService,
  "getOrCreateUser" | "getUser" | "issueToken" | "revokeTokens" | "deleteUser" | "exchangeTeamsToken"
>;

/** The most that one user may have. A client can ask for less, never for more. */
export interface TokenGrant {
  /** What a token may allow. Default: the handler's `tokenScopes`. */
  readonly scopes?: readonly TokenScope[];
  /** How long a token may live, in minutes, 60 to 1,440. Default: the handler's `tokenExpiresInMinutes`. */
  readonly tokenExpiresInMinutes?: number;
  /** Whether `POST /api/token` creates a missing identity. Default: the handler's `createOnToken`. */
  readonly createIfMissing?: boolean;
}

/**
 * Decides who may have what; called for every request whose access token was accepted.
 *
 * @param user - the verified user.
 * @param request - the request; tells the operation by its method and URL. Reading its body takes nothing from the handler.
 * @returns `false` to refuse (403 `forbidden`), `true` to allow what the handler's options allow, or the most that this
 * user may have. A thrown `AcsAuthError` becomes the answer; any other error is answered 500 `internal_error`.
 */
export type Authorize = (
  user: AuthenticatedUser,
  request: Request,
) => boolean | TokenGrant | Promise<boolean | TokenGrant>;

/** Which web pages of other origins may call the handler. */
export interface CorsOptions {
  /** The origins, such as `https://app.contoso.com`, compared exactly. Wildcards are refused. */
  readonly origins: readonly string[];
}

/** One answered request, free of secrets and personal data: for logs and metrics. */
export interface RequestSummary {
  /** As the client sent it. */
  readonly method: string;
  /** The route that matched, such as `/api/user`; `undefined` for an unknown path. */
  readonly route: string | undefined;
  /** The HTTP status of the answer; 499 where the client was gone and the call given up. */
  readonly status: number;
  /** The `code` of the problem that was answered; `undefined` on success. */
  readonly code: string | undefined;
  /** From the request's headers to the answer, before that is sent. A whole number. */
  readonly durationInMs: number;
  /** The same as in the header `x-request-id` of the answer. */
  readonly requestId: string;
}

/** Options of `createAcsAuthHandler`. */
export interface AcsAuthHandlerOptions {
  /** An `AcsAuthService`. */
  readonly service: HandlerService;
  /**
   * Tells who calls: from the access token (`EntraTokenVerifier`, `OidcTokenVerifier` or your own), or from the whole
   * request (`EasyAuthVerifier` or your own).
   */
  readonly verifier: TokenVerifier | RequestAuthenticator;
  /** Decides who may have what. Default: every user whose token is accepted may have what these options allow. */
  readonly authorize?: Authorize;
  /** Whether `POST /api/token` creates the identity of a user who has none. Default: false. */
  readonly createOnToken?: boolean;
  /** The most that tokens may allow. Default: what the service gives by itself, and clients cannot choose scopes. */
  readonly tokenScopes?: readonly TokenScope[];
  /**
   * How long tokens may live at most, in minutes, 60 to 1,440. Default: what the service gives by itself, and clients
   * cannot choose a lifetime.
   */
  readonly tokenExpiresInMinutes?: number;
  /** The scopes that `POST /exchange` requires in place of the verifier's own. Empty: any delegated scope. */
  readonly exchangeScopes?: readonly string[];
  /** How many requests each user may send; any more are answered 429 `rate_limited`. Default: no limit. */
  readonly rateLimit?: RateLimitOptions;
  /** Opens the handler to web pages of other origins. Default: closed, no CORS header is sent. */
  readonly cors?: CorsOptions;
  /**
   * Where users sign in, such as `https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/authorize`: claims challenges
   * name it. Default: they do not.
   */
  readonly authorizationUri?: string;
  /** Goes before every route, such as `/v1`. Default: none. */
  readonly basePath?: string;
  /** The largest request body, in bytes. Default: 65,536. */
  readonly maxBodyBytes?: number;
  /** Serves the OpenAPI description of the handler to everybody. Default: false. */
  readonly openApi?: boolean | OpenApiOptions;
  /** Called once per answered request. */
  readonly onResponse?: (summary: RequestSummary) => void;
}

/** @throws TypeError that names the option. */
export function checkOptions(options: AcsAuthHandlerOptions): void {
  if (typeof options?.service?.issueToken !== "function") throw new TypeError("service must be an AcsAuthService.");
  if (!isVerifier(options.verifier)) throw new TypeError("verifier must be a TokenVerifier or RequestAuthenticator.");
  checkSettings(options);
}

/** @throws TypeError that names the option. */
export function checkSettings(options: Partial<AcsAuthHandlerOptions>): void {
  const { tokenScopes, tokenExpiresInMinutes, basePath, maxBodyBytes } = options;
  if (tokenScopes !== undefined && !(tokenScopes.length > 0 && tokenScopes.every(isTokenScope))) {
    throw new TypeError(`tokenScopes must be ${SCOPES_RULE}.`);
  }
  if (tokenExpiresInMinutes !== undefined && !isLifetime(tokenExpiresInMinutes)) {
    throw new TypeError(`tokenExpiresInMinutes must be ${LIFETIME_RULE}.`);
  }
  if (basePath !== undefined) checkPath(basePath, "basePath");
  if (maxBodyBytes !== undefined && !(Number.isInteger(maxBodyBytes) && maxBodyBytes > 0)) {
    throw new TypeError("maxBodyBytes must be a positive whole number.");
  }
  if (options.authorizationUri !== undefined && !URL.canParse(options.authorizationUri)) {
    throw new TypeError("authorizationUri must be a URL.");
  }
  checkOrigins(options.cors?.origins ?? [], "cors.origins");
  if (options.rateLimit) checkRateLimit(options.rateLimit);
  checkOpenApi(options.openApi);
}

function isVerifier(verifier: Partial<TokenVerifier & RequestAuthenticator> | undefined): boolean {
  return typeof verifier?.verify === "function" || typeof verifier?.authenticate === "function";
}
