import { randomBytes } from "node:crypto";
import { AcsAuthService, createIdentityClient } from "@acs-auth/core";
import { captureLogs } from "test-support";
import { describe, expect, it } from "vitest";
import type { GraphIdentityStore, MappingKey } from "../src/index.js";
import { EXTENSION_NAME, expectCode, KEY, newMapping, useGraph } from "./support/harness.js";

const { emulator, newStore, requests, signIn, asUser } = useGraph();

const ISSUE = "POST /identities/{id}/:issueAccessToken";
const PATH = `/${EXTENSION_NAME}`;

type Stored = Record<string, string>;

const logged = captureLogs("error");

async function stored(name: string): Promise<Stored> {
  return (await asUser(name, "GET", PATH)).json() as Promise<Stored>;
}

/** What the attacker does: replaces their whole extension, with the token of any app that has User.ReadWrite. */
async function rewrite(name: string, change: (extension: Stored) => Record<string, unknown>): Promise<void> {
  const { "@odata.context": _, id: __, ...extension } = await stored(name);
  expect((await asUser(name, "PATCH", PATH, change(extension))).status).toBe(204);
}

function newService(store: GraphIdentityStore = newStore()): AcsAuthService {
  const identityClient = createIdentityClient(emulator().communication.connectionString);
  return new AcsAuthService({ identityClient, store });
}

/** The users as verified callers of a service, each with an identity. */
async function joined(...names: string[]) {
  return Promise.all(
    names.map(async (name) => {
      const { user, options } = await signIn(name);
      const caller = { ...user, accessToken: options.userAssertion };
      return { caller, id: (await newService().getOrCreateUser(caller)).communicationUserId };
    }),
  );
}

describe("a user who rewrites their own mapping", () => {
  it.each<[string, string, string | undefined, (mine: Stored, theirs: Stored) => Record<string, unknown>]>([
    [
      "to another user's identity",
      "mapping_tampered",
      "bad_signature",
      (mine, { communicationUserId }) => ({ ...mine, communicationUserId }),
    ],
    ["to a copy of another user's extension", "mapping_tampered", "bad_signature", (_, theirs) => theirs],
    [
      "to another user's identity without a signature",
      "mapping_unsigned",
      undefined,
      ({ signature: _, signingKeyId: __, ...mine }, { communicationUserId }) => ({ ...mine, communicationUserId }),
    ],
    ["to an empty signature", "mapping_unsigned", undefined, (mine) => ({ ...mine, signature: "" })],
    ["to a signature that is no text", "mapping_unsigned", undefined, (mine) => ({ ...mine, signature: 1 })],
    ["to another key id", "mapping_tampered", "unknown_key", (mine) => ({ ...mine, signingKeyId: "other" })],
    ["without the key id", "mapping_tampered", "unknown_key", ({ signingKeyId: _, ...mine }) => mine],
    [
      "to another time of creation",
      "mapping_tampered",
      "bad_signature",
      (mine) => ({ ...mine, createdOn: "2020-01-01T00:00:00.000Z" }),
    ],
    ["without the time of creation", "mapping_tampered", "malformed", ({ createdOn: _, ...mine }) => mine],
    ["to a time that is none", "mapping_tampered", "malformed", (mine) => ({ ...mine, createdOn: "then" })],
    ["without the identity", "mapping_tampered", "malformed", ({ communicationUserId: _, ...mine }) => mine],
    [
      "to several identities",
      "mapping_tampered",
      "malformed",
      (mine) => ({ ...mine, communicationUserId: ["a", "b"] }),
    ],
  ])("%s gets no token and deletes nothing", async (_, code, reason, change) => {
    const [attacker, victim] = await joined("user-one", "user-two");
    if (!attacker || !victim) return expect.fail();
    const theirs = await stored("user-two");
    await rewrite("user-one", (mine) => change(mine, theirs));
    emulator().requests.clear();

    for (const call of [
      () => newService().issueToken(attacker.caller),
      () => newService().issueToken(attacker.caller, { createIfMissing: true }),
      () => newService().deleteUser(attacker.caller),
      () => newService().getOrCreateUser(attacker.caller),
    ]) {
      const error = await expectCode(call(), code as "mapping_tampered");
      expect(error.reason).toBe(reason);
      expect(error.statusCode).toBe(403);
      expect(error.message).not.toContain(victim.id);
    }
    expect(requests("communication")).toBe(0);
    expect(requests("graph")).toBe(4);
    expect(
      emulator()
        .state()
        .communication.identities.filter(({ deletedOn }) => deletedOn === undefined),
    ).toHaveLength(2);

    const events = logged().filter((line) => line.includes("acs-auth:store-graph") && line.includes("Security"));
    expect(events).toHaveLength(4);
    expect(events[0]).toContain(code);
    for (const secret of [attacker.caller.objectId, attacker.caller.accessToken, attacker.id, victim.id]) {
      expect(logged().join("\n")).not.toContain(secret);
    }
    expect((await newService().issueToken(victim.caller)).user.communicationUserId).toBe(victim.id);
    expect(requests("communication", ISSUE)).toBe(1);
  });

  it("is refused by a direct removal and by an insertion that meets the mapping", async () => {
    const store = newStore();
    const { user, options } = await signIn("user-one");
    const mapping = newMapping(user);
    await store.insertIfAbsent(mapping, options);
    const theirs = newMapping(user).communicationUserId;
    await rewrite("user-one", (mine) => ({ ...mine, communicationUserId: theirs }));
    await expectCode(store.removeIfMatches(user, theirs, options), "mapping_tampered");
    await expectCode(store.insertIfAbsent(newMapping(user), options), "mapping_tampered");
    expect((await stored("user-one"))["communicationUserId"]).toBe(theirs);
  });

  it("only to how a moment is written is not refused: the directory may do that itself", async () => {
    const store = newStore();
    const { user, options } = await signIn("user-one");
    const mapping = newMapping(user);
    await store.insertIfAbsent(mapping, options);
    await rewrite("user-one", (mine) => ({ ...mine, createdOn: "2026-01-02T03:04:05.6780000Z" }));
    expect(await store.get(user, options)).toEqual(mapping);
  });
});

describe("key rotation", () => {
  const OLD: MappingKey = { id: "old", key: randomBytes(32) };

  it("signs with the first key and verifies with all", async () => {
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    await newStore({ mappingKeys: [OLD] }).insertIfAbsent(mapping, options);
    const rotated = newStore({ mappingKeys: [KEY, OLD] });
    expect(await rotated.get(user, options)).toEqual(mapping);
    const two = await signIn("user-two");
    await rotated.insertIfAbsent(newMapping(two.user), two.options);
    expect((await stored("user-two"))["signingKeyId"]).toBe(KEY.id);
  });

  it("refuses what a removed key has signed", async () => {
    const { user, options } = await signIn();
    await newStore({ mappingKeys: [OLD] }).insertIfAbsent(newMapping(user), options);
    const error = await expectCode(newStore().get(user, options), "mapping_tampered");
    expect(error.reason).toBe("unknown_key");
  });

  it("refuses what another key of the same id has signed", async () => {
    const { user, options } = await signIn();
    await newStore({ mappingKeys: [{ ...OLD, id: KEY.id }] }).insertIfAbsent(newMapping(user), options);
    const error = await expectCode(newStore().get(user, options), "mapping_tampered");
    expect(error.reason).toBe("bad_signature");
  });

  it("is not fooled by keys that change after construction", async () => {
    const { user, options } = await signIn();
    const key = randomBytes(32);
    const store = newStore({ mappingKeys: [{ id: "mutable", key }] });
    const kept = { id: "mutable", key: Uint8Array.from(key) };
    key.fill(0);
    await store.insertIfAbsent(newMapping(user), options);
    expect(await newStore({ mappingKeys: [kept] }).get(user, options)).toBeDefined();
  });
});

describe("dangerouslyTrustUnsignedMappings", () => {
  it("follows what stands there, and says so when the store is made", async () => {
    const store = newStore({ dangerouslyTrustUnsignedMappings: true });
    expect(logged().join("\n")).toMatch(/Security: .*unsigned/);
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    await store.insertIfAbsent(mapping, options);
    expect(await stored("user-one")).not.toHaveProperty("signature");
    const other = newMapping(user).communicationUserId;
    await rewrite("user-one", (mine) => ({ ...mine, communicationUserId: other }));
    expect(await store.get(user, options)).toEqual({ ...mapping, communicationUserId: other });
  });

  it("still wants a mapping", async () => {
    const { user, options } = await signIn();
    await asUser("user-one", "POST", "", { extensionName: EXTENSION_NAME, color: "red" });
    await expectCode(newStore({ dangerouslyTrustUnsignedMappings: true }).get(user, options), "mapping_invalid");
  });
});
