import { retryAfterInMs } from "@acs-auth/core";
import type { OnBehalfOfCredentialOptions } from "@azure/identity";
import type { LRUCache } from "lru-cache";
import type { TokenFailure } from "./token-failure.js";

type Policy = NonNullable<OnBehalfOfCredentialOptions["additionalPolicies"]>[number]["policy"];
type PipelineRequest = Parameters<Policy["sendRequest"]>[0];
type PipelineResponse = Awaited<ReturnType<Policy["sendRequest"]>>;

/** Metadata of authorities that are not Microsoft's, by URL. */
export type MetadataCache = LRUCache<string, PipelineResponse>;

/**
 * Watches what one credential asks of Entra ID. The SDK's own errors keep neither the claims of every challenge nor
 * `Retry-After`, and which of them keep a cause depends on its version; the answer itself has it all.
 */
export class TokenEndpoint {
  readonly #metadata: MetadataCache;
  readonly #timeoutInMs: number;
  #failure: TokenFailure | undefined;

  constructor(metadata: MetadataCache, timeoutInMs: number) {
    this.#metadata = metadata;
    this.#timeoutInMs = timeoutInMs;
  }

  /** What went wrong on the wire, if anything did. */
  get failure(): TokenFailure | undefined {
    return this.#failure;
  }

  /** For the credential's pipeline. */
  readonly policy: Policy = {
    name: "acsAuthTokenEndpoint",
    sendRequest: async (request, next) => {
      const isMetadata = request.method === "GET" && request.url.includes("/.well-known/openid-configuration");
      const kept = isMetadata ? this.#metadata.get(request.url) : undefined;
      if (kept) return kept;
      const response = await this.#send(request, next);
      if (isMetadata && response.status === 200) this.#metadata.set(request.url, response);
      return response;
    },
  };

  async #send(request: PipelineRequest, next: (request: PipelineRequest) => Promise<PipelineResponse>) {
    request.timeout = this.#timeoutInMs;
    this.#failure = { status: undefined, errorCodes: [] };
    const response = await next(request);
    this.#failure = response.status === 200 ? undefined : readFailure(response);
    return response;
  }
}

/** @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes#handling-error-codes-in-your-application */
function readFailure({ status, headers, bodyAsText }: PipelineResponse): TokenFailure {
  const body = parse(bodyAsText);
  const codes: readonly unknown[] = Array.isArray(body["error_codes"]) ? body["error_codes"] : [];
  return {
    status,
    error: textOf(body["error"]),
    suberror: textOf(body["suberror"]),
    errorCodes: codes.filter((code) => typeof code === "number"),
    claims: textOf(body["claims"]),
    traceId: textOf(body["trace_id"]),
    retryAfterInMs: retryAfterInMs(headers),
  };
}

function parse(text: string | null | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
