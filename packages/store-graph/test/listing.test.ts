import { randomBytes } from "node:crypto";
import type { IdentityMapping, ListMappingsOptions, MappingPage } from "@acs-auth/core";
import { describe, expect, it } from "vitest";
import { appOnly, type GraphIdentityStore } from "../src/index.js";
import { EXTENSION_NAME, expectCode, fixturesWithUsers, newMapping, useGraph } from "./support/harness.js";

const { emulator, userKey, newStore, newAppOnlyStore, asUser, requests } = useGraph({
  fixtures: fixturesWithUsers(30),
});

const LIST = "GET /v1.0/users";
const READ = "GET /v1.0/users/{user}/extensions/{extension}";
const OTHER_TENANT = "a0000000-0000-4000-8000-000000000000";

const credential = { getToken: async () => null };

async function pagesOf(store: GraphIdentityStore, options?: ListMappingsOptions): Promise<MappingPage[]> {
  const pages = [];
  for await (const page of store.listMappings(options)) pages.push(page);
  return pages;
}

async function insertMany(store: GraphIdentityStore, count: number): Promise<IdentityMapping[]> {
  const mappings = Array.from({ length: count }, (_, n) => newMapping(userKey(`many-${n}`)));
  for (const mapping of mappings) await store.insertIfAbsent(mapping);
  return mappings;
}

function mappingsOf(pages: readonly MappingPage[]): IdentityMapping[] {
  const mappings = pages.flatMap((page) => page.mappings);
  return mappings.toSorted((one, two) => one.user.objectId.localeCompare(two.user.objectId));
}

function usersOfTenant(): number {
  return Object.values(emulator().fixtures.users).filter(({ tenant }) => tenant === "home").length;
}

describe("a listing", () => {
  it("costs a request for each page of users and one for each user", async () => {
    const store = newAppOnlyStore();
    const mappings = await insertMany(store, 5);
    emulator().requests.clear();
    const pages = await pagesOf(store, { maxPageSize: 10 });
    expect(mappingsOf(pages)).toEqual(mappings);
    expect(pages).toHaveLength(Math.ceil(usersOfTenant() / 10));
    expect(requests("graph", LIST)).toBe(pages.length);
    expect(requests("graph", READ)).toBe(usersOfTenant());
  });

  it("reads at most eight users at a time, and more than one", async () => {
    let [reading, most] = [0, 0];
    const original = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const isRead = String(input instanceof Request ? input.url : input).includes("/extensions/");
      if (isRead) most = Math.max(most, ++reading);
      try {
        return await original(input, init);
      } finally {
        if (isRead) reading -= 1;
      }
    };
    try {
      emulator().faults.add({ service: "graph", path: "*/extensions/*", delayInMs: 20 });
      await pagesOf(newAppOnlyStore());
    } finally {
      globalThis.fetch = original;
    }
    expect(most).toBe(8);
  });

  it("asks for no more users than Graph gives, however large the page may be", async () => {
    expect(await pagesOf(newAppOnlyStore(), { maxPageSize: 1_000_000 })).toHaveLength(1);
  });

  it("gives what is not to be followed as unreadable, with its user, and goes on", async () => {
    const store = newAppOnlyStore();
    const [tampered, unsigned, foreignKey, sound] = await insertMany(store, 4);
    const path = `/${EXTENSION_NAME}`;
    const { "@odata.context": _, ...extension } = Object(await (await asUser("many-0", "GET", path)).json());
    await asUser("many-0", "PATCH", path, { ...extension, communicationUserId: sound?.communicationUserId });
    await asUser("many-1", "DELETE", path);
    await asUser("many-1", "POST", "", {
      extensionName: EXTENSION_NAME,
      communicationUserId: unsigned?.communicationUserId,
      createdOn: unsigned?.createdOn.toISOString(),
    });
    await store.removeIfMatches(userKey("many-2"), foreignKey?.communicationUserId ?? "");
    await newAppOnlyStore({ mappingKeys: [{ id: "other", key: randomBytes(32) }] }).insertIfAbsent(
      newMapping(userKey("many-2")),
    );

    const [page] = await pagesOf(store);
    expect(page?.mappings).toEqual([sound]);
    const refused = page?.unreadable.map(({ user, error }) => [user?.objectId, error.code]);
    expect(refused?.toSorted()).toEqual([
      [tampered?.user.objectId, "mapping_tampered"],
      [unsigned?.user.objectId, "mapping_unsigned"],
      [foreignKey?.user.objectId, "mapping_tampered"],
    ]);
  });

  it("refuses every mapping where tenantId is not the users' tenant", async () => {
    const mappings = await insertMany(newAppOnlyStore(), 2);
    const [page] = await pagesOf(newAppOnlyStore({ tenantId: OTHER_TENANT }));
    expect(page?.mappings).toEqual([]);
    expect(page?.unreadable).toHaveLength(mappings.length);
  });

  it("leaves out a user who is deleted after being listed", async () => {
    const store = newAppOnlyStore();
    const [deleted, ...rest] = await insertMany(store, 3);
    const path = `/v1.0/users/${deleted?.user.objectId}`;
    emulator().faults.add({ service: "graph", path: `${path}/extensions/*`, status: 404, code: "ResourceNotFound" });
    emulator().faults.add({ service: "graph", path, status: 404, code: "Request_ResourceNotFound" });
    expect(mappingsOf(await pagesOf(store))).toEqual(rest);
  });

  it("leaves out unsigned mappings that could be adopted, and adopts none", async () => {
    const store = newAppOnlyStore({ adoptUnsignedMappings: { isInUseByAnother: async () => false } });
    await asUser("many-0", "POST", "", {
      extensionName: "com.contoso.identityMapping",
      acsUserIdentity: newMapping(userKey("many-0")).communicationUserId,
    });
    const [page] = await pagesOf(store);
    expect(page).toEqual({ mappings: [], unreadable: [], continuationToken: undefined });
    expect(requests("graph", "POST /v1.0/users/{user}/extensions")).toBe(0);
  });

  it.each([
    ["the users cannot be listed", "/v1.0/users"],
    ["a user's extension cannot be read", "/v1.0/users/{user}/extensions/{extension}"],
  ])("rejects when %s, and can be continued", async (_, path) => {
    const store = newAppOnlyStore();
    const mappings = await insertMany(store, 12);
    const pages = store.listMappings({ maxPageSize: 5 })[Symbol.asyncIterator]();
    const { value: first } = await pages.next();
    const fault = emulator().faults.add({ service: "graph", method: "GET", path, status: 503 });
    await expectCode(pages.next(), "store_unavailable");
    fault.remove();
    const rest = await pagesOf(newAppOnlyStore(), { continuationToken: first.continuationToken });
    expect(mappingsOf([first, ...rest])).toEqual(mappings);
  });

  it("goes on after a failure that passes", async () => {
    const store = newAppOnlyStore();
    const mappings = await insertMany(store, 3);
    emulator().faults.add({ service: "graph", path: "/v1.0/users", status: 503, times: 2 });
    emulator().faults.add({ service: "graph", path: "*/extensions/*", status: 429, retryAfterInSeconds: 0, times: 2 });
    expect(mappingsOf(await pagesOf(store))).toEqual(mappings);
  });

  it("says that a permission is missing", async () => {
    emulator().faults.add({ service: "graph", path: "/v1.0/users", status: 403 });
    const { reason } = await expectCode(pagesOf(newAppOnlyStore()), "store_denied");
    expect(reason).toBe("permission_missing");
  });

  it("says that Graph has forgotten where to continue", async () => {
    const continuationToken = "$select=id&$top=5&$skiptoken=forgotten";
    const { reason } = await expectCode(pagesOf(newAppOnlyStore(), { continuationToken }), "store_denied");
    expect(reason).toBe("continuation_token_expired");
  });
});

describe("listMappings refuses", () => {
  it.each([
    "",
    "$top=5",
    "https://graph.microsoft.com/v1.0/users?$skiptoken=a#",
    "$skiptoken=a#b",
    "$skiptoken=https://attacker.example/v1.0/users",
    "$skiptoken=a\r\nb",
  ])("%j as continuation token", (continuationToken) => {
    expect(() => newAppOnlyStore().listMappings({ continuationToken })).toThrow(TypeError);
  });

  it.each([0, -1, 1.5, Number.NaN])("%s as page size", (maxPageSize) => {
    expect(() => newAppOnlyStore().listMappings({ maxPageSize })).toThrow(TypeError);
  });

  it("stores that act for a user, or do not know their tenant, and says why", () => {
    const access = appOnly({ credential });
    for (const store of [newStore(), newAppOnlyStore({ access })]) {
      expect(store.capabilities.list).toBe(false);
      expect(() => store.listMappings()).toThrow(/appOnly\(\{ credential, tenantId \}\)/);
    }
    expect(newAppOnlyStore().capabilities.list).toBe(true);
    expect(() => appOnly({ credential, tenantId: "contoso.com" })).toThrow(/tenantId/);
  });
});
