import { AzureLogger, getLogLevel, setLogLevel } from "@azure/logger";
import { expect, it, onTestFinished, vi } from "vitest";
import { answer, useEmulator } from "./support/backend.js";
import { minutes, useClock } from "./support/clock.js";
import { createCredential, restAfterFailure, startHourlyBackend } from "./support/credential.js";

const emulator = useEmulator();
useClock();

/** The lines of this package's log, from now on. */
function recordLog(): readonly string[] {
  const lines: string[] = [];
  const [level, log] = [getLogLevel(), AzureLogger.log];
  onTestFinished(() => {
    AzureLogger.log = log;
    setLogLevel(level);
  });
  AzureLogger.log = (...line) => void lines.push(line.join(" "));
  setLogLevel("verbose");
  return lines;
}

it("the log tells of requests and refreshes, and holds no token and no id", async () => {
  const lines = recordLog();
  const backend = await startHourlyBackend(emulator());
  const { onRefreshed, onRefreshFailed } = await createCredential(backend);
  const secret = await emulator().mintToken({ user: "user-one" });
  backend.answerNext(answer(503, { code: "store_unavailable", detail: `No store for 8:acs:a_b with ${secret}.` }));
  await vi.advanceTimersByTimeAsync(minutes(50));
  await restAfterFailure(onRefreshFailed, 1);
  await vi.waitFor(() => expect(onRefreshed).toHaveBeenCalledTimes(1));
  const log = lines.filter((line) => line.includes("acs-auth:client:")).join("\n");
  expect(log).toMatch(/POST \/api\/token 201 \d+ ms/);
  expect(log).toContain("A refresh failed: store_unavailable, status 503");
  expect(log).toContain("A token was refreshed.");
  expect(log).not.toMatch(/eyJ|8:acs:/);
});
