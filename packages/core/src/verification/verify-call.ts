import { logger } from "../diagnostics/logger.js";
import { tracing } from "../diagnostics/tracing.js";
import { throwIfAborted } from "../errors/aborted.js";
import { AcsAuthError } from "../errors/acs-auth-error.js";
import type { VerifyTokenOptions } from "./token-verifier.js";

type CallOptions = Pick<VerifyTokenOptions, "abortSignal" | "tracingOptions">;

/** Runs one verification in a span, and logs why a token was refused. */
export async function verifyCall<T>(verifier: string, options: CallOptions, verify: () => Promise<T>): Promise<T> {
  return tracing.withSpan(`${verifier}.verify`, { ...options }, async () => {
    try {
      throwIfAborted(options.abortSignal);
      return await verify();
    } catch (error) {
      if (AcsAuthError.is(error)) logger.verbose(`${verifier} refused a token: ${error.code} ${error.reason ?? ""}`);
      throw error;
    }
  });
}
