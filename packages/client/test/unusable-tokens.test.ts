import { describe, expect, it, vi } from "vitest";
import { useEmulator } from "./support/backend.js";
import { minutes, useClock } from "./support/clock.js";
import { createCredential, startHourlyBackend } from "./support/credential.js";
import { unhandledRejectionsOf } from "./support/unhandled-rejections.js";

const emulator = useEmulator();
useClock();

describe("a token that is of no use", () => {
  const token = (exp: number) =>
    [{ alg: "none" }, { exp }, ""].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const issue = (text: string) => (_: unknown, response: { end(text: string): void }) =>
    response.end(
      JSON.stringify({ token: text, expiresOn: "2100-01-01T00:00:00Z", user: { communicationUserId: "8:acs:a_b" } }),
    );

  it.each([
    ["cannot be read", () => "not-a-jwt", undefined],
    ["has run out by the clock of the device", () => token(Math.floor(Date.now() / 1000) - 1), "expired"],
    ["has no end", () => "eyJhbGciOiJub25lIn0.e30.x", "expired"],
  ])("is refused: one that %s", async (_, make, reason) => {
    const backend = await startHourlyBackend(emulator());
    backend.answerNext(issue(make()));
    await expect(createCredential(backend)).rejects.toMatchObject({ code: "invalid_response", reason });
  });

  it("does not become an unhandled rejection in the SDK", async () => {
    const backend = await startHourlyBackend(emulator());
    const { onRefreshFailed } = await createCredential(backend);
    backend.answerNext(issue(token(1)));
    const rejections = await unhandledRejectionsOf(async () => {
      await vi.advanceTimersByTimeAsync(minutes(50));
      await vi.waitFor(() => expect(onRefreshFailed).toHaveBeenCalledTimes(1));
    });
    expect(rejections).toEqual([]);
  });
});
