import type { AbortSignalLike } from "@azure/abort-controller";
import type { OperationTracingOptions } from "@azure/core-tracing";
import type { AuthenticatedUser } from "../user.js";

/** Options of {@link TokenVerifier.verify}. */
export interface VerifyTokenOptions {
  /** Scopes the token must hold for this call, in place of the verifier's own. Empty: any delegated scope. */
  readonly requiredScopes?: readonly string[];
  /** Ends the wait for signing keys; the call then rejects with the code `aborted`. */
  readonly abortSignal?: AbortSignalLike;
  /** The parent of the span of this call. */
  readonly tracingOptions?: OperationTracingOptions;
}

/** Turns an access token into the user it was issued to, or refuses it. */
export interface TokenVerifier {
  /**
   * @throws AcsAuthError `missing_token`, `invalid_token` (with `reason`), `insufficient_scope`, `forbidden`,
   * `key_server_unavailable`, `aborted`.
   */
  verify(token: string, options?: VerifyTokenOptions): Promise<AuthenticatedUser>;
}
