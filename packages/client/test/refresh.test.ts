import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import type { AccessToken } from "@azure/core-auth";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { cut, problem, useEmulator } from "./support/backend.js";
import { minutes, quiet, sleepOf, useClock } from "./support/clock.js";
import { createCredential, restAfterFailure, startHourlyBackend } from "./support/credential.js";
import { unhandledRejectionsOf } from "./support/unhandled-rejections.js";

const emulator = useEmulator();
useClock();

describe("the credential", () => {
  it("is the SDK's, and hands the first token out without another request", async () => {
    const backend = await startHourlyBackend(emulator());
    const { credential } = await createCredential(backend);
    expect(credential).toBeInstanceOf(AzureCommunicationTokenCredential);
    const { token, expiresOnTimestamp } = await credential.getToken();
    expect(await emulator().communication.introspectToken(token)).toMatchObject({
      active: true,
      scopes: ["chat"],
      expiresOn: expect.any(Date),
    });
    expect(Math.abs(expiresOnTimestamp - Date.now() - minutes(60))).toBeLessThan(5_000);
    expect((await credential.getToken()).token).toBe(token);
    expect(backend.requests).toHaveLength(1);
  });

  it("is not made without a first token", async () => {
    const backend = await startHourlyBackend(emulator());
    backend.answerNext(problem(403, "forbidden"));
    await expect(createCredential(backend)).rejects.toMatchObject({ name: "AcsAuthError", code: "forbidden" });
    const abortSignal = AbortSignal.abort();
    await expect(createCredential(backend, { abortSignal })).rejects.toMatchObject({ code: "aborted" });
  });

  it("gets a new token 10 minutes before the end, again and again", async () => {
    const backend = await startHourlyBackend(emulator());
    const { credential, onRefreshed } = await createCredential(backend);
    const first = await credential.getToken();
    await vi.advanceTimersByTimeAsync(minutes(49));
    await quiet();
    expect(backend.requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(minutes(1));
    await vi.waitFor(() => expect(onRefreshed).toHaveBeenCalledTimes(1));
    const second = await credential.getToken();
    expect(second.expiresOnTimestamp).toBeGreaterThan(first.expiresOnTimestamp);
    expect(onRefreshed).toHaveBeenCalledWith({ expiresOn: new Date(second.expiresOnTimestamp) });
    await vi.advanceTimersByTimeAsync(minutes(51));
    await vi.waitFor(() => expect(onRefreshed).toHaveBeenCalledTimes(2));
    expect(backend.requests).toHaveLength(3);
  });

  it("hands the new token out as soon as it tells of it", async () => {
    const backend = await startHourlyBackend(emulator());
    const inEvent = vi.fn<(token: Promise<AccessToken>) => void>();
    const { credential } = await createCredential(backend, { onRefreshed: () => inEvent(credential.getToken()) });
    const first = await credential.getToken();
    await vi.advanceTimersByTimeAsync(minutes(50));
    await vi.waitFor(() => expect(inEvent).toHaveBeenCalledTimes(1));
    const second = await inEvent.mock.calls[0]?.[0];
    expect(second?.token).not.toBe(first.token);
    expect(await credential.getToken()).toEqual(second);
  });

  it("gets one new token for all who ask, after a sleep longer than the token's life", async () => {
    const backend = await startHourlyBackend(emulator());
    const { credential } = await createCredential(backend);
    const first = await credential.getToken();
    sleepOf(minutes(90));
    const tokens = await Promise.all(Array.from({ length: 20 }, () => credential.getToken()));
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(1);
    expect(tokens[0]?.token).not.toBe(first.token);
    expect(backend.requests).toHaveLength(2);
  });
});

describe("a refresh that fails ahead of time", () => {
  it("is an unhandled rejection with the SDK alone (control)", async () => {
    const backend = await startHourlyBackend(emulator());
    const { credential } = await createCredential(backend);
    const { token } = await credential.getToken();
    const bare = new AzureCommunicationTokenCredential({
      token,
      refreshProactively: true,
      tokenRefresher: () => Promise.reject(new Error("The server is down.")),
    });
    onTestFinished(() => bare.dispose());
    const rejections = await unhandledRejectionsOf(async () => {
      await vi.advanceTimersByTimeAsync(minutes(50));
    });
    expect(rejections).toEqual([new Error("The server is down.")]);
  });

  it("is none here, is reported, leaves the last token in use, and is made up for", async () => {
    const backend = await startHourlyBackend(emulator());
    const { credential, onRefreshed, onRefreshFailed } = await createCredential(backend);
    const first = await credential.getToken();
    backend.answerNext(cut, problem(503, "store_unavailable"));
    const rejections = await unhandledRejectionsOf(async () => {
      await vi.advanceTimersByTimeAsync(minutes(50));
      await restAfterFailure(onRefreshFailed, 1);
      expect((await credential.getToken()).token).toBe(first.token);
      await restAfterFailure(onRefreshFailed, 2);
      await vi.waitFor(() => expect(onRefreshed).toHaveBeenCalledTimes(1));
    });
    expect(rejections).toEqual([]);
    expect(onRefreshFailed.mock.calls.map(([{ code }]) => code)).toEqual(["network_error", "store_unavailable"]);
    expect((await credential.getToken()).token).not.toBe(first.token);
  });

  it("is tried again with delays that are random below a bound of 5 minutes", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    const backend = await startHourlyBackend(emulator());
    const { onRefreshFailed } = await createCredential(backend);
    backend.answerNext(...Array.from({ length: 7 }, () => cut));
    await vi.advanceTimersByTimeAsync(minutes(50));
    for (let failures = 1; failures <= 7; failures += 1) await restAfterFailure(onRefreshFailed, failures);
    const delays = onRefreshFailed.mock.calls.map(([, { retryInMs = 0 }]) => retryInMs / 30_000);
    expect(delays).toEqual([0.5, 1, 2, 4, 5, 5, 5]);
  });

  it("is not tried again by itself if it does not pass by itself", async () => {
    const backend = await startHourlyBackend(emulator());
    const { credential, onRefreshFailed } = await createCredential(backend);
    const first = await credential.getToken();
    backend.answerNext(problem(403, "forbidden"), problem(403, "forbidden"));
    await vi.advanceTimersByTimeAsync(minutes(50));
    await vi.waitFor(() => expect(onRefreshFailed).toHaveBeenCalledTimes(1));
    expect(onRefreshFailed).toHaveBeenCalledWith(expect.objectContaining({ code: "forbidden" }), {
      retryInMs: undefined,
    });
    await vi.advanceTimersByTimeAsync(minutes(9));
    await quiet();
    expect(backend.requests).toHaveLength(2);
    expect((await credential.getToken()).token).toBe(first.token);
    await vi.advanceTimersByTimeAsync(minutes(60));
    await quiet();
    expect(backend.requests).toHaveLength(2);
    await expect(credential.getToken()).rejects.toMatchObject({ name: "AcsAuthError", code: "forbidden" });
    expect((await credential.getToken()).token).not.toBe(first.token);
    expect(backend.requests).toHaveLength(4);
  });
});

describe("once the token has run out", () => {
  it("everybody who waits gets the failure, and the next who asks gets a token", async () => {
    const backend = await startHourlyBackend(emulator());
    const { credential } = await createCredential(backend);
    await backend.stop();
    sleepOf(minutes(61));
    const rejections = await unhandledRejectionsOf(async () => {
      const answers = await Promise.allSettled([credential.getToken(), credential.getToken(), credential.getToken()]);
      for (const answer of answers) {
        expect(answer).toMatchObject({ status: "rejected", reason: { name: "AcsAuthError", code: "network_error" } });
      }
    });
    expect(rejections).toEqual([]);
    await backend.resume();
    const { token, expiresOnTimestamp } = await credential.getToken();
    expect(expiresOnTimestamp).toBeGreaterThan(Date.now());
    expect(await emulator().communication.introspectToken(token)).toMatchObject({ active: true });
    expect(backend.requests).toHaveLength(2);
  });

  it("the server is not asked before it allows, whoever asks", async () => {
    const backend = await startHourlyBackend(emulator());
    const { credential, onRefreshFailed, onRefreshed } = await createCredential(backend);
    backend.answerNext(problem(429, "rate_limited", { "retry-after": "120" }));
    sleepOf(minutes(61));
    const expected = { code: "rate_limited", retryAfterInMs: 120_000 };
    await expect(credential.getToken()).rejects.toMatchObject(expected);
    expect(onRefreshFailed.mock.calls[0]?.[1].retryInMs).toBeGreaterThanOrEqual(120_000);
    await vi.advanceTimersByTimeAsync(119_000);
    await expect(credential.getToken()).rejects.toMatchObject(expected);
    await quiet();
    expect(backend.requests).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    await credential.getToken();
    expect(onRefreshed).toHaveBeenCalledTimes(1);
    expect(backend.requests).toHaveLength(3);
  });

  it("one caller's abort ends only its own wait", async () => {
    const backend = await startHourlyBackend(emulator());
    const { credential } = await createCredential(backend);
    sleepOf(minutes(61));
    const controller = new AbortController();
    const impatient = credential.getToken({ abortSignal: controller.signal });
    const patient = credential.getToken();
    controller.abort();
    await expect(impatient).rejects.toMatchObject({ code: "aborted", cause: { name: "AbortError" } });
    expect((await patient).expiresOnTimestamp).toBeGreaterThan(Date.now());
    expect(backend.requests).toHaveLength(2);
  });
});

it("a listener that throws changes nothing", async () => {
  const backend = await startHourlyBackend(emulator());
  const failing = vi.fn(() => {
    throw new Error("A defect of the application.");
  });
  const { credential } = await createCredential(backend, { onRefreshed: failing, onRefreshFailed: failing });
  const first = await credential.getToken();
  backend.answerNext(cut);
  const rejections = await unhandledRejectionsOf(async () => {
    await vi.advanceTimersByTimeAsync(minutes(50));
    await restAfterFailure(failing, 1);
    await vi.waitFor(() => expect(failing).toHaveBeenCalledTimes(2));
  });
  expect(rejections).toEqual([]);
  expect((await credential.getToken()).token).not.toBe(first.token);
});
