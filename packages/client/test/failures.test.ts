import { inspect } from "node:util";
import { AcsAuthClient, type AcsAuthError } from "@acs-auth/client";
import { afterEach, describe, expect, it, vi } from "vitest";
import { answer, cut, hang, problem, startBackend, useEmulator } from "./support/backend.js";

const emulator = useEmulator();
const start = () => startBackend(emulator());
const failureOf = (promise: Promise<unknown>): Promise<AcsAuthError> =>
  promise.then(
    () => Promise.reject(new Error("It did not fail.")),
    (error) => error,
  );

/** Back-off without its wait; what a server asks for remains. */
const withoutBackOff = () => vi.spyOn(Math, "random").mockReturnValue(0);

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a failure that can pass", () => {
  it.each([
    ["a lost connection", cut],
    ["408", answer(408)],
    ["429", problem(429, "throttled")],
    ["500", problem(500, "internal_error")],
    ["502 of a gateway", answer(502, "<h1>Bad gateway</h1>")],
    ["503", problem(503, "store_unavailable")],
  ])("is tried again: %s", async (_, failure) => {
    withoutBackOff();
    const backend = await start();
    backend.answerNext(failure, failure, failure);
    await new AcsAuthClient(backend.client).getOrCreateUser();
    expect(backend.requests).toHaveLength(4);
  });

  it.each(["acs_denied", "provider_denied", "store_denied"])("is not what %s is", async (code) => {
    const backend = await start();
    backend.answerNext(problem(502, code));
    await expect(new AcsAuthClient(backend.client).getUser()).rejects.toMatchObject({ code });
    expect(backend.requests).toHaveLength(1);
  });

  it("is passed on after as many retries as allowed", async () => {
    withoutBackOff();
    const backend = await start();
    backend.answerNext(...Array.from({ length: 9 }, () => problem(503, "acs_unavailable", { "x-request-id": "one" })));
    const client = new AcsAuthClient({ ...backend.client, maxRetries: 1 });
    const expected = { code: "acs_unavailable", statusCode: 503, message: "Because.", requestId: "one" };
    await expect(client.getUser()).rejects.toMatchObject(expected);
    expect(backend.requests).toHaveLength(2);
    await expect(new AcsAuthClient(backend.client).getUser()).rejects.toMatchObject(expected);
    expect(backend.requests).toHaveLength(6);
  });

  it("waits a random time below a bound that doubles", async () => {
    const random = vi.spyOn(Math, "random").mockReturnValue(0.1);
    const delays = vi.spyOn(globalThis, "setTimeout");
    const backend = await start();
    backend.answerNext(cut, cut, cut);
    await new AcsAuthClient({ ...backend.client, timeoutInMs: 12_345 }).getOrCreateUser();
    expect(delays.mock.calls.map(([, delay]) => delay).filter((delay) => [50, 100, 200].includes(delay ?? 0))).toEqual([
      50, 100, 200,
    ]);
    expect(random).toHaveBeenCalled();
  });

  it("is not tried again before the server allows", async () => {
    withoutBackOff();
    const backend = await start();
    const inTwoSeconds = new Date(Math.ceil(Date.now() / 1000) * 1000 + 2_000);
    backend.answerNext(
      problem(429, "rate_limited", { "retry-after": "1" }),
      problem(503, "acs_unavailable", { "retry-after": inTwoSeconds.toUTCString() }),
    );
    const startedAt = performance.now();
    await new AcsAuthClient(backend.client).getOrCreateUser();
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990);
    expect(Date.now()).toBeGreaterThanOrEqual(inTwoSeconds.getTime() - 1_010);
  });

  it("is passed on at once with a longer wait that the server asks for", async () => {
    const backend = await start();
    backend.answerNext(problem(429, "rate_limited", { "retry-after": "60" }));
    await expect(new AcsAuthClient(backend.client).getUser()).rejects.toMatchObject({
      code: "rate_limited",
      retryAfterInMs: 60_000,
    });
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    backend.answerNext(problem(503, "acs_unavailable", { "retry-after": date }));
    const { retryAfterInMs } = await failureOf(new AcsAuthClient(backend.client).getUser());
    expect(retryAfterInMs).toBeGreaterThan(3_590_000);
    expect(retryAfterInMs).toBeLessThanOrEqual(3_601_000);
    expect(backend.requests).toHaveLength(2);
  });
});

describe("a failure that does not pass", () => {
  it.each([400, 403, 404, 409, 413])("is not tried again: %i", async (status) => {
    const backend = await start();
    backend.answerNext(problem(status, "some_code"));
    await expect(new AcsAuthClient(backend.client).getUser()).rejects.toMatchObject({
      code: "some_code",
      statusCode: status,
    });
    expect(backend.requests).toHaveLength(1);
  });
});

describe("an answer that is no answer of the route", () => {
  const token = { token: "a.b.c", expiresOn: "2030-01-01T00:00:00Z", user: { communicationUserId: "8:acs:a_b" } };

  it.each([
    ["nothing", ""],
    ["no JSON", "<html>"],
    ["a list", []],
    ["no token", { ...token, token: undefined }],
    ["an empty token", { ...token, token: "" }],
    ["a token with a line break", { ...token, token: "a\r\nb" }],
    ["no time", { ...token, expiresOn: "soon" }],
    ["a number as time", { ...token, expiresOn: 1 }],
    ["no identity", { ...token, user: {} }],
    ["too much", { ...token, rest: "x".repeat(70_000) }],
  ])("is invalid_response: %s", async (_, body) => {
    const backend = await start();
    backend.answerNext(answer(201, body, { "x-request-id": "one" }));
    await expect(new AcsAuthClient(backend.client).issueToken()).rejects.toMatchObject({
      code: "invalid_response",
      statusCode: 201,
    });
    expect(backend.requests).toHaveLength(1);
  });

  it("is invalid_response: an endless body, which is not read to its end", async () => {
    const backend = await start();
    backend.answerNext((_, response) => {
      const write = () => {
        while (!response.destroyed && response.write("x".repeat(16_384)));
      };
      response.on("drain", write);
      write();
    });
    await expect(new AcsAuthClient(backend.client).getUser()).rejects.toMatchObject({ code: "invalid_response" });
  });

  it("is invalid_response: a redirect, which is not followed", async () => {
    const [backend, elsewhere] = [await start(), await start()];
    backend.answerNext(answer(307, "", { location: `${elsewhere.endpoint}/api/token/teams` }));
    const call = new AcsAuthClient(backend.client).exchangeTeamsToken({ teamsUserAadToken: "a.b.c" });
    await expect(call).rejects.toMatchObject({ code: "invalid_response" });
    expect(elsewhere.requests).toEqual([]);
  });

  it("is http_error: an error without problem details", async () => {
    const backend = await start();
    backend.answerNext(answer(404, "<h1>Not here</h1>"));
    await expect(new AcsAuthClient(backend.client).getUser()).rejects.toMatchObject({
      code: "http_error",
      statusCode: 404,
      message: "The server answered with status 404.",
    });
  });
});

describe("waiting ends", () => {
  it("with timeout when the server does not answer, after as many retries as allowed", async () => {
    withoutBackOff();
    const backend = await start();
    backend.answerNext(hang, hang);
    const client = new AcsAuthClient({ ...backend.client, timeoutInMs: 200, maxRetries: 1 });
    await expect(client.getUser()).rejects.toMatchObject({ code: "timeout" });
    expect(backend.requests).toHaveLength(2);
  });

  it("with timeout when the body stops", async () => {
    const backend = await start();
    backend.answerNext((_, response) => void response.writeHead(200).write('{"acs'));
    const client = new AcsAuthClient({ ...backend.client, timeoutInMs: 300, maxRetries: 0 });
    await expect(client.getUser()).rejects.toMatchObject({ code: "timeout" });
  });

  it("with timeout when the given fetch does not heed its signal", async () => {
    const fetch = () => new Promise<Response>(() => {});
    const client = new AcsAuthClient({
      endpoint: "https://api.contoso.com",
      getAccessToken: () => "t",
      fetch,
      timeoutInMs: 50,
      maxRetries: 0,
    });
    await expect(client.getUser()).rejects.toMatchObject({ code: "timeout" });
  });

  it("with network_error when nobody listens", async () => {
    const backend = await start();
    await backend.stop();
    const client = new AcsAuthClient({ ...backend.client, maxRetries: 0 });
    await expect(client.getUser()).rejects.toMatchObject({ code: "network_error", cause: expect.any(Error) });
    await backend.resume();
  });

  const aborted = { code: "aborted", cause: { name: "AbortError" } };

  it("with aborted: before the call, during the sign-in, the request and the back-off", async () => {
    const backend = await start();
    await expect(new AcsAuthClient(backend.client).getUser({ abortSignal: AbortSignal.abort() })).rejects.toMatchObject(
      aborted,
    );
    expect(backend.signIns).toEqual([]);

    const duringSignIn = new AbortController();
    const signingIn = new AcsAuthClient({
      ...backend.client,
      getAccessToken: () => {
        setTimeout(() => duringSignIn.abort(), 10);
        return new Promise(() => {});
      },
    });
    await expect(signingIn.getUser({ abortSignal: duringSignIn.signal })).rejects.toMatchObject(aborted);

    const duringRequest = new AbortController();
    const closed = new Promise((resolve) =>
      backend.answerNext((request) => {
        request.socket.once("close", resolve);
        duringRequest.abort();
      }),
    );
    const client = new AcsAuthClient(backend.client);
    await expect(client.getUser({ abortSignal: duringRequest.signal })).rejects.toMatchObject(aborted);
    await closed;

    const duringBackOff = new AbortController();
    backend.answerNext(problem(429, "throttled", { "retry-after": "9" }));
    const call = client.getUser({ abortSignal: duringBackOff.signal });
    setTimeout(() => duringBackOff.abort(), 300);
    const startedAt = performance.now();
    await expect(call).rejects.toMatchObject(aborted);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(backend.requests).toHaveLength(2);
  });
});

describe("secrets", () => {
  it("stay out of errors, though the server repeats them", async () => {
    const backend = await start();
    const secret = await emulator().mintToken({ user: "user-one" });
    const opaque = "opaque-token-".repeat(8);
    backend.answerNext((_, response) =>
      response.writeHead(403).end(JSON.stringify({ code: "forbidden", detail: `Not ${secret}, not ${opaque}.` })),
    );
    const failure = await failureOf(new AcsAuthClient({ ...backend.client, getAccessToken: () => secret }).getUser());
    expect(failure.message).toBe("Not [redacted], not [redacted].");
    expect(inspect(failure)).not.toContain("eyJ");
  });

  it("stay out of errors of the network", async () => {
    const backend = await start();
    const secret = await emulator().mintToken({ user: "user-one" });
    backend.answerNext(cut);
    const client = new AcsAuthClient({ ...backend.client, getAccessToken: () => secret, maxRetries: 0 });
    const failure = await failureOf(client.exchangeTeamsToken({ teamsUserAadToken: secret }));
    expect(failure.code).toBe("network_error");
    expect(inspect(failure, { depth: 9 })).not.toContain("eyJ");
  });

  it("are sent with no cookies, to the endpoint only", async () => {
    const fetch = vi.fn(async () => new Response(JSON.stringify({ acsUserIdentity: "8:acs:a_b" })));
    const client = new AcsAuthClient({ endpoint: "https://api.contoso.com/", getAccessToken: () => "t", fetch });
    expect(await client.getUser()).toEqual({ communicationUserId: "8:acs:a_b" });
    expect(fetch.mock.calls).toEqual([
      ["https://api.contoso.com/api/user", expect.objectContaining({ credentials: "omit", redirect: "manual" })],
    ]);
  });
});
