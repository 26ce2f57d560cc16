import type { IdentityMapping, UserKey } from "@acs-auth/core";

/** What somebody has to look at. */
export type MigrationProblem =
  /**
   * The target had another identity for the user. Where it was `replaced`, no mapping names that identity any longer:
   * delete it at ACS.
   */
  | {
      /** The target had another identity. */
      readonly kind: "different";
      /** Whose mappings they are. */
      readonly user: UserKey;
      /** What the source has. */
      readonly source: IdentityMapping;
      /** What the target had when the two were compared. */
      readonly target: IdentityMapping;
      /** Whether the source's mapping was put in its place; only with `onDifference: "replace"`. */
      readonly replaced: boolean;
    }
  /** With `verifyOnly`: the target has no mapping of the user. */
  | {
      /** The target had no mapping. */
      readonly kind: "missing";
      /** Whose mapping it is. */
      readonly user: UserKey;
      /** What the source has. */
      readonly source: IdentityMapping;
    }
  /** The source holds something that it would not follow itself. */
  | {
      /** The source had no mapping that it would follow. */
      readonly kind: "unreadable";
      /** Whose mapping it would be; `undefined` where not even that can be told. */
      readonly user: UserKey | undefined;
      /** What reading it by its user would reject with. */
      readonly error: Error;
    }
  /** One of the stores refused this user. */
  | {
      /** A store would not read or write the mapping. */
      readonly kind: "refused";
      /** Whose mapping it is. */
      readonly user: UserKey;
      /** What the store rejected with. */
      readonly error: Error;
    };
