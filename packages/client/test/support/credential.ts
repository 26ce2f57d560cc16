import { type AcsAuthError, createAcsTokenCredential, type UserTokenCredentialOptions } from "@acs-auth/client";
import type { Emulator } from "@acs-auth/emulator";
import { expect, onTestFinished, vi } from "vitest";
import { type Backend, startBackend } from "./backend.js";

/** A server whose tokens live an hour: the SDK refreshes them after 50 minutes. */
export function startHourlyBackend(emulator: Emulator): Promise<Backend> {
  return startBackend(emulator, { tokenScopes: ["chat"], tokenExpiresInMinutes: 60 });
}

/** A credential of its own for the test, which tries each refresh once before it reports a failure. */
export async function createCredential({ client }: Backend, options: Partial<UserTokenCredentialOptions> = {}) {
  const onRefreshed = vi.fn<(refreshed: { expiresOn: Date }) => void>();
  const onRefreshFailed = vi.fn<(error: AcsAuthError, next: { retryInMs: number | undefined }) => void>();
  const listeners = { onRefreshed, onRefreshFailed };
  const credential = await createAcsTokenCredential({
    kind: "user",
    maxRetries: 0,
    ...listeners,
    ...client,
    ...options,
  });
  onTestFinished(() => credential.dispose());
  return { credential, ...listeners };
}

export type FailureListener = Awaited<ReturnType<typeof createCredential>>["onRefreshFailed"];

/** Waits for so many failures, and then as long as the credential rests after the last. */
export async function restAfterFailure(onRefreshFailed: FailureListener, count: number): Promise<void> {
  await vi.waitFor(() => expect(onRefreshFailed).toHaveBeenCalledTimes(count));
  await vi.advanceTimersByTimeAsync(Math.ceil(onRefreshFailed.mock.lastCall?.[1].retryInMs ?? 0));
}
