import { checkEndpoint } from "./http/endpoint.js";
import type { GetAccessToken } from "./sign-in.js";

const DEFAULT_TIMEOUT_IN_MS = 30_000;
const DEFAULT_MAX_RETRIES = 3;

/** Options of `AcsAuthClient`. */
export interface AcsAuthClientOptions {
  /**
   * Where the server's routes are: its origin, and the handler's `basePath` where there is one, such as
   * `https://api.contoso.com/v1`. `http` is for this machine only.
   */
  readonly endpoint: string;
  /** Gets the user's access token for the server's API. Called for every request: use a library that caches, as MSAL does. */
  readonly getAccessToken: GetAccessToken;
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** How long one request may take, in milliseconds. Default: 30,000. */
  readonly timeoutInMs?: number;
  /** How often a request is sent again after a failure that can pass. Default: 3. */
  readonly maxRetries?: number;
}

/** The options, checked, with their defaults. */
export type ClientSettings = Required<AcsAuthClientOptions>;

/** @throws TypeError that names the option. */
export function clientSettings(options: AcsAuthClientOptions): ClientSettings {
  const { getAccessToken, timeoutInMs = DEFAULT_TIMEOUT_IN_MS, maxRetries = DEFAULT_MAX_RETRIES } = options;
  if (typeof getAccessToken !== "function") throw new TypeError("getAccessToken must be a function.");
  if (!(Number.isFinite(timeoutInMs) && timeoutInMs > 0)) {
    throw new TypeError("timeoutInMs must be a positive number of milliseconds.");
  }
  if (!(Number.isInteger(maxRetries) && maxRetries >= 0)) {
    throw new TypeError("maxRetries must be a whole number, 0 or more.");
  }
  const fetch: typeof globalThis.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  return { endpoint: checkEndpoint(options.endpoint), getAccessToken, fetch, timeoutInMs, maxRetries };
}
