import type { AcsAuthErrorCode } from "@acs-auth/core";
import { describe, expect, it } from "vitest";
import { appOnly } from "../src/index.js";
import { expectCode, newMapping, OBO, rejection, useGraph } from "./support/harness.js";

const { emulator, newStore, newAppOnlyStore, requests, signIn, userKey } = useGraph();

const CLAIMS = '{"access_token":{"polids":{"essential":true,"values":["a"]}}}';

interface Answer {
  readonly error: string;
  readonly suberror?: string;
  readonly claims?: string;
  readonly status?: number;
}

/** The error rows of Entra ID: number, what it answers with, and what the store makes of it. */
const ROWS: [number, Answer, AcsAuthErrorCode][] = [
  [50013, { error: "invalid_grant" }, "invalid_token"],
  [500133, { error: "invalid_grant" }, "invalid_token"],
  [500131, { error: "invalid_grant" }, "invalid_token"],
  [240002, { error: "invalid_grant" }, "invalid_token"],
  [65001, { error: "invalid_grant", suberror: "consent_required" }, "consent_required"],
  [65001, { error: "invalid_grant" }, "consent_required"],
  [65004, { error: "access_denied" }, "consent_required"],
  [90094, { error: "invalid_grant" }, "consent_required"],
  [50076, { error: "interaction_required", suberror: "basic_action", claims: CLAIMS }, "claims_challenge"],
  [50076, { error: "invalid_grant", suberror: "basic_action", claims: CLAIMS }, "claims_challenge"],
  [50076, { error: "invalid_grant", claims: CLAIMS }, "claims_challenge"],
  [50079, { error: "interaction_required", claims: CLAIMS }, "claims_challenge"],
  [50079, { error: "interaction_required" }, "interaction_required"],
  [50158, { error: "interaction_required", claims: CLAIMS }, "claims_challenge"],
  [53000, { error: "interaction_required", suberror: "message_only", claims: CLAIMS }, "claims_challenge"],
  [53003, { error: "invalid_grant", suberror: "message_only" }, "interaction_required"],
  [50173, { error: "invalid_grant" }, "interaction_required"],
  [70043, { error: "invalid_grant", suberror: "bad_token" }, "interaction_required"],
  [700082, { error: "invalid_grant" }, "interaction_required"],
  [50057, { error: "invalid_grant" }, "interaction_required"],
  [50105, { error: "invalid_grant" }, "interaction_required"],
  [999999, { error: "invalid_grant" }, "interaction_required"],
  [7000114, { error: "invalid_grant" }, "provider_denied"],
  [7000215, { error: "invalid_client", status: 401 }, "provider_denied"],
  [7000222, { error: "invalid_client", status: 401 }, "provider_denied"],
  [7000218, { error: "invalid_client", status: 401 }, "provider_denied"],
  [700016, { error: "unauthorized_client" }, "provider_denied"],
  [90002, { error: "invalid_request" }, "provider_denied"],
  [70011, { error: "invalid_scope" }, "provider_denied"],
  [28002, { error: "invalid_scope" }, "provider_denied"],
  [500011, { error: "invalid_resource" }, "provider_denied"],
  [900144, { error: "invalid_request" }, "provider_denied"],
  [9001023, { error: "invalid_request" }, "provider_denied"],
  [70003, { error: "unsupported_grant_type" }, "provider_denied"],
  [50196, { error: "invalid_grant" }, "throttled"],
  [90033, { error: "temporarily_unavailable", status: 503 }, "provider_unavailable"],
  [90033, { error: "temporarily_unavailable" }, "provider_unavailable"],
];

describe("every answer of Entra ID has its code", () => {
  it.each(ROWS)("AADSTS%d as %j: %s", async (number, { status = 400, ...answer }, code) => {
    const { user, options } = await signIn();
    const body = {
      ...answer,
      error_description: `AADSTS${number}: Something about user-one@home.example.\r\nTrace ID: t`,
      error_codes: [number],
      trace_id: "00000000-0000-4000-8000-000000000009",
    };
    emulator().faults.add({ service: "entra", method: "POST", status, body });
    const error = await expectCode(newStore().get(user, options), code);
    expect(error.claims).toBe(code === "claims_challenge" ? CLAIMS : undefined);
    expect(error.reason).toBe(code === "invalid_token" ? "assertion_rejected" : undefined);
    expect(error.message).toContain(`AADSTS${number}`);
    expect(String(error.cause)).toContain("00000000-0000-4000-8000-000000000009");
    expect(`${error.message} ${error.stack} ${error.cause}`).not.toContain("home.example");
    expect(requests("graph")).toBe(0);
    expect(requests("entra", OBO)).toBeLessThanOrEqual(3);
  });
});

describe("what the emulated Entra ID does by itself", () => {
  it("missing consent", async () => {
    emulator().entra.revokeConsent({ user: "user-one", application: "api", resource: "graph" });
    const { user, options } = await signIn();
    await expectCode(newStore().get(user, options), "consent_required");
  });

  it("a second factor, with the claims for the client's next sign-in", async () => {
    emulator().entra.requireMfa({ user: "user-one", resource: "graph" });
    const { user, options } = await signIn();
    const error = await expectCode(newStore().get(user, options), "claims_challenge");
    expect(JSON.parse(error.claims ?? "")).toHaveProperty("access_token.polids");
  });

  it("an expired assertion", async () => {
    const { user } = await signIn();
    const userAssertion = await emulator().mintToken({ user: "user-one", lifetimeInSeconds: -60 });
    const error = await expectCode(newStore().get(user, { userAssertion }), "invalid_token");
    expect(error.reason).toBe("assertion_rejected");
  });

  it("an assertion for another audience", async () => {
    const { user } = await signIn();
    const userAssertion = await emulator().mintToken({ user: "user-one", audience: "graph" });
    await expectCode(newStore().get(user, { userAssertion }), "invalid_token");
  });

  it("an assertion that nobody signed", async () => {
    const { user } = await signIn();
    const userAssertion = await emulator().mintToken({ user: "user-one", signWith: "unpublished" });
    await expectCode(newStore().get(user, { userAssertion }), "invalid_token");
  });

  it("an unknown application and an unknown tenant", async () => {
    const { user, options } = await signIn();
    const unknown = "e0000000-0000-4000-8000-000000000001";
    await expectCode(newStore({ obo: { clientId: unknown } }).get(user, options), "provider_denied");
    await expectCode(newStore({ obo: { tenantId: unknown } }).get(user, options), "provider_denied");
  });
});

describe("throttling and outages of Entra ID", () => {
  it("a long Retry-After is passed on at once", async () => {
    const { user, options } = await signIn();
    emulator().faults.add({ service: "entra", method: "POST", status: 429, retryAfterInSeconds: 40 });
    const started = performance.now();
    const error = await expectCode(newStore().get(user, options), "throttled");
    expect(error.retryAfterInMs).toBe(40_000);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(requests("entra", OBO)).toBe(1);
  });

  it.each([
    { status: 500 },
    { status: 503 },
    { status: 502, body: "<html>Bad Gateway</html>" },
    { connection: "reset" },
  ] as const)("%j is tried three times in all", async (fault) => {
    const { user, options } = await signIn();
    emulator().faults.add({ service: "entra", method: "POST", ...fault });
    await expectCode(newStore().get(user, options), "provider_unavailable");
    expect(requests("entra", OBO)).toBe(3);
  });

  it("one that passes goes unnoticed", async () => {
    const { user, options } = await signIn();
    emulator().faults.add({ service: "entra", method: "POST", status: 503, times: 2 });
    expect(await newStore().get(user, options)).toBeUndefined();
  });

  it("an authority that cannot be connected to is unavailable", async () => {
    const { user, options } = await signIn();
    const store = newStore({ obo: { authorityHost: "https://localhost:1" } });
    await expectCode(store.get(user, options), "provider_unavailable");
  });
});

describe("one user's trouble is nobody else's", () => {
  it.each([
    ["throttling", { status: 429, retryAfterInSeconds: 60 }, "throttled"],
    ["an outage", { status: 503, retryAfterInSeconds: 60 }, "provider_unavailable"],
  ] as const)("%s of one blocks no other, and not the same user's next call", async (_, fault, code) => {
    const store = newStore();
    const [one, two] = [await signIn("user-one"), await signIn("user-two")];
    emulator().faults.add({ service: "entra", method: "POST", times: 1, ...fault });
    await expectCode(store.get(one.user, one.options), code);
    expect(await store.get(two.user, two.options)).toBeUndefined();
    expect(await store.get(one.user, one.options)).toBeUndefined();
  });

  it("missing consent of one blocks no other", async () => {
    const store = newStore();
    const [one, two] = [await signIn("user-one"), await signIn("user-two")];
    emulator().entra.revokeConsent({ user: "user-one", application: "api", resource: "graph" });
    const results = await Promise.allSettled([
      store.get(one.user, one.options),
      store.get(two.user, two.options),
      store.get(one.user, one.options),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected"]);
    emulator().entra.grantConsent({ user: "user-one", application: "api", resource: "graph" });
    expect(await store.get(one.user, one.options)).toBeUndefined();
  });
});

describe("the assertion", () => {
  it("is required", async () => {
    const error = await rejection(newStore().get(userKey("user-one")));
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain("userAssertion");
  });

  it.each([
    ["another user's", "user-two", {}],
    ["a namesake's of another tenant", "user-one", { claims: { tid: "a0000000-0000-4000-8000-000000000002" } }],
    ["one without oid", "user-one", { claims: { oid: undefined } }],
  ])("must be the user's own, not %s: /me is whoever it belongs to", async (_, name, changes) => {
    const userAssertion = await emulator().mintToken({ user: name, ...changes });
    const user = userKey("user-one");
    for (const call of [
      () => newStore().get(user, { userAssertion }),
      () => newStore().insertIfAbsent(newMapping(user), { userAssertion }),
      () => newStore().removeIfMatches(user, "any", { userAssertion }),
    ]) {
      expect(await rejection(call())).toBeInstanceOf(TypeError);
    }
    expect(requests("entra") + requests("graph")).toBe(0);
  });

  it.each(["opaque", "a.b.c", ""])("must be a token: %j", async (userAssertion) => {
    expect(await rejection(newStore().get(userKey("user-one"), { userAssertion }))).toBeInstanceOf(TypeError);
  });
});

describe("app-only", () => {
  it("a wrong secret is the server's trouble", async () => {
    await expectCode(newAppOnlyStore({ secret: "wrong" }).get(userKey("user-one")), "provider_denied");
  });

  it.each([
    { status: 503 },
    { status: 500, body: "<html>Internal Server Error</html>" },
    { connection: "reset" },
    { status: 400, body: { error: "invalid_grant", error_description: "AADSTS90033: later", error_codes: [90033] } },
  ] as const)("%j is an outage", async (fault) => {
    emulator().faults.add({ service: "entra", method: "POST", ...fault });
    await expectCode(newAppOnlyStore().get(userKey("user-one")), "provider_unavailable");
  });

  it("what a user would have to answer is the server's trouble too", async () => {
    const body = { error: "interaction_required", error_description: "AADSTS53003: blocked", error_codes: [53003] };
    emulator().faults.add({ service: "entra", method: "POST", status: 400, body });
    await expectCode(newAppOnlyStore().get(userKey("user-one")), "provider_denied");
  });

  it("a credential that fails by itself is, too, and what it says is stripped", async () => {
    const secret = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2lnbmF0dXJl";
    const credential = { getToken: () => Promise.reject(new Error(`failed with ${secret}`)) };
    const error = await expectCode(
      newStore({ access: appOnly({ credential }) }).get(userKey("user-one")),
      "provider_denied",
    );
    expect(`${error.stack} ${error.cause}`).not.toContain(secret);
    const none = { getToken: async () => null };
    await expectCode(newStore({ access: appOnly({ credential: none }) }).get(userKey("user-one")), "provider_denied");
  });
});
