import { CommunicationIdentityClient } from "@azure/communication-identity";
import { expect, it } from "vitest";
import { useEmulator } from "../support/emulator.js";
import { send, sign } from "../support/signed-request.js";

const emulator = useEmulator();

it("counts requests by service and route", async () => {
  const { communication, entra, requests, fixtures } = emulator();
  const client = new CommunicationIdentityClient(communication.connectionString);
  const { user } = await client.createUserAndToken(["chat"]);
  await client.getToken(user, ["chat"]);
  await client.getToken(user, ["voip"]);
  await client.revokeTokens(user);
  await client.deleteUser(user);
  await fetch(`${entra.url}/${fixtures.tenants.home.id}/v2.0/.well-known/openid-configuration`);
  await fetch(`${entra.url}/nowhere/at/all`);

  expect(requests.list()).toEqual([
    { service: "communication", route: "POST /identities", count: 1 },
    { service: "communication", route: "POST /identities/{id}/:issueAccessToken", count: 2 },
    { service: "communication", route: "POST /identities/{id}/:revokeAccessTokens", count: 1 },
    { service: "communication", route: "DELETE /identities/{id}", count: 1 },
    { service: "entra", route: "GET /{tenant}/v2.0/.well-known/openid-configuration", count: 1 },
    { service: "entra", route: "GET (no route)", count: 1 },
  ]);
  expect(requests.count()).toBe(7);
  expect(requests.count({ service: "communication" })).toBe(5);
  expect(requests.count({ service: "communication", route: "POST /identities/{id}/:issueAccessToken" })).toBe(2);
  expect(requests.count({ route: "POST /never" })).toBe(0);
});

it("counts what is refused and what a fault strikes", async () => {
  await send(sign(emulator(), "POST", "/identities", "", { apiVersion: "none" }));
  emulator().faults.add({ connection: "reset" });
  await expect(send(sign(emulator(), "POST", "/identities"))).rejects.toThrow();
  expect(emulator().requests.count({ service: "communication", route: "POST /identities" })).toBe(2);
});

it("counts from zero when told to", async () => {
  await send(sign(emulator(), "POST", "/identities"));
  emulator().requests.clear();
  expect(emulator().requests.list()).toEqual([]);
});
