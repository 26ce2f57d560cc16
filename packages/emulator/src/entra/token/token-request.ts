import type { EntraContext } from "../context.js";
import type { Parameters } from "../protocol/parameters.js";
import type { AuthenticatedClient } from "./client-authentication.js";

/** A request to the token endpoint by a client that has proved itself. */
export interface TokenRequest extends AuthenticatedClient {
  readonly parameters: Parameters;
  /** The tenant's segment of the URL: an id, a domain, or `common`, `organizations`, `consumers`. */
  readonly segment: string;
}

export interface TokenResponse {
  readonly token_type: "Bearer";
  readonly scope?: string;
  readonly expires_in: number;
  readonly ext_expires_in: number;
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly client_info?: string;
}

export type Grant = (request: TokenRequest, context: EntraContext) => Promise<TokenResponse>;
