import { CommunicationIdentityClient } from "@azure/communication-identity";
import { afterEach, describe, expect, it } from "vitest";
import { type CommunicationOptions, documentedRateLimits, type Emulator, startEmulator } from "../../src/index.js";
import { send, sign } from "../support/signed-request.js";

let emulator: Emulator;
let now = Date.now();

async function start(communication: CommunicationOptions) {
  now = Date.now();
  emulator = await startEmulator({
    ports: { entra: 0, communication: 0, admin: 0 },
    communication,
    now: () => now,
  });
  return new CommunicationIdentityClient(emulator.communication.connectionString, { retryOptions: { maxRetries: 0 } });
}

afterEach(() => emulator.close());

describe("what is not known of the real service can be chosen", () => {
  it("the answer for a deleted identity", async () => {
    const client = await start({
      unknown: { deletedIdentity: { status: 404, code: "Gone", message: "Deleted.", target: "id" } },
    });
    const user = await client.createUser();
    await client.deleteUser(user);
    const expected = { statusCode: 404, code: "Gone", message: "Deleted." };
    await expect(client.getToken(user, ["chat"])).rejects.toMatchObject(expected);
    await expect(client.revokeTokens(user)).rejects.toMatchObject(expected);
    await expect(client.deleteUser(user)).rejects.toMatchObject(expected);
    await expect(client.deleteUser({ communicationUserId: "another" })).rejects.toMatchObject({
      code: "IdentityNotOwned",
    });
  });

  it("the answer for an unknown scope", async () => {
    await start({ unknown: { unknownScope: { status: 422, code: "NoSuchScope", message: "No." } } });
    expect(await send(sign(emulator, "POST", "/identities", '{"createTokenWithScopes":["sms"]}'))).toMatchObject({
      status: 422,
      body: { error: { code: "NoSuchScope", message: "No." } },
    });
  });

  it("the clock skew", async () => {
    await start({ unknown: { clockSkewInMinutes: 1 } });
    const request = sign(emulator, "POST", "/identities");
    now += 50_000;
    expect(await send(request)).toMatchObject({ status: 201 });
    now += 20_000;
    expect(await send(request)).toMatchObject({ status: 401, body: { error: { code: "Denied" } } });
  });

  it("that the clock does not matter at all", async () => {
    await start({ unknown: { clockSkewInMinutes: Number.POSITIVE_INFINITY } });
    const date = new Date(0).toUTCString();
    expect(await send(sign(emulator, "POST", "/identities", "", { date }))).toMatchObject({ status: 201 });
  });

  it("how long a revocation takes", async () => {
    const client = await start({ unknown: { revocationDelayInMinutes: 15 } });
    const { user, token } = await client.createUserAndToken(["chat"]);
    await client.revokeTokens(user);
    now += 14 * 60_000;
    expect(await emulator.communication.introspectToken(token)).toMatchObject({ active: true });
    await client.revokeTokens(user).catch(() => undefined);
    now += 60_000;
    expect(await emulator.communication.introspectToken(token)).toEqual({ active: false, reason: "revoked" });
  });
});

describe("rate limits", () => {
  it("are off by default", async () => {
    const client = await start({});
    for (let n = 0; n < 20; n += 1) await client.createUser();
    expect(emulator.state().communication.identities).toHaveLength(20);
  });

  it("refuse what is beyond them until the window ends, each operation for itself", async () => {
    const client = await start({ rateLimits: { createIdentity: 2 } });
    await client.createUser();
    const user = await client.createUser();
    await expect(client.createUser()).rejects.toMatchObject({ statusCode: 429, code: "TooManyRequests" });
    await client.getToken(user, ["chat"]);
    now += 30_000;
    await client.createUser();
  });

  it("answer as chosen, with Retry-After if chosen", async () => {
    await start({
      rateLimits: { createIdentity: 0 },
      unknown: { throttled: { status: 429, code: "Slower", message: "Slower." }, throttledRetryAfter: true },
    });
    const answer = await send(sign(emulator, "POST", "/identities"));
    expect(answer).toMatchObject({ status: 429, body: { error: { code: "Slower", message: "Slower." } } });
    expect(answer.headers.get("retry-after")).toBe("30");
  });

  it("have no Retry-After by default", async () => {
    await start({ rateLimits: { createIdentity: 0 } });
    const answer = await send(sign(emulator, "POST", "/identities"));
    expect(answer.headers.has("retry-after")).toBe(false);
  });

  it("are documented for every operation", () => {
    expect(documentedRateLimits).toMatchObject({ createIdentity: 1000, deleteIdentity: 500 });
  });
});

describe("introspection", () => {
  it("knows expired, foreign and forgotten tokens", async () => {
    const client = await start({});
    const { token } = await client.createUserAndToken(["chat"], { tokenExpiresInMinutes: 60 });
    const { introspectToken } = emulator.communication;
    expect(await introspectToken(`${token.slice(0, -4)}AAAA`)).toEqual({ active: false, reason: "invalid" });
    expect(await introspectToken("nonsense")).toEqual({ active: false, reason: "invalid" });
    expect(await introspectToken(await emulator.mintToken({ user: "user-one" }))).toEqual({
      active: false,
      reason: "invalid",
    });
    now += 3_600_000;
    expect(await introspectToken(token)).toEqual({ active: false, reason: "expired" });
    now -= 3_600_000;
    emulator.reset();
    expect(await introspectToken(token)).toEqual({ active: false, reason: "unknown" });
  });
});

it.each([
  [{ resourceId: "not a GUID" }, /communication.resourceId/],
  [{ accessKey: "not base64!" }, /communication.accessKey/],
])("refuses the options %j", async (communication, message) => {
  await expect(startEmulator({ ports: { entra: 0, communication: 0, admin: 0 }, communication })).rejects.toThrow(
    message,
  );
});
