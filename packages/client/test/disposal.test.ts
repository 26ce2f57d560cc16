import { describe, expect, it, vi } from "vitest";
import { cut, useEmulator } from "./support/backend.js";
import { minutes, quiet, sleepOf, useClock } from "./support/clock.js";
import { createCredential, startHourlyBackend } from "./support/credential.js";
import { unhandledRejectionsOf } from "./support/unhandled-rejections.js";

const emulator = useEmulator();
useClock();

describe("dispose", () => {
  it("ends all timers, and nothing is sent any more", async () => {
    const backend = await startHourlyBackend(emulator());
    const { credential } = await createCredential(backend);
    const timers = vi.getTimerCount();
    credential.dispose();
    expect(vi.getTimerCount()).toBe(timers - 1);
    await vi.advanceTimersByTimeAsync(minutes(120));
    await expect(credential.getToken()).rejects.toMatchObject({ name: "AcsAuthError", code: "disposed" });
    await quiet();
    expect(backend.requests).toHaveLength(1);
  });

  it("aborts a refresh under way and tells those who wait", async () => {
    const backend = await startHourlyBackend(emulator());
    const { credential } = await createCredential(backend);
    const received = new Promise<{ closed: Promise<unknown> }>((resolve) => {
      backend.answerNext((request) => {
        resolve({ closed: new Promise((closed) => request.socket.once("close", closed)) });
      });
    });
    sleepOf(minutes(61));
    const waiting = credential.getToken();
    waiting.catch(() => {});
    const { closed } = await received;
    const rejections = await unhandledRejectionsOf(async () => {
      credential.dispose();
      await closed;
    });
    expect(rejections).toEqual([]);
    await expect(waiting).rejects.toMatchObject({ code: "disposed" });
    await vi.advanceTimersByTimeAsync(minutes(120));
    await quiet();
    expect(backend.requests).toHaveLength(2);
  });

  it("ends the rest between two tries", async () => {
    const backend = await startHourlyBackend(emulator());
    const { credential, onRefreshFailed } = await createCredential(backend);
    backend.answerNext(cut);
    await vi.advanceTimersByTimeAsync(minutes(50));
    await vi.waitFor(() => expect(onRefreshFailed).toHaveBeenCalledTimes(1));
    const timers = vi.getTimerCount();
    credential.dispose();
    expect(vi.getTimerCount()).toBe(timers - 1);
    await vi.advanceTimersByTimeAsync(minutes(60));
    await quiet();
    expect(backend.requests).toHaveLength(2);
  });

  it("in onRefreshed tells those who wait for that token", async () => {
    const backend = await startHourlyBackend(emulator());
    const { credential } = await createCredential(backend, { onRefreshed: () => credential.dispose() });
    sleepOf(minutes(61));
    await expect(credential.getToken()).rejects.toMatchObject({ name: "AcsAuthError", code: "disposed" });
  });

  it("keeps a token away that comes too late", async () => {
    const backend = await startHourlyBackend(emulator());
    const onRefreshed = vi.fn();
    let arrive: (token: string) => void = () => {};
    const { getAccessToken } = backend.client;
    let signIns = 0;
    const { credential } = await createCredential(backend, {
      onRefreshed,
      getAccessToken: (request) => {
        signIns += 1;
        if (signIns === 1) return getAccessToken(request);
        return new Promise((resolve) => {
          arrive = resolve;
        });
      },
    });
    await vi.advanceTimersByTimeAsync(minutes(50));
    credential.dispose();
    arrive(await emulator().mintToken({ user: "user-one" }));
    await quiet();
    expect(onRefreshed).not.toHaveBeenCalled();
    expect(backend.requests).toHaveLength(1);
  });
});
