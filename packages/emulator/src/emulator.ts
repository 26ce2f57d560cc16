import type { TokenIntrospection } from "./communication/access-tokens.js";
import type { CommunicationState } from "./communication/state.js";
import type { Entra, MintTokenRequest, RotateKeysOptions } from "./entra/index.js";
import type { Fixtures } from "./fixtures.js";
import type { Graph } from "./graph/index.js";
import type { GraphState } from "./graph/state.js";
import type { Faults } from "./server/faults.js";
import type { RequestCounters } from "./server/request-counters.js";

/** What the emulator holds, ready for JSON: no keys, no tokens. */
export interface EmulatorState {
  readonly entra: unknown;
  readonly communication: CommunicationState;
  readonly graph: GraphState;
}

/** The emulated Entra ID. */
export interface EmulatedEntra extends Pick<Entra, "requireMfa" | "grantConsent" | "revokeConsent" | "revokeSessions"> {
  /** `https://localhost:<port>`, the value of `AZURE_AUTHORITY_HOST`. */
  readonly url: string;
}

/** The emulated Azure Communication Services resource. */
export interface EmulatedCommunication {
  /** `https://localhost:<port>`, the endpoint of the resource. */
  readonly url: string;
  /** `endpoint=…;accesskey=…` */
  readonly connectionString: string;
  readonly accessKey: string;
  /** The resource half of every identity id. */
  readonly resourceId: string;
  /** Whether the real service would still accept an access token that was issued here. */
  introspectToken(token: string): Promise<TokenIntrospection>;
}

/** The emulated Microsoft Graph. */
export interface EmulatedGraph extends Pick<Graph, "setReplicaLag" | "requireClaims"> {
  /** `https://localhost:<port>`, the `baseUrl` of a Graph client. */
  readonly url: string;
}

/** A running emulator. */
export interface Emulator {
  readonly entra: EmulatedEntra;
  readonly communication: EmulatedCommunication;
  readonly graph: EmulatedGraph;
  /** The admin endpoint; `GET /` lists its routes. */
  readonly admin: { readonly url: string };
  /** Path of the certificate authority's certificate (PEM), the value of `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  readonly fixtures: Fixtures;
  /** Makes requests fail or slow. */
  readonly faults: Pick<Faults, "add" | "list" | "remove" | "clear">;
  /** How many requests each route has received. */
  readonly requests: Pick<RequestCounters, "count" | "list" | "clear">;
  /** Issues an Entra ID access token without a sign-in. */
  mintToken(request: MintTokenRequest): Promise<string>;
  /** Publishes a new Entra ID signing key and, unless told otherwise, signs with it. */
  rotateKeys(options?: RotateKeysOptions): Promise<void>;
  state(): EmulatorState;
  /** Back to the fixtures, without faults and counts. Requests that a fault holds are cut. Signing keys stay. */
  reset(): void;
  /** Stops listening and cuts the connections that are open. */
  close(): Promise<void>;
}
