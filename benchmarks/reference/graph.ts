import { Client } from "@microsoft/microsoft-graph-client";

/** The identity in the user's extension, read with all extensions of the user at once. */
export async function readMapping(graphToken: string, extensionName: string): Promise<string | undefined> {
  const user: { extensions?: { extensionName?: string; acsUserIdentity?: string }[] } = await graphClient(graphToken)
    .api("/me")
    .expand("extensions")
    .select("id")
    .get();
  return user.extensions?.find((extension) => extension.extensionName === extensionName)?.acsUserIdentity;
}

export async function addMapping(graphToken: string, extensionName: string, acsUserIdentity: string): Promise<void> {
  await graphClient(graphToken)
    .api("/me/extensions")
    .post({ "@odata.type": "microsoft.graph.openTypeExtension", extensionName, acsUserIdentity });
}

export async function deleteMapping(graphToken: string, extensionName: string): Promise<void> {
  await graphClient(graphToken).api(`/me/extensions/${extensionName}`).delete();
}

/** A new client for every call. */
function graphClient(token: string): Client {
  return Client.init({ authProvider: (done) => done(null, token) });
}
