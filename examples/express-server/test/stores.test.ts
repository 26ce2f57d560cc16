import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Backends, startBackends } from "./support/backends.js";
import { buildServer } from "./support/build.js";
import { ServerProcess } from "./support/server-process.js";

let backends: Backends;
beforeAll(async () => {
  buildServer();
  backends = await startBackends();
}, 120_000);
afterAll(() => backends?.close());
beforeEach(() => backends.emulator.reset());

/** Asks a server of its own, which has nothing cached, as the fixture user. */
async function start(variables: Record<string, string>) {
  const url = await new ServerProcess({ ...backends.environment, ...variables }).url();
  const authorization = `Bearer ${await backends.emulator.mintToken({ user: "user-one" })}`;
  return async (method: string, path: string) => {
    const answer = await fetch(new URL(path, url), { method, headers: { authorization } });
    const text = await answer.text();
    const { acsUserIdentity }: { acsUserIdentity?: string } = text === "" ? {} : JSON.parse(text);
    return [answer.status, acsUserIdentity];
  };
}

const liveIdentities = () =>
  backends.emulator
    .state()
    .communication.identities.filter(({ deletedOn }) => deletedOn === undefined)
    .map(({ id }) => id);

describe.each([
  ["Cosmos DB, with a key", "cosmos", false],
  ["Cosmos DB, with the credentials of the environment", "cosmos", true],
  ["Azure Tables, with a connection string", "table", false],
  ["Azure Tables, with the credentials of the environment", "table", true],
] as const)("over %s", (_name, store, withoutKeys) => {
  const variables = () => ({ IDENTITY_STORE: store, ...(withoutKeys ? backends.withoutKeys : {}) });

  it("servers share one identity per user, until it is deleted", async () => {
    const [first, second] = await Promise.all([start(variables()), start(variables())]);
    const answers = await Promise.all([first("POST", "/api/user"), second("POST", "/api/user")]);
    const [id] = liveIdentities();
    expect(liveIdentities()).toHaveLength(1);
    expect(answers.sort()).toEqual([
      [200, id],
      [201, id],
    ]);
    expect((await first("GET", "/api/token"))[0]).toBe(201);

    const third = await start(variables());
    expect(await third("GET", "/api/user")).toEqual([200, id]);
    expect(await third("DELETE", "/api/user")).toEqual([204, undefined]);
    expect(await third("GET", "/api/user")).toEqual([404, undefined]);
    expect(liveIdentities()).toEqual([]);
  });
});

describe("while mappings move from Cosmos DB to Azure Tables", () => {
  const user = () => {
    const { tenants, users } = backends.emulator.fixtures;
    return { tenantId: tenants.home.id, objectId: users["user-one"].objectId };
  };
  const at = (stage: string) =>
    start({ IDENTITY_STORE: "table", PREVIOUS_IDENTITY_STORE: "cosmos", MIGRATION_STAGE: stage });

  it("a user of the previous store keeps their identity, and is deleted from both", async () => {
    const before = await start({ IDENTITY_STORE: "cosmos" });
    const [, id] = await before("POST", "/api/user");
    const during = await at("dual-write");
    expect(await during("POST", "/api/user")).toEqual([200, id]);
    expect(await during("DELETE", "/api/user")).toEqual([204, undefined]);
    expect(await backends.cosmosStore.get(user())).toBeUndefined();
  });

  it("a new user is in both stores", async () => {
    const during = await at("dual-write");
    const [status, id] = await during("POST", "/api/user");
    expect(status).toBe(201);
    expect(await backends.cosmosStore.get(user())).toMatchObject({ communicationUserId: id });
    expect(await backends.tableStore.get(user())).toMatchObject({ communicationUserId: id });
    await during("DELETE", "/api/user");
    expect(await backends.cosmosStore.get(user())).toBeUndefined();
    expect(await backends.tableStore.get(user())).toBeUndefined();
  });
});
