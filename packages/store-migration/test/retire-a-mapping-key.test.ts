import { randomBytes, randomUUID } from "node:crypto";
import type { IdentityMapping } from "@acs-auth/core";
import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { appOnly, GraphIdentityStore, type MappingKey } from "@acs-auth/store-graph";
import { migrateMappings } from "@acs-auth/store-migration";
import { ClientSecretCredential } from "@azure/identity";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isAfterMigration, STEPS, serverAt } from "./support/servers.js";

const OLD_KEY = { id: "old", key: randomBytes(32) };
const NEW_KEY = { id: "new", key: randomBytes(32) };

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 } });
});
afterAll(() => emulator.close());

function openGraph(extensionName: string, key: MappingKey): GraphIdentityStore {
  const tenantId = emulator.fixtures.tenants.home.id;
  const { clientId, clientSecret } = emulator.fixtures.applications.api;
  const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, {
    authorityHost: emulator.entra.url,
    disableInstanceDiscovery: true,
  });
  return new GraphIdentityStore({
    access: appOnly({ credential, tenantId }),
    graphEndpoint: emulator.graph.url,
    extensionName,
    mappingKeys: [key],
  });
}

it("mappings in Graph get a new key by a move to another extension name, and none is lost on the way", async () => {
  const previous = openGraph("com.example.acsAuth", OLD_KEY);
  const current = openGraph("com.example.acsAuth2", NEW_KEY);
  const { users, tenants } = emulator.fixtures;
  const mapping: IdentityMapping = {
    user: { tenantId: tenants.home.id, objectId: users["user-one"].objectId },
    communicationUserId: `8:acs:${randomUUID()}_${randomUUID()}`,
    createdOn: new Date(),
  };
  await previous.insertIfAbsent(mapping);
  for (const step of STEPS) {
    if (isAfterMigration(step)) {
      await migrateMappings({ source: previous, target: current, onDifference: "replace" });
      const { problems } = await migrateMappings({ source: previous, target: current, verifyOnly: true });
      expect(problems).toEqual([]);
    }
    expect((await serverAt(step, current, previous).get(mapping.user))?.communicationUserId).toBe(
      mapping.communicationUserId,
    );
  }
  const withOldKey = openGraph("com.example.acsAuth2", OLD_KEY);
  await expect(withOldKey.get(mapping.user)).rejects.toMatchObject({ code: "mapping_tampered", reason: "unknown_key" });
});
