import { createHmac, randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { MappingSignatures, type SignedFacts } from "../src/mapping/mapping-signatures.js";

const key = randomBytes(32);
const signatures = new MappingSignatures([{ id: "k1", key }]);
const facts: SignedFacts = {
  user: { tenantId: "a0000000-0000-4000-8000-000000000001", objectId: "b0000000-0000-4000-8000-000000000001" },
  communicationUserId: "8:acs:d0000000-0000-4000-8000-000000000001_e0000000-0000-4000-8000-000000000001",
  createdOn: new Date("2026-01-02T03:04:05.678Z"),
};

it("is HMAC-SHA-256 over purpose, key id, tenant, user, identity and creation", async () => {
  const { keyId, mac } = await signatures.sign(facts);
  const { user, communicationUserId } = facts;
  const members = ["acs-auth/identity-mapping/v1", "k1", user.tenantId, user.objectId, communicationUserId];
  const expected = createHmac("sha256", key)
    .update(JSON.stringify([...members, "2026-01-02T03:04:05.678Z"]))
    .digest("base64url");
  expect({ keyId, mac }).toEqual({ keyId: "k1", mac: expected });
  expect(await signatures.verify(facts, { keyId, mac })).toBe("valid");
});

it.each<[string, Partial<SignedFacts>]>([
  ["tenant", { user: { ...facts.user, tenantId: "a0000000-0000-4000-8000-000000000002" } }],
  ["user", { user: { ...facts.user, objectId: "b0000000-0000-4000-8000-000000000002" } }],
  ["identity", { communicationUserId: facts.communicationUserId.replace(/1$/, "2") }],
  ["creation", { createdOn: new Date(facts.createdOn.getTime() + 1) }],
])("does not fit another %s", async (_, change) => {
  const signature = await signatures.sign(facts);
  expect(await signatures.verify({ ...facts, ...change }, signature)).toBe("invalid");
});

it("does not fit under another key or key id", async () => {
  const { keyId, mac } = await signatures.sign(facts);
  const sameKeyTwice = new MappingSignatures([
    { id: "k1", key },
    { id: "k2", key },
  ]);
  expect(await new MappingSignatures([{ id: "k1", key: randomBytes(32) }]).verify(facts, { keyId, mac })).toBe(
    "invalid",
  );
  expect(await sameKeyTwice.verify(facts, { keyId: "k2", mac })).toBe("invalid");
  expect(await sameKeyTwice.verify(facts, { keyId: "k3", mac })).toBe("unknown_key");
});

it.each(["", "AAAA", "not base64url at all"])("refuses the signature %j", async (mac) => {
  expect(await signatures.verify(facts, { keyId: "k1", mac })).toBe("invalid");
});
