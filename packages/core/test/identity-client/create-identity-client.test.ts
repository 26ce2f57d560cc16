import { inspect } from "node:util";
import { ClientSecretCredential } from "@azure/identity";
import { describe, expect, it } from "vitest";
import { createIdentityClient } from "../../src/index.js";
import { useEmulator } from "../support/harness.js";

const { emulator, live } = useEmulator();

const KEY = "c2VjcmV0LWtleS10aGF0LW11c3Qtbm90LXNob3c=";

describe("createIdentityClient", () => {
  it("takes a connection string in either order and any letter case", async () => {
    const { url, connectionString } = emulator().communication;
    const accessKey = connectionString.slice(
      connectionString.toLowerCase().indexOf("accesskey=") + "accesskey=".length,
    );
    for (const form of [
      `endpoint=${url}/;accesskey=${accessKey}`,
      `accesskey=${accessKey};endpoint=${url}`,
      `AccessKey=${accessKey};Endpoint=${url};`,
    ]) {
      const { communicationUserId } = await createIdentityClient(form).createUser();
      expect(live()).toContain(communicationUserId);
    }
  });

  it("takes an endpoint and a token credential or a key", async () => {
    const { fixtures, entra, communication } = emulator();
    const { clientId, clientSecret } = fixtures.applications.api;
    const credential = new ClientSecretCredential(fixtures.tenants.home.id, clientId, clientSecret, {
      authorityHost: entra.url,
      disableInstanceDiscovery: true,
    });
    await createIdentityClient(communication.url, credential).createUser();
    const key = communication.connectionString.replace(/^.*accesskey=/i, "");
    await createIdentityClient(communication.url, { key }).createUser();
    expect(live()).toHaveLength(2);
  });

  it.each([
    ["no endpoint", `accesskey=${KEY}`],
    ["no accesskey", "endpoint=https://resource.example/"],
    ["not base64", `endpoint=https://resource.example/;accesskey=${KEY}%%`],
    ["without a path", `endpoint=https://resource.example/path;accesskey=${KEY}`],
    ["https", `endpoint=http://resource.example/;accesskey=${KEY}`],
    ["https", `endpoint=nonsense;accesskey=${KEY}`],
    ["no endpoint", KEY],
    ["no endpoint", ""],
  ])("says what is wrong (%s) without repeating the connection string", (why, connectionString) => {
    let thrown: unknown;
    try {
      createIdentityClient(connectionString);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown)).toContain(why);
    expect(inspect(thrown, { depth: 9, showHidden: true })).not.toContain(KEY);
  });

  it("sends one request for each call, and gives up on one that is not answered", async () => {
    const client = createIdentityClient(emulator().communication.connectionString, { requestTimeoutInMs: 200 });
    emulator().faults.add({ service: "communication", status: 500, times: 1 });
    await expect(client.createUser()).rejects.toMatchObject({ statusCode: 500 });
    emulator().faults.add({ service: "communication", connection: "hang" });
    await expect(client.createUser()).rejects.toMatchObject({ name: "AbortError" });
    expect(emulator().requests.count({ service: "communication" })).toBe(2);
  });
});
