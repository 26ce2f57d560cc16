import { AcsAuthService, createIdentityClient, EntraTokenVerifier } from "@acs-auth/core";
import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { createAcsAuthHandler } from "@acs-auth/http";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { ask, type Step } from "../src/load/load.js";
import { report } from "../src/report.js";

const MINUTE = 60_000;

/** By how much the clocks of Entra ID and ACS are ahead of this server's. */
const SKEWS_IN_MINUTES = [-5, 5];

let skewInMinutes = 0;
let running: Emulator | undefined;
beforeAll(async () => {
  const ports = { entra: 0, communication: 0, graph: 0, admin: 0 };
  running = await startEmulator({ ports, now: () => Date.now() + skewInMinutes * MINUTE });
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => running?.close());

/** Entra ID and ACS as on their first day, with clocks that are so far ahead of this server's. */
function emulatorAhead(minutes: number): Emulator {
  if (!running) throw new Error("The emulator is started by the test runner.");
  skewInMinutes = minutes;
  running.reset();
  return running;
}

function newVerifier({ entra, fixtures }: Emulator, clockToleranceInSeconds?: number): EntraTokenVerifier {
  return new EntraTokenVerifier({
    clientId: fixtures.applications.api.clientId,
    tenantId: fixtures.tenants.home.id,
    authorityHost: entra.url,
    ...(clockToleranceInSeconds === undefined ? {} : { clockToleranceInSeconds }),
  });
}

function newService({ communication }: Emulator, tokenReuse?: { minRemainingInMinutes: number }): AcsAuthService {
  return new AcsAuthService({
    identityClient: createIdentityClient(communication.connectionString),
    store: new MemoryIdentityStore(),
    ...(tokenReuse ? { tokenReuse } : {}),
  });
}

describe.each(SKEWS_IN_MINUTES)("clocks of Entra ID and ACS that are %i minutes ahead", (skew) => {
  const JOURNEY: readonly (readonly [step: Step, status: number])[] = [
    ["POST /api/user", 201],
    ["GET /api/user", 200],
    ["GET /api/token", 201],
    ["DELETE /api/user", 204],
  ];

  it("do not matter to a user with a token as Entra ID issues it", async () => {
    const emulator = emulatorAhead(skew);
    const handler = createAcsAuthHandler({ service: newService(emulator), verifier: newVerifier(emulator) });
    const token = await emulator.mintToken({ user: "user-one" });
    for (const [step, status] of JOURNEY)
      expect([step, (await ask(handler, step, token)).status]).toEqual([step, status]);
    report({ section: "clock skew", what: `journey, others ${skew} min ahead`, tried: JOURNEY.length, lost: 0 });
  });

  it("leave every reused token alive", async () => {
    vi.useFakeTimers({ toFake: ["Date", "performance"] });
    const emulator = emulatorAhead(skew);
    const service = newService(emulator, { minRemainingInMinutes: 1 });
    const user = { tenantId: "tenant", objectId: "object" };
    const options = { createIfMissing: true, tokenExpiresInMinutes: 60 };
    const tokens = new Set<string>();
    for (let minutes = 0; minutes <= 180; minutes += 0.5) {
      const { token } = await service.issueToken(user, options);
      expect(await emulator.communication.introspectToken(token)).toMatchObject({ active: true });
      tokens.add(token);
      vi.advanceTimersByTime(MINUTE / 2);
    }
    expect(tokens.size).toBeLessThanOrEqual(4);
    report({ section: "clock skew", what: `reused tokens, ACS ${skew} min ahead`, tried: 361, lost: 0 });
  });

  it("do not change how long a date in Retry-After asks to wait", async () => {
    const emulator = emulatorAhead(skew);
    const service = newService(emulator);
    const sentAt = Date.now() + skew * MINUTE;
    emulator.faults.add({
      service: "communication",
      status: 503,
      times: 1,
      headers: { date: new Date(sentAt).toUTCString(), "retry-after": new Date(sentAt + 1_000).toUTCString() },
    });
    const begin = performance.now();
    await service.getOrCreateUser({ tenantId: "tenant", objectId: "object" });
    expect(performance.now() - begin).toBeGreaterThan(900);
    expect(emulator.requests.count({ service: "communication" })).toBe(2);
  });
});

describe("the tolerance for clocks", () => {
  const now = (emulatorSkewInMinutes: number) => Math.floor(Date.now() / 1_000) + emulatorSkewInMinutes * 60;

  it.each([
    { clock: "ahead", skew: 0.5, tolerance: undefined, accepted: true },
    { clock: "ahead", skew: 2, tolerance: undefined, accepted: false },
    { clock: "ahead", skew: 5, tolerance: 300, accepted: true },
    { clock: "ahead", skew: 6, tolerance: 300, accepted: false },
    { clock: "behind", skew: -0.5, tolerance: undefined, accepted: true },
    { clock: "behind", skew: -2, tolerance: undefined, accepted: false },
    { clock: "behind", skew: -4.5, tolerance: 300, accepted: true },
    { clock: "behind", skew: -6, tolerance: 300, accepted: false },
  ])("is 60 s, or as configured: $skew minutes with $tolerance", async ({ clock, skew, tolerance, accepted }) => {
    const emulator = emulatorAhead(skew);
    const verifier = newVerifier(emulator, tolerance);
    const ofThisMoment = { iat: now(skew), nbf: now(skew) };
    const aboutToExpire = { exp: now(skew) + 5 };
    const claims = clock === "ahead" ? ofThisMoment : aboutToExpire;
    const verified = verifier.verify(await emulator.mintToken({ user: "user-one", claims }));
    const reason = clock === "ahead" ? "not_yet_valid" : "expired";
    if (accepted) await expect(verified).resolves.toMatchObject({ claims });
    else await expect(verified).rejects.toMatchObject({ code: "invalid_token", reason });
  });
});

describe("a clock that is 20 minutes off", () => {
  it.each([-20, 20])("makes ACS refuse signed requests: one each, nothing created, with a hint", async (skew) => {
    const emulator = emulatorAhead(skew);
    const call = newService(emulator).getOrCreateUser({ tenantId: "tenant", objectId: "object" });
    await expect(call).rejects.toMatchObject({ code: "acs_denied", message: expect.stringContaining("clock") });
    expect(emulator.requests.count({ service: "communication" })).toBe(1);
    expect(emulator.state().communication.identities).toEqual([]);
  });
});

describe("this server's clock being set", () => {
  it.each([-25, 25])("by %i hours causes no fetch of signing keys", async (hours) => {
    const emulator = emulatorAhead(0);
    const verifier = newVerifier(emulator);
    await verifier.verify(await emulator.mintToken({ user: "user-one" }));
    const fetched = emulator.requests.count({ service: "entra" });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + hours * 60 * MINUTE });
    await verifier.verify(await emulator.mintToken({ user: "user-one" }));
    expect(emulator.requests.count({ service: "entra" })).toBe(fetched);
  });
});
