import { describe, expect, it } from "vitest";
import { useEmulator } from "../support/backend.js";
import { startServer } from "./support/start-server.js";
import { exchange } from "./support/teams-page.js";

const emulator = useEmulator();
const newToken = (options: object = {}) => emulator().mintToken({ user: "user-one", ...options });
const newTeamsToken = () => newToken({ application: "api", audience: "teams" });

describe("Microsoft's single-page app for Teams", () => {
  const accessTokens: [name: string, options: () => object][] = [
    ["version 2.0", () => ({ version: "2.0" })],
    ["version 1.0", () => ({ version: "1.0" })],
    ["version 1.0 with the client id as audience", () => ({ version: "1.0", claims: { aud: clientId() } })],
    ["version 2.0 with an URI as audience", () => ({ version: "2.0", claims: { aud: `api://${clientId()}` } })],
    ["version 2.0 with another scope", () => ({ version: "2.0", scopes: ["other"] })],
  ];
  const clientId = () => emulator().fixtures.applications.api.clientId;

  it.each(accessTokens)("exchanges with an access token of %s", async (_name, options) => {
    const message = await exchange(await startServer(emulator()), await newToken(options()), await newTeamsToken());
    expect(message).toEqual({ token: expect.any(String), expiresOn: expect.stringMatching(/\.000Z$/) });
    const { token } = message as { token: string };
    expect(await emulator().communication.introspectToken(token)).toMatchObject({ active: true });
  });

  it.each([
    ["without a Teams token", "invalid_request", async () => ""],
    ["with a token that is for another service", "invalid_teams_token", () => newToken()],
    ["with a token that only ACS could read", "invalid_teams_token", async () => "a.b.c.d.e"],
  ])("can read the answer %s", async (_name, code, teamsToken) => {
    const message = await exchange(await startServer(emulator()), await newToken(), await teamsToken());
    expect(message).toMatchObject({ status: 400, code });
  });

  it("can read the answer to a sign-in that has expired", async () => {
    const accessToken = await newToken({ lifetimeInSeconds: -600 });
    const message = await exchange(await startServer(emulator()), accessToken, await newTeamsToken());
    expect(message).toMatchObject({ status: 401, code: "invalid_token" });
  });
});
