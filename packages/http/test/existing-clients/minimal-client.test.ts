import { describe, expect, it } from "vitest";
import { identitiesOf, useEmulator } from "../support/backend.js";
import { type Message, MinimalClient } from "./support/minimal-client.js";
import { startServer } from "./support/start-server.js";

const emulator = useEmulator();
const newToken = (options: object = {}) => emulator().mintToken({ user: "user-one", ...options });
const newTeamsToken = (user = "user-one") => newToken({ user, application: "api", audience: "teams" });
const introspect = (token = "") => emulator().communication.introspectToken(token);

describe("Microsoft's MinimalClient", () => {
  it("creates the identity and gets a token of it, at every visit the same identity", async () => {
    const client = new MinimalClient(await startServer(emulator()), await newToken());
    for (const visit of ["first", "second"]) {
      await client.createUser();
      const message = await client.getToken();
      expect(await introspect(message.token), visit).toMatchObject({ active: true });
      expect(message.user?.id).toBe(identitiesOf(emulator())[0]?.id);
    }
    expect(identitiesOf(emulator())).toHaveLength(1);
  });

  it("gets a token of the Teams user", async () => {
    const client = new MinimalClient(await startServer(emulator()), await newToken());
    const message = await client.getTeamsToken(await newTeamsToken());
    expect(await introspect(message.token)).toMatchObject({ active: true });
  });

  const failures: [name: string, code: string, call: (server: string) => Promise<Message>][] = [
    ["no identity", "identity_not_found", async (server) => new MinimalClient(server, await newToken()).getToken()],
    ["no access token", "invalid_token", (server) => new MinimalClient(server, "undefined").createUser()],
    [
      "an expired access token",
      "invalid_token",
      async (server) => new MinimalClient(server, await newToken({ lifetimeInSeconds: -600 })).createUser(),
    ],
    [
      "an access token without the scope",
      "insufficient_scope",
      async (server) => new MinimalClient(server, await newToken({ scopes: ["other"] })).getToken(),
    ],
    [
      "no Teams token",
      "invalid_request",
      async (server) => new MinimalClient(server, await newToken()).getTeamsToken(""),
    ],
    [
      "another user's Teams token",
      "invalid_teams_token",
      async (server) => new MinimalClient(server, await newToken()).getTeamsToken(await newTeamsToken("user-two")),
    ],
    [
      "another address",
      "not_found",
      async (server) => new MinimalClient(`${server}nope/`, await newToken()).getToken(),
    ],
    [
      "an ACS that slows down",
      "throttled",
      async (server) => {
        emulator().faults.add({ service: "communication", status: 429 });
        return new MinimalClient(server, await newToken()).createUser();
      },
    ],
    [
      "an ACS that is down",
      "acs_unavailable",
      async (server) => {
        emulator().faults.add({ service: "communication", connection: "reset" });
        return new MinimalClient(server, await newToken()).createUser();
      },
    ],
  ];

  it.each(failures)("can read the answer with %s", async (_name, code, call) => {
    const message = await call(await startServer(emulator()));
    expect(message).toMatchObject({ status: expect.any(Number), code });
    expect(message.token).toBeUndefined();
  });
});
