import { beforeAll, describe, expect, it } from "vitest";
import { startEmulator } from "../../src/index.js";
import { useEmulator } from "../support/emulator.js";
import { makeBusy } from "./support/busy-emulator.js";

const emulator = useEmulator();

let valid = "";

beforeAll(async () => {
  const busy = await startEmulator({ ports: { entra: 0 } });
  await makeBusy(busy);
  valid = JSON.stringify(await busy.exportState());
  await busy.close();
});

/** A valid snapshot with another value at a path such as `graph.users.0.user`. */
function broken(path: string, value: unknown): unknown {
  const snapshot: unknown = JSON.parse(valid);
  const names = path.split(".");
  const last = names.pop() ?? "";
  const parent = names.reduce<unknown>((place, name) => Reflect.get(Object(place), name), snapshot);
  Reflect.set(Object(parent), last, value);
  return snapshot;
}

const resourceId = "e0000000-0000-4000-8000-000000000001";

describe("a snapshot that does not fit is refused by its place and changes nothing", () => {
  it.each([
    ["entra", undefined, "entra must be an object."],
    ["surprise", 1, "surprise is not known."],
    ["entra.surprise", 1, "entra.surprise is not known."],
    ["entra.signingKeys", [], 'entra.signingKeys must have exactly one key that is "signing".'],
    ["entra.signingKeys.0.signing", true, 'entra.signingKeys must have exactly one key that is "signing".'],
    ["entra.signingKeys.0.signing", "yes", "entra.signingKeys[0].signing must be true or false."],
    ["entra.signingKeys.1.privateKey", "x", /^entra\.signingKeys\[1\] must have a private key .* and its certificate/],
    ["entra.sealingKey", "c2hvcnQ=", "entra.sealingKey must be 32 bytes in base64."],
    ["entra.redeemedCodes.0.expiresOn", "soon", /^entra\.redeemedCodes\[0\]\.expiresOn must be a time such as /],
    ["entra.consents.0.user", "nobody", 'entra.consents[0].user is refused: There is no fixture user "nobody".'],
    ["entra.consents.0.application", "none", /^entra\.consents\[0\]\.application is refused: .*"none"/],
    ["entra.consents.0.resource", "none", /^entra\.consents\[0\]\.resource is refused: .*"none"/],
    ["entra.consents.0.scopes", [1], "entra.consents[0].scopes[0] must be a text."],
    ["entra.multiFactor.0.number", 1, "entra.multiFactor[0].number must be 50076 or 50079."],
    ["entra.revokedSessions.0.times", -1, "entra.revokedSessions[0].times must be a whole number, 0 or more."],
    ["communication.resourceId", "other", /^communication\.resourceId is not the emulator's: e0000000-/],
    ["communication.signingKeys", {}, "communication.signingKeys must be a list."],
    [
      "communication.identities.0.id",
      "8:acs:other_1",
      "communication.identities[0].id must be an identity of the resource.",
    ],
    ["communication.identities.0.createdOn", 5, "communication.identities[0].createdOn must be a text."],
    [
      "communication.identities.0.tokens.0.scopes",
      "chat",
      "communication.identities[0].tokens[0].scopes must be a list.",
    ],
    [
      "communication.teamsUsers.0.id",
      `8:acs:${resourceId}_1`,
      "communication.teamsUsers[0].id must be the id of a Teams user.",
    ],
    ["graph.users.0.user", "nobody", 'graph.users[0].user is refused: There is no fixture user "nobody".'],
    ["graph.users.0.extensions.0.properties", "x", "graph.users[0].extensions[0].properties must be an object."],
    ["graph.replicaLag.reads", 0.5, "graph.replicaLag.reads must be a whole number, 0 or more."],
    ["graph.claimsChallenges.0.claims", "{}", /^graph\.claimsChallenges\[0\]\.claims is refused: .*"access_token"/],
  ])("%s: %j", async (path, value, message) => {
    const before = await emulator().exportState();
    await expect(emulator().importState(broken(path, value))).rejects.toThrow(
      expect.objectContaining({
        name: "TypeError",
        message: typeof message === "string" ? message : expect.stringMatching(message),
      }),
    );
    expect(await emulator().exportState()).toEqual(before);
  });

  it("a certificate of another key", async () => {
    const { entra, communication } = await emulator().exportState();
    const snapshot = broken("entra.signingKeys", [
      { ...entra.signingKeys[0], signing: true, certificate: communication.signingKeys[0]?.certificate },
    ]);
    await expect(emulator().importState(snapshot)).rejects.toThrow("entra.signingKeys[0] must have a private key");
  });

  it.each([[undefined], [null], ["text"], [[]]])("%j instead of a snapshot", async (snapshot) => {
    await expect(emulator().importState(snapshot)).rejects.toThrow("The snapshot must be an object.");
  });

  it("another file", async () => {
    await expect(emulator().importState({ name: "package", version: 1 })).rejects.toThrow(
      'This is no snapshot of the emulator: its "format" is not "acs-auth-emulator".',
    );
  });

  it.each([
    [0, "The snapshot has version 0, but this emulator reads version 1 only. Export it again with this release."],
    [2, "The snapshot has version 2, but this emulator reads version 1 only. Import it with a newer release."],
    ["1", 'The snapshot\'s "version" must be a whole number.'],
  ])("version %j", async (version, message) => {
    await expect(emulator().importState(broken("version", version))).rejects.toThrow(message);
  });

  it("a snapshot of another resource", async () => {
    const other = await startEmulator({
      ports: { entra: 0 },
      communication: { resourceId: "e0000000-0000-4000-8000-000000000002" },
    });
    const snapshot = await other.exportState();
    await other.close();
    await expect(emulator().importState(snapshot)).rejects.toThrow(
      `communication.resourceId is not the emulator's: ${resourceId}. Start it with the same one.`,
    );
  });
});

describe("over HTTP", () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${emulator().admin.url}/snapshot`, { method: "POST", body, headers });

  it("a snapshot is exported and imported, uncached and larger than any other body", async () => {
    expect((await post(`${valid}${" ".repeat(300 * 1024)}`)).status).toBe(204);
    const answer = await fetch(`${emulator().admin.url}/snapshot`);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toEqual(JSON.parse(valid));
  });

  it("a snapshot that does not fit is refused with the place", async () => {
    const answer = await post(JSON.stringify(broken("graph", 1)));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: "graph must be an object." });
  });

  it("a page of another origin gets no keys", async () => {
    const answer = await fetch(`${emulator().admin.url}/snapshot`, { headers: { origin: "https://evil.example" } });
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain("PRIVATE KEY");
  });
});
