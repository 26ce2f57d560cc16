import { afterEach, expect, it } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/index.js";
import { postToken, redeem } from "../entra/support/sign-in.js";
import { communicationClient, graphClient, makeBusy } from "./support/busy-emulator.js";

const running: Emulator[] = [];

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 }, ...options });
  running.push(emulator);
  return emulator;
}

afterEach(() => Promise.all(running.splice(0).map((emulator) => emulator.close())));

/** What was exported, after a stay in a file. */
async function exported(emulator: Emulator): Promise<unknown> {
  return JSON.parse(JSON.stringify(await emulator.exportState()));
}

it("exports from an importing emulator what it imported", async () => {
  const [first, second] = [await start(), await start()];
  await makeBusy(first);
  const snapshot = await exported(first);
  await second.importState(snapshot);
  expect(await exported(second)).toEqual(snapshot);
  expect(second.state()).toEqual(first.state());
});

it("lets identities and their tokens live on", async () => {
  const [first, second] = [await start(), await start()];
  const { user, token, revokedToken, deletedUser } = await makeBusy(first);
  await second.importState(await exported(first));
  await first.close();
  const client = communicationClient(second);
  expect(await second.communication.introspectToken(token)).toMatchObject({
    active: true,
    rawId: user.communicationUserId,
    scopes: ["chat"],
  });
  expect(await second.communication.introspectToken(revokedToken)).toEqual({ active: false, reason: "revoked" });
  await expect(client.getToken(deletedUser, ["chat"])).rejects.toMatchObject({ code: "IdentityNotOwned" });
  const later = await client.getToken(user, ["voip"]);
  expect(await second.communication.introspectToken(later.token)).toMatchObject({ active: true });
  await client.revokeTokens(user);
  expect(await second.communication.introspectToken(token)).toEqual({ active: false, reason: "revoked" });
});

it("lets Entra ID's tokens and a user's extensions live on where Entra ID has the same port", async () => {
  const first = await start();
  const { graphToken } = await makeBusy(first);
  const snapshot = await exported(first);
  await first.close();
  const second = await start({ ports: { entra: Number(new URL(first.entra.url).port), communication: 0 } });
  await second.importState(snapshot);
  expect(await graphClient(second, graphToken).api("/me/extensions/com.example.settings").get()).toMatchObject({
    theme: "dark",
  });
});

it("lets sign-ins go on: refresh tokens and codes work, and a code only once", async () => {
  const [first, second] = [await start(), await start()];
  const { refreshToken, redeemedCode, unusedCode } = await makeBusy(first);
  await second.importState(await exported(first));
  const refreshed = await postToken(second.entra.url, {
    grant_type: "refresh_token",
    client_id: second.fixtures.applications.client.clientId,
    refresh_token: refreshToken,
  });
  expect(refreshed).toMatchObject({ status: 200, body: { access_token: expect.any(String) } });
  expect(await redeem(second.entra.url, unusedCode)).toMatchObject({ status: 200 });
  expect(await redeem(second.entra.url, redeemedCode)).toMatchObject({ body: { error_codes: [54005] } });
});

it("replaces what was there before", async () => {
  const emulator = await start();
  const empty = await exported(emulator);
  const { token, refreshToken, graphToken } = await makeBusy(emulator);
  await emulator.importState(empty);
  expect(await exported(emulator)).toEqual(empty);
  expect(await emulator.communication.introspectToken(token)).toEqual({ active: false, reason: "unknown" });
  await expect(
    graphClient(emulator, graphToken).api("/me/extensions/com.example.settings").get(),
  ).rejects.toMatchObject({ statusCode: 404 });
  const client_id = emulator.fixtures.applications.client.clientId;
  const answer = { grant_type: "refresh_token", client_id, refresh_token: refreshToken };
  expect(await postToken(emulator.entra.url, answer)).toMatchObject({ status: 200 });
});

it("keeps faults and counts out", async () => {
  const emulator = await start();
  const snapshot = await exported(emulator);
  emulator.faults.add({ service: "graph", status: 500 });
  await communicationClient(emulator).createUser();
  await emulator.importState(snapshot);
  expect(emulator.faults.list()).toHaveLength(1);
  expect(emulator.requests.count()).toBe(1);
});

it("shares nothing with what it exported or imported", async () => {
  const emulator = await start();
  await makeBusy(emulator);
  const snapshot = await emulator.exportState();
  const kept = JSON.stringify(snapshot);
  for (const { extensions } of snapshot.graph.users) for (const { properties } of extensions) empty(properties);
  expect(JSON.stringify(await emulator.exportState())).toBe(kept);
  const imported = JSON.parse(kept);
  await emulator.importState(imported);
  empty(imported.graph.users[0].extensions[0].properties);
  expect(JSON.stringify(await emulator.exportState())).toBe(kept);
});

function empty(object: object): void {
  for (const name of Object.keys(object)) Reflect.deleteProperty(object, name);
}
