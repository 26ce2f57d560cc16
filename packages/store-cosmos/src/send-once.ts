import { safeCause } from "@acs-auth/core";
import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";

/**
 * The SDK's own HTTP client, without the error codes (such as `ECONNRESET`) on which the SDK repeats a reading up to
 * ten times, a second apart and deaf to the abort signal, whatever its `retryOptions` say.
 */
export function sendOnce(): HttpClient {
  const http = createDefaultHttpClient();
  return {
    sendRequest: (request) => http.sendRequest(request).catch((error: unknown) => Promise.reject(withoutCode(error))),
  };
}

/** An `AbortError` is left as it is: the SDK tells its own time limit from the caller's signal by it. */
export function withoutCode(error: unknown): unknown {
  if (error instanceof Error && error.name === "AbortError") return error;
  const { message } = safeCause(error);
  return new Error(message, { cause: safeCause(error) });
}
