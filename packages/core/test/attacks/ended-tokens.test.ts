import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AcsAuthError, AcsAuthService, type UserKey } from "../../src/index.js";
import { expectCode } from "../support/harness.js";
import { type Backend, ScriptedStore } from "../support/scripted-store.js";
import { letOthersCatchUp, SimulatedAcs } from "./support/simulated-acs.js";

const USER: UserKey = { tenantId: "tenant", objectId: "user" };
const RUNS = 200;

/** Two servers, which keep tokens for reuse, over one ACS resource and one store. */
function start() {
  const acs = new SimulatedAcs();
  const backend: Backend = new Map();
  const server = () =>
    new AcsAuthService({ identityClient: acs, store: new ScriptedStore(backend), tokenReuse: {}, timeoutInMs: 60_000 });
  return { acs, here: server(), elsewhere: server() };
}

describe("a token that was ended", () => {
  const ACTIONS = {
    issue: (service) => service.issueToken(USER),
    issueOrCreate: (service) => service.issueToken(USER, { createIfMissing: true }),
    create: (service) => service.getOrCreateUser(USER),
    revoke: (service) => service.revokeTokens(USER),
    delete: (service) => service.deleteUser(USER),
  } satisfies Record<string, (service: AcsAuthService) => Promise<unknown>>;
  const actions = fc.array(
    fc.constantFrom<keyof typeof ACTIONS>("issue", "issueOrCreate", "create", "revoke", "delete"),
    {
      minLength: 2,
      maxLength: 6,
    },
  );

  it("is not handed out after it, in whatever order requests and replies race", async () => {
    let reused = 0;
    await fc.assert(
      fc.asyncProperty(fc.scheduler({ act: letOthersCatchUp }), actions, async (scheduler, names) => {
        const { acs, here } = start();
        await here.getOrCreateUser(USER);
        acs.gate = () => scheduler.schedule(Promise.resolve());
        const calls = names.map(async (name) => {
          await acs.gate();
          return ACTIONS[name](here).catch(ignoreRefusals);
        });
        await scheduler.waitFor(Promise.all(calls));
        acs.gate = async () => {};

        const before = acs.requests;
        const { token, user } = await here.issueToken(USER, { createIfMissing: true });
        if (acs.requests === before) reused += 1;
        expect(acs.introspect(token)?.communicationUserId).toBe(user.communicationUserId);
        expect((await here.getUser(USER))?.communicationUserId).toBe(user.communicationUserId);
      }),
      { numRuns: RUNS },
    );
    expect(reused).toBeGreaterThan(0);
  });

  it.each(["revokeTokens", "deleteUser"] as const)(
    "by %s is not handed out, though the reply was lost",
    async (end) => {
      const { acs, here } = start();
      const first = await here.issueToken(USER, { createIfMissing: true });
      const original = acs[end === "revokeTokens" ? "revokeTokens" : "deleteUser"].bind(acs);
      let lost = 0;
      acs[end] = async (user) => {
        lost += 1;
        await original(user).catch(() => {});
        throw Object.assign(new Error("The connection was cut."), { code: "ECONNRESET" });
      };
      await expectCode(here[end](USER), "acs_unavailable");
      expect(lost).toBeGreaterThan(0);
      acs[end] = original;
      const second = await here.issueToken(USER).catch(ignoreRefusals);
      expect(second?.token).not.toBe(first.token);
    },
  );
});

describe("what another server has deleted", () => {
  it.each([
    ["getUser", (service: AcsAuthService) => service.getUser(USER)],
    ["deleteUser", (service: AcsAuthService) => service.deleteUser(USER)],
    ["revokeTokens", (service: AcsAuthService) => service.revokeTokens(USER).catch(ignoreRefusals)],
  ] as const)("is not handed out once %s has found out", async (_name, find) => {
    const { here, elsewhere } = start();
    await here.issueToken(USER, { createIfMissing: true });
    await elsewhere.deleteUser(USER);
    await find(here);
    await expectCode(here.issueToken(USER), "identity_not_found");
  });

  it("and created anew is not mixed up: token and user agree", async () => {
    const { acs, here, elsewhere } = start();
    const old = await here.issueToken(USER, { createIfMissing: true });
    await elsewhere.deleteUser(USER);
    const { communicationUserId } = await here.getOrCreateUser(USER);
    expect(communicationUserId).not.toBe(old.user.communicationUserId);
    const { token, user } = await here.issueToken(USER);
    expect(user.communicationUserId).toBe(communicationUserId);
    expect(acs.introspect(token)?.communicationUserId).toBe(communicationUserId);
  });

  it("is disowned by ACS, so that a cached mapping alone leads nowhere", async () => {
    const { here, elsewhere } = start();
    await here.issueToken(USER, { createIfMissing: true });
    await elsewhere.deleteUser(USER);
    await expectCode(here.issueToken(USER, { scopes: ["voip"] }), "identity_not_found");
  });
});

function ignoreRefusals(error: unknown): undefined {
  if (!AcsAuthError.is(error)) throw error;
}
