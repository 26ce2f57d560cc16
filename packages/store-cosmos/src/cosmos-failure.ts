import { type ReadableHeaders, retryAfterInMs, safeCause } from "@acs-auth/core";

/** Sub-statuses of 404 that say that the service is not ready to answer. */
const NOT_READY = new Set([
  1002, // the replica has not caught up with the session
  1013, // the container is being created
  1024, // the container was deleted and created again
]);

/** Sub-statuses of 403 that say that the account is moving to another region. */
const FAILING_OVER = new Set([
  3, // not the write region
  1008, // the account is not in this region
]);

/**
 * What a request to Cosmos DB came to instead of a result. Its message and its cause are fit for logs.
 *
 * @see https://learn.microsoft.com/rest/api/cosmos-db/http-status-codes-for-cosmosdb
 * @see https://github.com/Azure/azure-sdk-for-java/blob/main/sdk/cosmos/azure-cosmos/docs/StatusCodes.md
 */
export class CosmosFailure extends Error {
  override readonly name = "CosmosFailure";
  /** The HTTP status; `undefined` where no intelligible answer came. */
  readonly status: number | undefined;
  /** 0 where the answer has none. */
  readonly substatus: number;
  readonly retryAfterInMs: number | undefined;
  /** Whether this attempt, or an earlier one of the same request, may have been applied. */
  readonly mayBeApplied: boolean;

  private constructor(error: unknown, earlierMayBeApplied: boolean) {
    const { code, substatus, retryAfterInMs: delayInMs, headers } = detailsOf(error);
    super("Azure Cosmos DB did not carry out a request.", { cause: safeCause(error) });
    this.status = typeof code === "number" ? code : undefined;
    this.substatus = typeof substatus === "number" ? substatus : 0;
    this.retryAfterInMs = typeof delayInMs === "number" ? delayInMs : retryAfterInMs(readable(headers));
    this.mayBeApplied = earlierMayBeApplied || !this.#isKnownNotApplied;
  }

  static of(error: unknown, earlierMayBeApplied = false): CosmosFailure {
    return new CosmosFailure(error, earlierMayBeApplied);
  }

  /** The item is not there. A missing container or database, or a replica that lags behind, is something else. */
  get isItemAbsent(): boolean {
    return this.status === 404 && this.substatus === 0;
  }

  /** Whether the same request may succeed a little later. */
  get isPassing(): boolean {
    const { status, substatus } = this;
    if (status === 403) return FAILING_OVER.has(substatus);
    if (status === 404) return NOT_READY.has(substatus);
    return status === undefined || status < 400 || [408, 410, 429, 449].includes(status) || status >= 500;
  }

  /** Refused, unlike 408 and 410 from a service that may have begun. */
  get #isKnownNotApplied(): boolean {
    const { status } = this;
    return status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 410;
  }
}

interface Details {
  readonly code?: unknown;
  readonly substatus?: unknown;
  readonly retryAfterInMs?: unknown;
  readonly headers?: unknown;
}

function detailsOf(error: unknown): Details {
  return typeof error === "object" && error !== null ? error : {};
}

/** The SDK gives headers as a plain object; a gateway's answer may have `Retry-After` in place of Cosmos DB's own. */
function readable(headers: unknown): ReadableHeaders {
  const values = Object(headers) as Readonly<Record<string, unknown>>;
  return {
    get(name) {
      const value = values[name];
      return typeof value === "string" ? value : undefined;
    },
  };
}
