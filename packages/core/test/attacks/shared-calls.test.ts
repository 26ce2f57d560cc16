import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AcsAuthError,
  AcsAuthService,
  type AuthenticatedUser,
  type TokenScope,
  type UserKey,
} from "../../src/index.js";
import { canonicalUserKey, userKeyId } from "../../src/user.js";
import { ScriptedStore } from "../support/scripted-store.js";
import { letOthersCatchUp, SimulatedAcs } from "./support/simulated-acs.js";

const RUNS = 100;

function start(store = new ScriptedStore()) {
  const acs = new SimulatedAcs();
  return {
    acs,
    store,
    service: new AcsAuthService({ identityClient: acs, store, tokenReuse: {}, timeoutInMs: 60_000 }),
  };
}

/** One person, signed in by one access token or another. */
function session(accessToken: string): AuthenticatedUser {
  return { tenantId: "tenant", objectId: "user", accessToken, scopes: [], clientId: undefined, claims: {} };
}

describe("calls that run at once", () => {
  const USERS: readonly UserKey[] = [
    { tenantId: "tenant", objectId: "user" },
    { tenantId: "tenant", objectId: "user2" },
    { tenantId: "tenantu", objectId: "ser" },
    { tenantId: "other", objectId: "user" },
    { tenantId: "__proto__", objectId: "constructor" },
  ];
  const call = fc.record({
    user: fc.constantFrom(...USERS),
    scopes: fc.constantFrom<TokenScope[][]>(["chat"], ["voip"], ["chat", "voip"], ["chat.join.limited"]),
    tokenExpiresInMinutes: fc.constantFrom(60, 61, 1440),
    leaves: fc.boolean(),
  });

  it("give each caller a token of their own identity with their own scopes, whoever leaves", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler({ act: letOthersCatchUp }),
        fc.array(call, { minLength: 2, maxLength: 8 }),
        async (scheduler, calls) => {
          const { acs, service } = start();
          acs.gate = () => scheduler.schedule(Promise.resolve());
          const outcomes = calls.map(async ({ user, leaves, ...options }) => {
            const abort = new AbortController();
            const issued = service.issueToken(user, { ...options, createIfMissing: true, abortSignal: abort.signal });
            if (leaves) scheduler.schedule(Promise.resolve()).then(() => abort.abort());
            return issued.catch((error: unknown) => error);
          });
          const results = await scheduler.waitFor(Promise.all(outcomes));
          acs.gate = async () => {};
          for (const [index, { user, scopes, leaves }] of calls.entries()) {
            const result = results[index];
            if (result instanceof Error) {
              expect(leaves && AcsAuthError.is(result, "aborted")).toBe(true);
              continue;
            }
            const { token, user: identity } = result as Awaited<ReturnType<AcsAuthService["issueToken"]>>;
            const own = await service.getUser(user);
            expect(identity.communicationUserId).toBe(own?.communicationUserId);
            expect(acs.introspect(token)).toEqual({ communicationUserId: own?.communicationUserId, scopes });
          }
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe("two sessions of one user", () => {
  /** A store that acts on the user's behalf and is refused with the access token of one session. */
  class DelegatedStore extends ScriptedStore {
    override async get(...[user, options]: Parameters<ScriptedStore["get"]>) {
      const mapping = await super.get(user, options);
      if (options?.userAssertion === "without a second factor") throw new AcsAuthError("claims_challenge", "More.");
      return mapping;
    }
  }

  it.each(["getUser", "getOrCreateUser", "issueToken"] as const)(
    "do not get each other's refusals from %s",
    async (method) => {
      const { service } = start(new DelegatedStore());
      await service.getOrCreateUser(session("with a second factor"));
      for (const order of [
        ["without a second factor", "with a second factor"],
        ["with a second factor", "without a second factor"],
      ]) {
        const [refused, accepted] = [order.indexOf("without a second factor"), order.indexOf("with a second factor")];
        const results = await Promise.allSettled(order.map((accessToken) => service[method](session(accessToken))));
        expect(results[accepted]?.status).toBe("fulfilled");
        // Once the mapping is cached, the store is not asked for a token any more.
        if (method !== "issueToken") expect(results[refused]?.status).toBe("rejected");
      }
    },
  );
});

describe("the name under which a user's calls and cache entries are kept", () => {
  const member = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom("1:a", "a", "1", ":", "aa", "2:aa"));
  const key = fc.record({ tenantId: member, objectId: member });

  it("is different for different users, whatever characters they hold", () => {
    fc.assert(
      fc.property(key, key, (one, other) => {
        const [first, second] = [canonicalUserKey(one), canonicalUserKey(other)];
        const isSame = first.tenantId === second.tenantId && first.objectId === second.objectId;
        expect(userKeyId(first) === userKeyId(second)).toBe(isSame);
      }),
      {
        numRuns: 5000,
        examples: [
          [
            { tenantId: "1", objectId: ":aa" },
            { tenantId: "1:a", objectId: "a" },
          ],
        ],
      },
    );
  });
});
