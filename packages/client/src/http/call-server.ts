import { throwIfAborted } from "../errors/aborted.js";
import { AcsAuthError } from "../errors/acs-auth-error.js";
import type { ClientSettings } from "../options.js";
import { signIn } from "../sign-in.js";
import { backOffInMs, wait } from "../wait.js";
import { problemOf } from "./problem.js";
import { type Operation, type Reply, send } from "./send.js";

const BACK_OFF_IN_MS = { base: 500, max: 8_000 };
/** A server that asks for a longer wait has its answer passed on instead. */
const LONGEST_RETRY_AFTER_IN_MS = 10_000;

/**
 * Performs an operation as the signed-in user. A refused access token is replaced once, by one that meets the challenge
 * where there is one; failures that can pass are tried again, not before the server allows.
 *
 * @throws AcsAuthError
 */
export async function callServer(
  operation: Operation,
  settings: ClientSettings,
  abortSignal: AbortSignal,
): Promise<Reply> {
  const { getAccessToken, maxRetries } = settings;
  let accessToken = await signIn(getAccessToken, { forceRefresh: false, abortSignal });
  let replaced = false;
  let retries = 0;
  for (;;) {
    try {
      return await attempt(operation, accessToken, settings, abortSignal);
    } catch (error) {
      if (!AcsAuthError.is(error)) throw error;
      if (error.statusCode === 401 && !replaced) {
        replaced = true;
        const challenge = error.claims === undefined ? {} : { claims: error.claims };
        accessToken = await signIn(getAccessToken, { ...challenge, forceRefresh: true, abortSignal });
        continue;
      }
      const { retryAfterInMs = 0 } = error;
      const passesSoon = canPass(error) && !DENIALS.has(error.code) && retryAfterInMs <= LONGEST_RETRY_AFTER_IN_MS;
      if (!passesSoon || retries >= maxRetries) throw error;
      await pause(retryAfterInMs + backOffInMs(retries, BACK_OFF_IN_MS), abortSignal);
      retries += 1;
    }
  }
}

/** The server itself is refused, until somebody changes its set-up. */
const DENIALS = new Set<string>(["acs_denied", "provider_denied", "store_denied"]);

/** Whether the same request may succeed later, though nothing else changes. */
export function canPass({ code, statusCode = 0 }: AcsAuthError): boolean {
  return ["network_error", "timeout"].includes(code) || [408, 429].includes(statusCode) || statusCode >= 500;
}

async function attempt(
  operation: Operation,
  accessToken: string,
  settings: ClientSettings,
  abortSignal: AbortSignal,
): Promise<Reply> {
  const reply = await send(operation, accessToken, settings, abortSignal);
  if (reply.status >= 200 && reply.status < 300) return reply;
  throw problemOf(reply);
}

async function pause(delayInMs: number, abortSignal: AbortSignal): Promise<void> {
  const { over, end } = wait(delayInMs);
  abortSignal.addEventListener("abort", end, { once: true });
  await over;
  abortSignal.removeEventListener("abort", end);
  throwIfAborted(abortSignal);
}
