import { describe, expect, it } from "vitest";
import { CREATE, expectCode, newMapping, OBO, READ, useGraph } from "./support/harness.js";

const { emulator, newStore, newAppOnlyStore, requests, signIn, userKey } = useGraph();

const CLAIMS = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
const challenge = (claims: string) => ({
  "WWW-Authenticate":
    'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", ' +
    `error="insufficient_claims", claims="${Buffer.from(claims).toString("base64")}"`,
});

describe("continuous access evaluation", () => {
  it("a token that Graph no longer takes is replaced without anybody noticing", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    await store.insertIfAbsent(mapping, options);
    emulator().faults.add({
      service: "graph",
      status: 401,
      times: 1,
      headers: challenge('{"access_token":{"nbf":{"value":"1"}}}'),
    });
    emulator().requests.clear();
    expect(await store.get(user, options)).toEqual(mapping);
    expect([requests("entra", OBO), requests("graph", READ)]).toEqual([1, 2]);
    await store.get(user, options);
    expect(requests("entra", OBO)).toBe(1);
  });

  it("a creation meets a refused token too, and is sent again since Graph did nothing", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    await store.get(user, options);
    emulator().faults.add({ service: "graph", method: "POST", status: 401, times: 1 });
    const mapping = newMapping(user);
    expect(await store.insertIfAbsent(mapping, options)).toEqual({ inserted: true, mapping });
    expect(requests("graph", CREATE)).toBe(2);
  });

  it("what Entra ID cannot settle without the user surfaces with Entra's claims", async () => {
    const { user, options } = await signIn();
    emulator().graph.requireClaims({ user: "user-one", claims: JSON.parse(CLAIMS) });
    const error = await expectCode(newStore().get(user, options), "claims_challenge");
    expect(JSON.parse(error.claims ?? "")).toHaveProperty("access_token.acrs");
    expect(requests("entra", OBO)).toBe(2);
    expect(requests("graph", READ)).toBe(1);
  });

  it("where Entra ID only says that the user is needed, Graph's claims go to the client", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    await store.get(user, options);
    emulator().faults.add({ service: "graph", status: 401, headers: challenge(CLAIMS) });
    const body = { error: "invalid_grant", error_description: "AADSTS50173", error_codes: [50173] };
    emulator().faults.add({ service: "entra", method: "POST", status: 400, body });
    const error = await expectCode(store.get(user, options), "claims_challenge");
    expect(error.claims).toBe(CLAIMS);
  });

  it("Graph's claims go to the client too if a new token does not help", async () => {
    const { user, options } = await signIn();
    const nbf = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
    emulator().faults.add({ service: "graph", status: 401, headers: challenge(nbf) });
    const error = await expectCode(newStore().get(user, options), "claims_challenge");
    expect(error.claims).toBe(nbf);
    expect([requests("entra", OBO), requests("graph", READ)]).toEqual([2, 2]);
  });

  it("one user's challenge is nobody else's", async () => {
    const store = newStore();
    emulator().graph.requireClaims({ user: "user-one", claims: JSON.parse(CLAIMS) });
    const [one, two] = [await signIn("user-one"), await signIn("user-two")];
    await expectCode(store.get(one.user, one.options), "claims_challenge");
    expect(await store.get(two.user, two.options)).toBeUndefined();
  });

  it("of an application is no user's to answer", async () => {
    const nbf = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
    emulator().faults.add({ service: "graph", status: 401, headers: challenge(nbf) });
    const error = await expectCode(newAppOnlyStore().get(userKey("user-one")), "store_denied");
    expect(error.claims).toBeUndefined();
  });
});
