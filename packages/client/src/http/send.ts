import { logger } from "../diagnostics.js";
import { aborted, untilAborted } from "../errors/aborted.js";
import { AcsAuthError } from "../errors/acs-auth-error.js";
import type { ClientSettings } from "../options.js";
import { boundedText } from "./bounded-text.js";

/** One operation of the server. */
export interface Operation {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** What the server answered. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * Sends one request, without cookies and without following redirects, which could carry tokens elsewhere.
 *
 * @throws AcsAuthError `network_error`, `timeout`, `invalid_response` or `aborted`.
 */
export async function send(
  { method, path, body }: Operation,
  accessToken: string,
  { endpoint, fetch, timeoutInMs }: ClientSettings,
  abortSignal: AbortSignal,
): Promise<Reply> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  abortSignal.addEventListener("abort", abort);
  const timer = setTimeout(abort, timeoutInMs);
  const startedAt = performance.now();
  const exchange = async (): Promise<Reply> => {
    const response = await fetch(endpoint + path, {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        accept: "application/json",
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      credentials: "omit",
      redirect: "manual",
      signal: controller.signal,
    });
    return { status: response.status, headers: response.headers, text: await boundedText(response) };
  };
  try {
    const reply = await untilAborted(exchange(), controller.signal);
    logger.info(`${method} ${path} ${reply.status} ${Math.round(performance.now() - startedAt)} ms`);
    return reply;
  } catch (cause) {
    if (abortSignal.aborted) throw aborted();
    if (controller.signal.aborted) throw new AcsAuthError("timeout", "The server did not answer in time.");
    if (AcsAuthError.is(cause)) throw cause;
    throw new AcsAuthError("network_error", "The server could not be reached.", { cause });
  } finally {
    clearTimeout(timer);
    abortSignal.removeEventListener("abort", abort);
  }
}
