import type { AbortSignalLike } from "@azure/abort-controller";
import type { OperationTracingOptions } from "@azure/core-tracing";
import type { UserKey } from "../user.js";

/** Checks a Teams user's Entra token before ACS is asked to exchange it. `TeamsTokenVerifier` is one. */
export interface TeamsTokenCheck {
  /** The application that the Teams token must have been issued to. */
  readonly clientId: string;
  /**
   * Resolves for a token of this user and application, and for one that cannot be read (ACS then decides).
   *
   * @throws AcsAuthError `invalid_teams_token` (with `reason`), `key_server_unavailable`, `aborted`.
   */
  verify(
    token: string,
    user: UserKey,
    options?: { readonly abortSignal?: AbortSignalLike; readonly tracingOptions?: OperationTracingOptions },
  ): Promise<void>;
}
