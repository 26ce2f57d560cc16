import type { Directory, User } from "./directory.js";

/** The `client_info` value MSAL makes its account ids from: the account in its home tenant. */
export function clientInfo(user: User, directory: Directory): string {
  const uid = user.homeAccount?.objectId ?? user.objectId;
  const tenant = user.homeAccount ? directory.tenant(user.homeAccount.tenant) : directory.tenantOf(user);
  return Buffer.from(JSON.stringify({ uid, utid: tenant.id })).toString("base64url");
}
