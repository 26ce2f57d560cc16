import type { IdentityMapping, UserKey } from "@acs-auth/core";
import type { Container } from "@azure/cosmos";

/** What a container holds for a user, found in all items so as not to rely on the store's own keys. */
export async function findMapping(container: Container, user: UserKey): Promise<string | undefined> {
  const { resources } = await container.items.readAll<UserKey & IdentityMapping>().fetchAll();
  const found = resources.filter(
    (item) => decoded(item.tenantId) === user.tenantId && decoded(item.objectId) === user.objectId,
  );
  if (found.length > 1) throw new Error("The container holds several items of one user.");
  return found[0]?.communicationUserId;
}

function decoded(text: string): unknown {
  return JSON.parse(`"${text}"`);
}
