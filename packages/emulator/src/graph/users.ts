import type { Directory, User } from "../entra/directory.js";
import type { Caller } from "./caller.js";

/** The user of the caller's tenant whom a path names by object id or user principal name. */
export function findUser(directory: Directory, { tenantId }: Caller, reference: string): User | undefined {
  const name = reference.toLowerCase();
  return directory.users.find(
    (user) =>
      directory.tenantOf(user).id === tenantId &&
      (user.objectId.toLowerCase() === name || user.userPrincipalName.toLowerCase() === name),
  );
}
