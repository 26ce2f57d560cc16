import { CommunicationIdentityClient } from "@azure/communication-identity";
import { describe, expect, it } from "vitest";
import type { MintTokenRequest } from "../../src/index.js";
import { defaultFixtures } from "../../src/index.js";
import { useEmulator } from "../support/emulator.js";

const emulator = useEmulator();
const clientId = defaultFixtures.applications.client.clientId;
const userObjectId = defaultFixtures.users["user-one"].objectId;
const teamsUser: MintTokenRequest = { user: "user-one", audience: "teams" };

async function exchange(token: MintTokenRequest | string, changes: { clientId?: string; userObjectId?: string } = {}) {
  const client = new CommunicationIdentityClient(emulator().communication.connectionString);
  const teamsUserAadToken = typeof token === "string" ? token : await emulator().mintToken(token);
  return client.getTokenForTeamsUser({ teamsUserAadToken, clientId, userObjectId, ...changes });
}

const invalidToken = { statusCode: 401, code: "InvalidAccessToken", message: "Provided access token is not valid." };

describe("the Teams user's token", () => {
  it.each(["1.0", "2.0"] as const)("may be of version %s", async (version) => {
    expect(await exchange({ ...teamsUser, version })).toMatchObject({ token: expect.any(String) });
  });

  it("may name the application by its id", async () => {
    const claims = { aud: "1fd5118e-2576-4263-8130-9503064c837a" };
    expect(await exchange({ ...teamsUser, claims })).toMatchObject({ token: expect.any(String) });
  });

  it.each([
    ["empty", ""],
    ["not a token", "nonsense"],
    ["for another API", { user: "user-one" }],
    ["expired", { ...teamsUser, lifetimeInSeconds: -600 }],
    ["of another issuer", { ...teamsUser, claims: { iss: "https://sts.example/" } }],
    ["signed with a key nobody published", { ...teamsUser, signWith: "unpublished" }],
  ] as const)("may not be %s", async (_, token) => {
    await expect(exchange(token)).rejects.toMatchObject(invalidToken);
  });
});

it.each([
  ["AppId: The AppId field is required.", undefined, { clientId: "" }],
  ["UserId: The UserId field is required.", undefined, { userObjectId: "" }],
  ["Provided AppId has invalid format.", "appId", { clientId: "not a GUID" }],
  ["Provided UserId has invalid format.", "userId", { userObjectId: "not a GUID" }],
  ["AAD application is not the expected one.", "appId", { clientId: defaultFixtures.applications.api.clientId }],
  [
    "Provided AAD token issued for unexpected user.",
    "userId",
    { userObjectId: defaultFixtures.users["user-two"].objectId },
  ],
])("%s", async (message, target, changes) => {
  await expect(exchange(teamsUser, changes)).rejects.toMatchObject({
    statusCode: 400,
    code: "ValidationError",
    details: { error: { code: "ValidationError", message, ...(target && { target }) } },
  });
  expect(emulator().state().communication.teamsUsers).toEqual([]);
});
