import type { IdentityMapping, UserKey } from "@acs-auth/core";

/** What somebody has to look at. */
export type MigrationProblem =
  /**
   * The target had another identity for the user. Where it was `replaced`, no mapping names that identity any longer:
   * delete it at ACS.
   */
  | {
      readonly kind: "different";
      readonly user: UserKey;
      readonly source: IdentityMapping;
      readonly target: IdentityMapping;
      readonly replaced: boolean;
    }
  /** With `verifyOnly`: the target has no mapping of the user. */
  | { readonly kind: "missing"; readonly user: UserKey; readonly source: IdentityMapping }
  /** The source holds something that it would not follow itself; `user` is `undefined` where that cannot be told. */
  | { readonly kind: "unreadable"; readonly user: UserKey | undefined; readonly error: Error }
  /** One of the stores refused this user. */
  | { readonly kind: "refused"; readonly user: UserKey; readonly error: Error };
