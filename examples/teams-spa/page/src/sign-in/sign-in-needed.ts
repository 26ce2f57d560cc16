import type { AccountInfo } from "@azure/msal-browser";

/** What has to be asked of the sign-in page before a token can be had. */
export interface SignInRequest {
  readonly scopes: readonly string[];
  /** The claims of a challenge, as the sign-in service wants them back. */
  readonly claims: string | undefined;
  readonly account: AccountInfo | undefined;
}

/** Why the person has to go to the sign-in page. */
export type SignInReason = "consent" | "verification" | "sign_in";

/** A token cannot be had without the person. Whether and when to leave the page is theirs to say. */
export class SignInNeeded extends Error {
  /** MSAL's name for it, by which `@acs-auth/client` knows that trying again is of no use. */
  override readonly name = "InteractionRequiredAuthError";
  readonly reason: SignInReason;
  readonly request: SignInRequest;

  constructor(reason: SignInReason, request: SignInRequest, cause: unknown) {
    super("The sign-in service has to ask the user.", { cause });
    this.reason = reason;
    this.request = request;
  }

  /** The one in an error or among its causes. */
  static in(error: unknown): SignInNeeded | undefined {
    if (error instanceof SignInNeeded) return error;
    return error instanceof Error && error.cause !== undefined ? SignInNeeded.in(error.cause) : undefined;
  }
}
