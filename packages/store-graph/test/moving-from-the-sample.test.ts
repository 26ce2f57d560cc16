import { Client } from "@microsoft/microsoft-graph-client";
import { beforeEach, describe, expect, it } from "vitest";
import { EXTENSION_NAME, expectCode, newIdentity, newMapping, useGraph } from "./support/harness.js";
import { exportSampleMappings, importMappings, writeSampleMappings } from "./support/sample-mappings.js";

const { emulator, newStore, newAppOnlyStore, signIn, asUser, userKey } = useGraph();
const SAMPLE = "com.contoso.identityMapping";

const identities = { "user-one": newIdentity(), "user-two": newIdentity() };

/** The application itself, with the permission that the move needs for its time. */
async function application(): Promise<Client> {
  const token = await emulator().mintToken({
    application: "api",
    audience: "graph",
    roles: ["User.ReadWrite.All"],
  });
  return Client.initWithMiddleware({
    authProvider: { getAccessToken: async () => token },
    baseUrl: emulator().graph.url,
    customHosts: new Set(["localhost"]),
  });
}

async function writeAsSample(name: string, acsUserIdentity: string): Promise<void> {
  const { status } = await asUser(name, "POST", "", { extensionName: SAMPLE, acsUserIdentity });
  expect(status).toBe(201);
}

/** As the sample reads it. */
async function readAsSample(name: string): Promise<string | undefined> {
  const entry: { extensions: { id: string; acsUserIdentity?: string }[] } = await (await application())
    .api(`/users/${userKey(name).objectId}`)
    .select("id")
    .expand("extensions")
    .get();
  return entry.extensions.find(({ id }) => id === SAMPLE)?.acsUserIdentity;
}

beforeEach(async () => {
  await writeAsSample("user-one", identities["user-one"]);
  await writeAsSample("user-two", identities["user-two"]);
});

describe("moving from Microsoft's sample", () => {
  it("the export says who claims which identity, also where two users claim the same", async () => {
    await writeAsSample("user-three", identities["user-one"]);
    const claimants = await exportSampleMappings(await application(), SAMPLE);
    expect(Object.fromEntries(claimants)).toEqual({
      [identities["user-one"]]: [userKey("user-one").objectId, userKey("user-three").objectId],
      [identities["user-two"]]: [userKey("user-two").objectId],
    });
  });

  it("after the import users have the identity that they had, and a repetition changes nothing", async () => {
    const claimants = await exportSampleMappings(await application(), SAMPLE);
    const { tenantId } = userKey("user-one");
    expect(await importMappings(claimants, newAppOnlyStore(), tenantId)).toEqual([]);
    const { user, options } = await signIn("user-one");
    const imported = await newStore().get(user, options);
    expect(imported?.communicationUserId).toBe(identities["user-one"]);
    expect(await importMappings(claimants, newAppOnlyStore(), tenantId)).toEqual([]);
    expect(await newStore().get(user, options)).toEqual(imported);
  });

  it("the import gives nobody an identity that two users claim, and says so", async () => {
    await writeAsSample("user-three", identities["user-one"]);
    const claimants = await exportSampleMappings(await application(), SAMPLE);
    const left = await importMappings(claimants, newAppOnlyStore(), userKey("user-one").tenantId);
    expect(left).toEqual([identities["user-one"]]);
    expect(await newAppOnlyStore().get(userKey("user-one"))).toBeUndefined();
    expect(await newAppOnlyStore().get(userKey("user-three"))).toBeUndefined();
  });

  it("adopting by the export gives an identity to its owner and not to who claims it later", async () => {
    const claimants = await exportSampleMappings(await application(), SAMPLE);
    const store = newStore({
      adoptUnsignedMappings: {
        isInUseByAnother: async (communicationUserId, { objectId }) => {
          const [owner, ...others] = claimants.get(communicationUserId) ?? [];
          return owner !== objectId || others.length > 0;
        },
      },
    });
    await writeAsSample("user-three", identities["user-one"]);
    const owner = await signIn("user-one");
    const thief = await signIn("user-three");
    expect((await store.get(owner.user, owner.options))?.communicationUserId).toBe(identities["user-one"]);
    await expectCode(store.get(thief.user, thief.options), "mapping_unsigned");
  });

  it("the import replaces no identity that a user has got since, and says so", async () => {
    const claimants = await exportSampleMappings(await application(), SAMPLE);
    const own = newMapping(userKey("user-two"));
    await newAppOnlyStore().insertIfAbsent(own);
    const left = await importMappings(claimants, newAppOnlyStore(), own.user.tenantId);
    expect(left).toEqual([identities["user-two"]]);
    expect(await newAppOnlyStore().get(own.user)).toEqual(own);
  });

  it("going back, the sample knows those who joined since, and the others as before", async () => {
    const store = newAppOnlyStore();
    await importMappings(await exportSampleMappings(await application(), SAMPLE), store, userKey("user-one").tenantId);
    const joined = newMapping(userKey("user-three"));
    await store.insertIfAbsent(joined);
    await writeSampleMappings(store, await application(), SAMPLE);
    expect(await readAsSample("user-three")).toBe(joined.communicationUserId);
    expect(await readAsSample("user-one")).toBe(identities["user-one"]);
  });

  it("both extensions stand side by side, within the two that Graph allows", async () => {
    await importMappings(
      await exportSampleMappings(await application(), SAMPLE),
      newAppOnlyStore(),
      userKey("user-one").tenantId,
    );
    expect((await asUser("user-one", "GET", `/${EXTENSION_NAME}`)).status).toBe(200);
    expect(await readAsSample("user-one")).toBe(identities["user-one"]);
  });
});
