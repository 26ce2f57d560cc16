import { type AccessTokenRequest, createAcsTokenCredential } from "@acs-auth/client";
import { expect, it, onTestFinished, vi } from "vitest";
import { startBackend, useEmulator } from "./support/backend.js";
import { minutes, useClock } from "./support/clock.js";

const emulator = useEmulator();
useClock();

/** A sign-in whose Teams tokens live as many minutes as the list says, in order. */
async function start(...lifetimes: readonly number[]) {
  const backend = await startBackend(emulator());
  const signIns: AccessTokenRequest[] = [];
  const remaining = [...lifetimes];
  const onRefreshed = vi.fn<(refreshed: { expiresOn: Date }) => void>();
  const credential = await createAcsTokenCredential({
    kind: "teams",
    ...backend.client,
    getTeamsUserAadToken: (request) => {
      signIns.push(request);
      const lifetimeInSeconds = (remaining.shift() ?? 75) * 60;
      return emulator().mintToken({ user: "user-one", application: "api", audience: "teams", lifetimeInSeconds });
    },
    onRefreshed,
  });
  onTestFinished(() => credential.dispose());
  return { credential, onRefreshed, signIns, requests: backend.requests };
}

it("the Teams user's token is exchanged for one that lives as long", async () => {
  const { credential, requests } = await start(70);
  const { token, expiresOnTimestamp } = await credential.getToken();
  expect(await emulator().communication.introspectToken(token)).toMatchObject({
    active: true,
    rawId: expect.stringMatching(/^8:orgid:/),
  });
  expect(Math.abs(expiresOnTimestamp - Date.now() - minutes(70))).toBeLessThan(5_000);
  expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /api/token/teams"]);
});

it("every refresh asks for a new Teams token: a cached one would live no longer than the last", async () => {
  const { credential, onRefreshed, signIns } = await start(70, 80);
  const first = await credential.getToken();
  await vi.advanceTimersByTimeAsync(minutes(60));
  await vi.waitFor(() => expect(onRefreshed).toHaveBeenCalledTimes(1));
  expect(signIns.map(({ forceRefresh }) => forceRefresh)).toEqual([false, true]);
  const second = await credential.getToken();
  expect(second.expiresOnTimestamp - first.expiresOnTimestamp).toBeGreaterThan(minutes(69));
});

it("a Teams token that the server refuses is replaced once", async () => {
  const { credential, signIns, requests } = await start(-10, 70);
  expect((await credential.getToken()).token).toBeTruthy();
  expect(signIns.map(({ forceRefresh }) => forceRefresh)).toEqual([false, true]);
  expect(requests).toHaveLength(2);
  await expect(start(-10, -10)).rejects.toMatchObject({ code: "invalid_teams_token", reason: "expired" });
});

it.each([
  ["kind", { kind: "guest" }],
  ["getTeamsUserAadToken", { kind: "teams" }],
])("an impossible %s is refused", async (name, options) => {
  const all = { endpoint: "https://api.contoso.com", getAccessToken: () => "token", ...options };
  const create: (options: never) => Promise<unknown> = createAcsTokenCredential;
  await expect(create(all as never)).rejects.toThrow(new RegExp(`^${name} `));
});
