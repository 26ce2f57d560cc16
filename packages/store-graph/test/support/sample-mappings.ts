import type { IdentityMapping, IdentityStore, ListableIdentityStore } from "@acs-auth/core";
import { type Client, GraphError } from "@microsoft/microsoft-graph-client";

/** Reads the extension of every user of the tenant: who claims which identity. */
export async function exportSampleMappings(graph: Client, extensionName: string): Promise<Map<string, string[]>> {
  const claimants = new Map<string, string[]>();
  for (let next: string | undefined = "/users?$select=id"; next !== undefined; ) {
    const page: { value: { id: string }[]; "@odata.nextLink"?: string } = await graph.api(next).get();
    for (const { id } of page.value) {
      const identity = await sampleIdentityOf(graph, id, extensionName);
      if (identity !== undefined) claimants.set(identity, [...(claimants.get(identity) ?? []), id]);
    }
    next = page["@odata.nextLink"];
  }
  return claimants;
}

async function sampleIdentityOf(graph: Client, userId: string, extensionName: string): Promise<string | undefined> {
  try {
    const extension: { acsUserIdentity?: string } = await graph
      .api(`/users/${userId}/extensions/${extensionName}`)
      .get();
    return extension.acsUserIdentity;
  } catch (error) {
    if (error instanceof GraphError && error.statusCode === 404) return undefined;
    throw error;
  }
}

/**
 * Writes each identity that one user claims into the store. Can be repeated: what is there stays.
 *
 * @returns the identities that several users claim, or whose user has another one already.
 */
export async function importMappings(
  claimants: ReadonlyMap<string, readonly string[]>,
  store: IdentityStore,
  tenantId: string,
): Promise<string[]> {
  const left: string[] = [];
  for (const [communicationUserId, [objectId = "", ...others]] of claimants) {
    const candidate: IdentityMapping = { user: { tenantId, objectId }, communicationUserId, createdOn: new Date() };
    const stored = others.length === 0 ? (await store.insertIfAbsent(candidate)).mapping : undefined;
    if (stored?.communicationUserId !== communicationUserId) left.push(communicationUserId);
  }
  return left;
}

/** Writes the extension of the sample for every user who has none: those who joined since the change. */
export async function writeSampleMappings(
  store: ListableIdentityStore,
  graph: Client,
  extensionName: string,
): Promise<void> {
  for await (const { mappings } of store.listMappings()) {
    for (const { user, communicationUserId: acsUserIdentity } of mappings) {
      if ((await sampleIdentityOf(graph, user.objectId, extensionName)) !== undefined) continue;
      await graph.api(`/users/${user.objectId}/extensions`).post({ extensionName, acsUserIdentity });
    }
  }
}
