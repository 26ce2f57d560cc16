import type { CommunicationUser } from "../identity-client/acs-identity-client.js";

/** What `getOrCreateUser` resolves to. */
export interface GetOrCreateUserResult extends CommunicationUser {
  /** Whether this call created the identity. Of calls that share one creation, the first says so. */
  created: boolean;
}

/** What `deleteUser` resolves to. */
export interface DeleteUserResult {
  /** Whether there was something to delete. Of concurrent calls, one gets `true`. */
  deleted: boolean;
}
