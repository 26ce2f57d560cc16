import type { UserKey } from "@acs-auth/core";
import { describe, expect, it } from "vitest";
import type { AdoptUnsignedMappings } from "../src/index.js";
import { EXTENSION_NAME, expectCode, newIdentity, READ, useGraph } from "./support/harness.js";

const { emulator, newStore, requests, signIn, asUser } = useGraph();
const SAMPLE = "com.contoso.identityMapping";

const nobodyElse: AdoptUnsignedMappings = { isInUseByAnother: async () => false };

/** What Microsoft's sample server has written. */
async function sampleMapping(acsUserIdentity: unknown = newIdentity()): Promise<string> {
  await asUser("user-one", "POST", "", { extensionName: SAMPLE, acsUserIdentity });
  return String(acsUserIdentity);
}

describe("adoptUnsignedMappings", () => {
  it("off, the sample's mapping is ignored and not even read", async () => {
    await sampleMapping();
    const { user, options } = await signIn();
    emulator().requests.clear();
    expect(await newStore().get(user, options)).toBeUndefined();
    expect(requests("graph", READ)).toBe(1);
  });

  it("on, it is taken over once, signed, and no longer asked about", async () => {
    const id = await sampleMapping();
    const { user, options } = await signIn();
    const asked: [string, UserKey][] = [];
    const isInUseByAnother = async (communicationUserId: string, key: UserKey) => {
      asked.push([communicationUserId, key]);
      return false;
    };
    const store = newStore({ adoptUnsignedMappings: { isInUseByAnother } });
    const adopted = await store.get(user, options);
    expect(adopted?.communicationUserId).toBe(id);
    expect(asked).toEqual([[id, user]]);
    expect(await store.get(user, options)).toEqual(adopted);
    expect(asked).toHaveLength(1);
    expect(await newStore().get(user, options)).toEqual(adopted);
  });

  it("takes over nothing that another user has", async () => {
    await sampleMapping();
    const { user, options } = await signIn();
    const store = newStore({ adoptUnsignedMappings: { isInUseByAnother: async () => true } });
    const error = await expectCode(store.get(user, options), "mapping_unsigned");
    expect(error.reason).toBe("in_use_by_another");
    expect((await asUser("user-one", "GET", `/${EXTENSION_NAME}`)).status).toBe(404);
  });

  it.each(["8:orgid:someone", "", 1, "8:acs:a_b"])("takes over nothing that is no identity: %j", async (value) => {
    await sampleMapping(value);
    const { user, options } = await signIn();
    await expectCode(newStore({ adoptUnsignedMappings: nobodyElse }).get(user, options), "mapping_invalid");
  });

  it("what is signed already wins over what the user writes there later", async () => {
    const { user, options } = await signIn();
    const id = await sampleMapping();
    const store = newStore({ adoptUnsignedMappings: nobodyElse });
    await store.get(user, options);
    await asUser("user-one", "PATCH", `/${SAMPLE}`, { extensionName: SAMPLE, acsUserIdentity: newIdentity() });
    expect((await store.get(user, options))?.communicationUserId).toBe(id);
  });

  it("removal removes both, so that a deleted identity is not taken over again", async () => {
    const id = await sampleMapping();
    const { user, options } = await signIn();
    const store = newStore({ adoptUnsignedMappings: nobodyElse });
    await store.get(user, options);
    expect(await store.removeIfMatches(user, id, options)).toBe(true);
    expect(await store.get(user, options)).toBeUndefined();
  });

  it("has one winner in a race", async () => {
    const id = await sampleMapping();
    const { user, options } = await signIn();
    const found = await Promise.all(
      Array.from({ length: 6 }, () => newStore({ adoptUnsignedMappings: nobodyElse }).get(user, options)),
    );
    expect(new Set(found.map((mapping) => mapping?.createdOn.getTime())).size).toBe(1);
    expect(found.every((mapping) => mapping?.communicationUserId === id)).toBe(true);
  });

  it("fails like any reading where the sample's extension cannot be read", async () => {
    const { user, options } = await signIn();
    emulator().faults.add({
      service: "graph",
      path: `/v1.0/me/extensions/${SAMPLE}`,
      status: 503,
      retryAfterInSeconds: 30,
    });
    await expectCode(newStore({ adoptUnsignedMappings: nobodyElse }).get(user, options), "store_unavailable");
  });
});
