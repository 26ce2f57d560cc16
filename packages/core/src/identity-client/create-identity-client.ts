import { CommunicationIdentityClient, type CommunicationIdentityClientOptions } from "@azure/communication-identity";
import type { KeyCredential, TokenCredential } from "@azure/core-auth";
import { checkEndpoint, parseConnectionString } from "./connection-string.js";

/** Options of {@link createIdentityClient}. */
export interface CreateIdentityClientOptions extends CommunicationIdentityClientOptions {
  /** How long one request may take, in milliseconds. Default: 5,000. */
  readonly requestTimeoutInMs?: number;
}

const DEFAULT_REQUEST_TIMEOUT_IN_MS = 5_000;

const singleAttemptClients = new WeakSet<object>();

/** Whether each call of this client is one request, so that the service is the one to retry. */
export function makesSingleAttempts(client: object): boolean {
  return singleAttemptClients.has(client);
}

/**
 * Makes the `CommunicationIdentityClient` of the Azure SDK with settings fit for a server: every request has a timeout,
 * and retrying is left to `AcsAuthService`, which bounds it by the call's time budget and knows which lost replies may
 * have left an identity behind. With `retryOptions` of your own the SDK retries instead.
 *
 * @param connectionString - `endpoint=…;accesskey=…` as the Azure portal shows it; either order.
 * @throws TypeError for a malformed connection string or endpoint. The message repeats neither.
 * @see https://learn.microsoft.com/azure/communication-services/quickstarts/identity/access-tokens
 */
export function createIdentityClient(
  connectionString: string,
  options?: CreateIdentityClientOptions,
): CommunicationIdentityClient;
/**
 * Makes the `CommunicationIdentityClient` for an endpoint and a credential, such as `DefaultAzureCredential` for a
 * managed identity, or a key.
 *
 * @param endpoint - `https://<resource>.communication.azure.com`.
 */
export function createIdentityClient(
  endpoint: string,
  credential: TokenCredential | KeyCredential,
  options?: CreateIdentityClientOptions,
): CommunicationIdentityClient;
export function createIdentityClient(
  connectionStringOrEndpoint: string,
  credentialOrOptions?: TokenCredential | KeyCredential | CreateIdentityClientOptions,
  endpointOptions?: CreateIdentityClientOptions,
): CommunicationIdentityClient {
  if (typeof connectionStringOrEndpoint !== "string") {
    throw new TypeError("createIdentityClient takes a connection string, or an endpoint and a credential.");
  }
  if (isCredential(credentialOrOptions)) {
    return create(connectionStringOrEndpoint, credentialOrOptions, endpointOptions);
  }
  const { endpoint, accessKey } = parseConnectionString(connectionStringOrEndpoint);
  return create(endpoint, { key: accessKey }, credentialOrOptions);
}

function isCredential(value: object | undefined): value is TokenCredential | KeyCredential {
  return value !== undefined && (isTokenCredential(value) || ("key" in value && typeof value.key === "string"));
}

function isTokenCredential(value: object): value is TokenCredential {
  return "getToken" in value && typeof value.getToken === "function";
}

function create(
  endpoint: string,
  credential: TokenCredential | KeyCredential,
  { requestTimeoutInMs = DEFAULT_REQUEST_TIMEOUT_IN_MS, ...sdkOptions }: CreateIdentityClientOptions = {},
): CommunicationIdentityClient {
  const origin = checkEndpoint(endpoint, sdkOptions.allowInsecureConnection ?? false);
  const options: CommunicationIdentityClientOptions = {
    retryOptions: { maxRetries: 0 },
    ...sdkOptions,
    additionalPolicies: [...(sdkOptions.additionalPolicies ?? []), requestTimeout(requestTimeoutInMs)],
  };
  const client = isTokenCredential(credential)
    ? new CommunicationIdentityClient(origin, credential, options)
    : new CommunicationIdentityClient(origin, credential, options);
  if (options.retryOptions?.maxRetries === 0) singleAttemptClients.add(client);
  return client;
}

type AdditionalPolicy = NonNullable<CommunicationIdentityClientOptions["additionalPolicies"]>[number];

function requestTimeout(timeoutInMs: number): AdditionalPolicy {
  return {
    position: "perCall",
    policy: {
      name: "acsAuthRequestTimeout",
      sendRequest(request, next) {
        request.timeout ||= timeoutInMs;
        return next(request);
      },
    },
  };
}
