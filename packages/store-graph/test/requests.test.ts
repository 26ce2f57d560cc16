import { AcsAuthService, createIdentityClient } from "@acs-auth/core";
import { describe, expect, it } from "vitest";
import { CREATE, fixturesWithUsers, newMapping, OBO, READ, type SignedIn, useGraph } from "./support/harness.js";

const USERS = 1_000;
const { emulator, newStore, newAppOnlyStore, requests, signIn, userKey } = useGraph({
  fixtures: fixturesWithUsers(USERS),
});

describe("what calls cost", () => {
  it("the first of a known user: one token request and one reading; later ones: one reading", async () => {
    const { user, options } = await signIn();
    await newStore().insertIfAbsent(newMapping(user), options);
    const store = newStore();
    emulator().requests.clear();
    await store.get(user, options);
    expect([requests("entra", OBO), requests("graph", READ), requests("graph")]).toEqual([1, 1, 1]);
    await store.get(user, options);
    await store.get(user, options);
    expect([requests("entra", OBO), requests("graph", READ), requests("graph")]).toEqual([1, 3, 3]);
  });

  it("a new user: one token request, one reading, one creation", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    await store.get(user, options);
    await store.insertIfAbsent(newMapping(user), options);
    expect([requests("entra", OBO), requests("graph", READ), requests("graph", CREATE)]).toEqual([1, 1, 1]);
    expect(requests("graph")).toBe(2);
  });

  it("through the service: identity and token of a new user in at most 5 requests, of a known one in 3, then 1", async () => {
    const identityClient = createIdentityClient(emulator().communication.connectionString);
    const { user, options } = await signIn();
    const caller = { ...user, accessToken: options.userAssertion };
    const total = () => requests("entra", OBO) + requests("graph") + requests("communication");
    const first = new AcsAuthService({ identityClient, store: newStore() });
    await first.issueToken(caller, { createIfMissing: true });
    expect(total()).toBeLessThanOrEqual(5);
    const second = new AcsAuthService({ identityClient, store: newStore() });
    emulator().requests.clear();
    await second.issueToken(caller);
    expect(total()).toBe(3);
    emulator().requests.clear();
    await second.issueToken(caller);
    expect(total()).toBe(1);
  });

  it("concurrent calls of one user share the token request", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    await Promise.all(Array.from({ length: 20 }, () => store.get(user, options)));
    expect([requests("entra", OBO), requests("graph", READ)]).toEqual([1, 20]);
  });

  it("a caller who leaves does not take the shared token request with them", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    emulator().faults.add({ service: "entra", method: "POST", times: 1, delayInMs: 300 });
    const left = store
      .get(user, { ...options, abortSignal: AbortSignal.timeout(50) })
      .catch((error: Error) => error.name);
    const stayed = store.get(user, options);
    expect(await left).toBe("AbortError");
    expect(await stayed).toBeUndefined();
    expect(requests("entra", OBO)).toBe(1);
  });

  it("metadata of an authority that is not Microsoft's is asked for once, not once per user", async () => {
    const store = newStore();
    for (const name of ["user-one", "user-two", "user-three"]) {
      const { user, options } = await signIn(name);
      await store.get(user, options);
    }
    expect(requests("entra", OBO)).toBe(3);
    expect(requests("entra") - requests("entra", OBO)).toBe(1);
  });

  it("app-only: one token for all users", async () => {
    const store = newAppOnlyStore();
    await store.get(userKey("user-one"));
    await Promise.all(["user-one", "user-two", "user-three"].map((name) => store.get(userKey(name))));
    expect(requests("entra", OBO)).toBe(1);
    expect(requests("graph")).toBe(4);
  });
});

describe("the tokens of many users", () => {
  it(`are kept for ${USERS} users in rotation`, async () => {
    const store = newStore();
    const users = await signInMany(USERS);
    await eachOf(users, ({ user, options }) => store.get(user, options));
    expect(requests("entra", OBO)).toBe(USERS);
    await eachOf(users, ({ user, options }) => store.get(user, options));
    expect(requests("entra", OBO)).toBe(USERS);
    expect(requests("graph")).toBe(2 * USERS);
  }, 120_000);

  it("are bounded by maxCachedUsers: whoever was not seen for longest goes", async () => {
    const store = newStore({ obo: { maxCachedUsers: 2 } });
    const [one, two, three] = await signInMany(3);
    if (!one || !two || !three) return expect.fail();
    for (const { user, options } of [one, two, one, three, one]) await store.get(user, options);
    expect(requests("entra", OBO)).toBe(3);
    await store.get(two.user, two.options);
    expect(requests("entra", OBO)).toBe(4);
  });

  it("are asked for anew for a new assertion of the same user", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    await store.get(user, options);
    const userAssertion = await emulator().mintToken({ user: "user-one", claims: { uti: "another" } });
    await store.get(user, { userAssertion });
    expect(requests("entra", OBO)).toBe(2);
  });
});

function signInMany(count: number): Promise<SignedIn[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => signIn(`many-${index}`)));
}

/** Twenty at a time. */
async function eachOf<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: 20 }, worker));
}
