import type { AcsAuthErrorCode } from "@acs-auth/core";
import type { Fault } from "@acs-auth/emulator";
import { describe, expect, it } from "vitest";
import { CREATE, expectCode, newMapping, OBO, READ, rejection, useGraph } from "./support/harness.js";

const { emulator, newStore, requests, signIn } = useGraph();

/** The error rows of Graph: what it answers, and what the store makes of it. */
const ROWS: [string, Pick<Fault, "status" | "body" | "code">, AcsAuthErrorCode, string | undefined][] = [
  ["AccessDenied", { status: 403, code: "AccessDenied" }, "store_denied", "permission_missing"],
  [
    "Authorization_RequestDenied",
    { status: 403, code: "Authorization_RequestDenied" },
    "store_denied",
    "permission_missing",
  ],
  ["a wrong path", { status: 400, code: "RequestBroker--ParseUri" }, "store_denied", undefined],
  ["a missing user", { status: 404, code: "Request_ResourceNotFound" }, "store_denied", "user_not_found"],
  ["InvalidAuthenticationToken", { status: 401, code: "InvalidAuthenticationToken" }, "store_denied", "token_refused"],
  ["500", { status: 500, code: "InternalServerError" }, "store_unavailable", undefined],
  ["502 of a gateway", { status: 502, body: "<html>Bad Gateway</html>" }, "store_unavailable", undefined],
  ["503", { status: 503, code: "ServiceUnavailable" }, "store_unavailable", undefined],
  ["504", { status: 504, code: "GatewayTimeout" }, "store_unavailable", undefined],
  [
    "404 of something that is not Graph",
    { status: 404, body: "<html>Not Found</html>" },
    "store_unavailable",
    undefined,
  ],
  ["429 without Retry-After", { status: 429, code: "TooManyRequests" }, "throttled", undefined],
];

describe("every failure of Graph has its code", () => {
  it.each(ROWS)("on reading: %s", async (_, answer, code, reason) => {
    const { user, options } = await signIn();
    emulator().faults.add({ service: "graph", ...answer });
    const error = await expectCode(newStore().get(user, options), code);
    expect(error.reason).toBe(reason);
    expect(requests("graph", READ)).toBeLessThanOrEqual(3);
  });

  it.each(ROWS.filter(([name]) => name !== "a wrong path"))("on writing: %s", async (_, answer, code, reason) => {
    const { user, options } = await signIn();
    emulator().faults.add({ service: "graph", ...answer });
    const error = await expectCode(newStore().insertIfAbsent(newMapping(user), options), code);
    expect(error.reason).toBe(reason);
    expect(requests("graph", CREATE)).toBe(answer.status === 401 ? 2 : 1);
  });

  it("names the least permission", async () => {
    const { user, options } = await signIn();
    emulator().faults.add({ service: "graph", status: 403, code: "AccessDenied" });
    expect((await expectCode(newStore().get(user, options), "store_denied")).message).toContain("User.ReadWrite");
  });

  it("is what a real missing permission comes to: User.Read reads and does not write", async () => {
    emulator().entra.revokeConsent({ application: "api", resource: "graph", scopes: ["User.ReadWrite"] });
    const { user, options } = await signIn();
    expect(await newStore().get(user, options)).toBeUndefined();
    const error = await expectCode(newStore().insertIfAbsent(newMapping(user), options), "store_denied");
    expect(error.reason).toBe("permission_missing");
  });

  it("that cannot be connected to is unavailable", async () => {
    const { user, options } = await signIn();
    const store = newStore({ graphEndpoint: "https://localhost:1" });
    await expectCode(store.get(user, options), "store_unavailable");
  });

  it("that answers with another body is unavailable", async () => {
    const { user, options } = await signIn();
    emulator().faults.add({ service: "graph", connection: "reset" });
    await expectCode(newStore().get(user, options), "store_unavailable");
    expect(requests("graph", READ)).toBe(3);
  });

  it("that does not answer is unavailable after three times the request timeout", async () => {
    const { user, options } = await signIn();
    emulator().faults.add({ service: "graph", connection: "hang" });
    const started = performance.now();
    const error = await expectCode(newStore({ requestTimeoutInMs: 200 }).get(user, options), "store_unavailable");
    expect(error.message).toContain("in time");
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it("does not put Graph's words, which may name the user, on the error", async () => {
    const { user, options } = await signIn();
    const message = `Resource '${user.objectId}' does not exist.`;
    emulator().faults.add({
      service: "graph",
      status: 404,
      body: { error: { code: "Request_ResourceNotFound", message } },
    });
    const error = await expectCode(newStore().get(user, options), "store_denied");
    expect(inspectDeep(error)).not.toContain(user.objectId);
  });
});

describe("reading is repeated", () => {
  it("until it succeeds, at most twice", async () => {
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    await newStore().insertIfAbsent(mapping, options);
    emulator().faults.add({ service: "graph", method: "GET", times: 2, status: 503 });
    expect(await newStore().get(user, options)).toEqual(mapping);
    expect(requests("graph", READ)).toBe(3);
  });

  it("after a short Retry-After", async () => {
    const { user, options } = await signIn();
    emulator().faults.add({ service: "graph", method: "GET", times: 1, status: 429, retryAfterInSeconds: 1 });
    const started = performance.now();
    expect(await newStore().get(user, options)).toBeUndefined();
    expect(performance.now() - started).toBeGreaterThan(950);
  });

  it("not after a long one: it is passed on at once", async () => {
    const { user, options } = await signIn();
    emulator().faults.add({ service: "graph", method: "GET", status: 429, retryAfterInSeconds: 30 });
    const started = performance.now();
    const error = await expectCode(newStore().get(user, options), "throttled");
    expect(error.retryAfterInMs).toBe(30_000);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(requests("graph", READ)).toBe(1);
  });

  it("and understands decimals and dates", async () => {
    const { user, options } = await signIn();
    const fault = emulator().faults.add({ service: "graph", status: 429, headers: { "Retry-After": "2.128" } });
    expect((await expectCode(newStore().get(user, options), "throttled")).retryAfterInMs).toBe(2_128);
    fault.remove();
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    emulator().faults.add({ service: "graph", status: 429, headers: { "Retry-After": inAMinute } });
    const error = await expectCode(newStore().get(user, options), "throttled");
    expect(error.retryAfterInMs).toBeGreaterThan(55_000);
  });
});

describe("abortSignal", () => {
  it("ends a call that hangs with an AbortError, whatever the caller's reason", async () => {
    const { user, options } = await signIn();
    emulator().faults.add({ service: "graph", connection: "hang" });
    const started = performance.now();
    for (const call of [
      (signal: AbortSignal) => newStore().get(user, { ...options, abortSignal: signal }),
      (signal: AbortSignal) => newStore().insertIfAbsent(newMapping(user), { ...options, abortSignal: signal }),
      (signal: AbortSignal) => newStore().removeIfMatches(user, "any", { ...options, abortSignal: signal }),
    ]) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new Error("the caller's own reason")), 150);
      expect(await rejection(call(controller.signal))).toHaveProperty("name", "AbortError");
    }
    expect(performance.now() - started).toBeLessThan(2_500);
  });

  it("that has fired costs no request", async () => {
    const { user, options } = await signIn();
    const error = await rejection(newStore().get(user, { ...options, abortSignal: AbortSignal.abort() }));
    expect(error).toHaveProperty("name", "AbortError");
    expect(requests("graph") + requests("entra")).toBe(0);
  });

  it("ends waiting for a token that hangs", async () => {
    const { user, options } = await signIn();
    emulator().faults.add({ service: "entra", method: "POST", connection: "hang" });
    const abortSignal = AbortSignal.timeout(300);
    expect(await rejection(newStore().get(user, { ...options, abortSignal }))).toHaveProperty("name", "AbortError");
    expect(requests("entra", OBO)).toBe(1);
  });
});

describe("absence is said by Graph, not guessed", () => {
  it("a 404 in other words is checked: the user exists, so the extension is absent", async () => {
    const { user, options } = await signIn();
    const body = { error: { code: "ResourceNotFound", message: "In other words." } };
    emulator().faults.add({ service: "graph", path: "/v1.0/me/extensions/{name}", status: 404, body });
    expect(await newStore().get(user, options)).toBeUndefined();
    expect(requests("graph")).toBe(2);
  });

  it("a 404 that is not Graph's says nothing, neither of the mapping nor of its removal", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    await store.insertIfAbsent(mapping, options);
    const answer = {
      service: "graph",
      path: "/v1.0/me/extensions/{name}",
      status: 404,
      body: "<html>Not Found</html>",
    } as const;
    const fault = emulator().faults.add({ ...answer, method: "GET" });
    await expectCode(store.get(user, options), "store_unavailable");
    fault.remove();
    emulator().faults.add({ ...answer, method: "DELETE" });
    await expectCode(store.removeIfMatches(user, mapping.communicationUserId, options), "store_unavailable");
  });

  it("a 404 in other words is checked: the user does not exist, so nothing is known", async () => {
    const { user, options } = await signIn();
    const body = { error: { code: "ResourceNotFound", message: "Parent Object Not Found" } };
    emulator().faults.add({ service: "graph", path: "/v1.0/me/extensions/{name}", status: 404, body });
    emulator().faults.add({ service: "graph", path: "/v1.0/me", status: 404, code: "Request_ResourceNotFound" });
    const error = await expectCode(newStore().get(user, options), "store_denied");
    expect(error.reason).toBe("user_not_found");
  });
});

function inspectDeep(error: unknown): string {
  const seen: string[] = [];
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    seen.push(String(current), current.stack ?? "", JSON.stringify({ ...current }));
  }
  return seen.join("\n");
}
