import { AcsAuthError, type AcsAuthErrorCode, type AcsAuthErrorOptions } from "@acs-auth/core";
import { CosmosFailure } from "./cosmos-failure.js";

const ABOUT_THE_BACKEND: ReadonlySet<AcsAuthErrorCode> = new Set(["store_denied", "store_unavailable", "throttled"]);

/** The error for a request that changes nothing; what is no {@link CosmosFailure} stays as it is. */
export function toReadError(error: unknown): unknown {
  if (!(error instanceof CosmosFailure)) return error;
  const { status, cause, retryAfterInMs } = error;
  const details: AcsAuthErrorOptions = { cause, ...(retryAfterInMs !== undefined && { retryAfterInMs }) };
  if (status === 429) return new AcsAuthError("throttled", "Azure Cosmos DB asked to slow down.", details);
  if (error.isPassing || status === 409 || status === 412) {
    return new AcsAuthError("store_unavailable", "Azure Cosmos DB could not be reached or failed.", details);
  }
  const [reason, message] = refusal(status);
  return new AcsAuthError("store_denied", message, { ...details, reason });
}

/** The error for a write: `store_denied` and `throttled` only where nothing was written for certain. */
export function toWriteError(error: unknown): unknown {
  const readError = toReadError(error);
  return error instanceof CosmosFailure && error.mayBeApplied ? withOutcomeUnknown(readError) : readError;
}

/** An error that does not claim that nothing was written. */
export function withOutcomeUnknown(error: unknown): unknown {
  if (!AcsAuthError.is(error) || !ABOUT_THE_BACKEND.has(error.code)) return error;
  const { cause, retryAfterInMs } = error;
  return new AcsAuthError("store_unavailable", "Whether Azure Cosmos DB carried out a write is unknown.", {
    reason: "outcome_unknown",
    cause,
    ...(retryAfterInMs !== undefined && { retryAfterInMs }),
  });
}

/** The error for an item that is said to exist and cannot be read, or that changes whenever it is read. */
export function notSettled(): AcsAuthError {
  return new AcsAuthError("store_unavailable", "Azure Cosmos DB's answers about an item did not agree in time.", {
    reason: "not_settled",
  });
}

function refusal(status: number | undefined): [reason: string, message: string] {
  if (status === 401) return ["credentials_refused", "Azure Cosmos DB refused this server's key or token."];
  if (status === 404) return ["container_not_found", "The Azure Cosmos DB database or container does not exist."];
  if (status === 403) return ["permission_missing", "This server is not allowed to do that in Azure Cosmos DB."];
  return ["request_refused", "Azure Cosmos DB refused a request."];
}
