import type { TokenIntrospection } from "./communication/access-tokens.js";
import type { CommunicationState } from "./communication/state.js";
import type { EntraControls, MintTokenRequest, RotateKeysOptions } from "./entra/index.js";
import type { Fixtures } from "./fixtures.js";
import type { Graph } from "./graph/index.js";
import type { GraphState } from "./graph/state.js";
import type { Faults } from "./server/faults.js";
import type { RequestCounters } from "./server/request-counters.js";
import type { ServerSettings } from "./server-settings.js";
import type { EmulatorSnapshot } from "./snapshot/snapshot.js";

/** What the emulator holds, ready for JSON: no keys, no tokens. */
export interface EmulatorState {
  /** Ids of the signing keys, consents that were changed, and policies. Its form may change. */
  readonly entra: unknown;
  /** Identities, and what is known of their tokens. */
  readonly communication: CommunicationState;
  /** Open extensions, and what makes reading them fail or lag. */
  readonly graph: GraphState;
}

/** The emulated Entra ID. */
export interface EmulatedEntra extends EntraControls {
  /** `https://localhost:<port>`, the value of `AZURE_AUTHORITY_HOST`. */
  readonly url: string;
}

/** The emulated Azure Communication Services resource. */
export interface EmulatedCommunication {
  /** `https://localhost:<port>`, the endpoint of the resource. */
  readonly url: string;
  /** `endpoint=…;accesskey=…` */
  readonly connectionString: string;
  /** Base64; the one in `connectionString`. */
  readonly accessKey: string;
  /** The resource half of every identity id. */
  readonly resourceId: string;
  /** Whether the real service would still accept an access token that was issued here. */
  introspectToken(token: string): Promise<TokenIntrospection>;
}

/** The emulated Microsoft Graph. */
export interface EmulatedGraph extends Pick<Graph, "setReplicaLag" | "requireClaims" | "withdrawClaims"> {
  /** `https://localhost:<port>`, the `baseUrl` of a Graph client. */
  readonly url: string;
}

/** A running emulator. */
export interface Emulator {
  /** Signs users in and issues tokens; policies can be changed. */
  readonly entra: EmulatedEntra;
  /** Creates identities and issues their tokens, which can be introspected. */
  readonly communication: EmulatedCommunication;
  /** Keeps open extensions; lag and claims challenges can be switched on. */
  readonly graph: EmulatedGraph;
  /** The admin endpoint; `GET /` lists its routes. */
  readonly admin: {
    /** `https://localhost:<port>` */
    readonly url: string;
  };
  /** Path of the certificate authority's certificate (PEM), the value of `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  /** The environment variables for the process of a server that uses this emulator: `env: emulator.serverSettings`. */
  readonly serverSettings: ServerSettings;
  /** As given at the start. */
  readonly fixtures: Fixtures;
  /** Makes requests fail or slow. */
  readonly faults: Pick<Faults, "add" | "list" | "remove" | "clear">;
  /** How many requests each route has received. */
  readonly requests: Pick<RequestCounters, "count" | "list" | "clear">;
  /** Issues an Entra ID access token without a sign-in. */
  mintToken(request: MintTokenRequest): Promise<string>;
  /** Publishes a new Entra ID signing key and, unless told otherwise, signs with it. */
  rotateKeys(options?: RotateKeysOptions): Promise<void>;
  /** What the emulator holds at this moment. */
  state(): EmulatorState;
  /**
   * Everything another emulator needs to go on where this one is, ready for JSON: identities, the records of issued
   * tokens, consents, sessions, extensions, policies. Faults and counts stay out. It holds the private keys that this
   * emulator signs with.
   */
  exportState(): Promise<EmulatorSnapshot>;
  /**
   * Puts an exported state, such as parsed JSON, in the place of the present one: what was issued before the export is
   * valid again, what was issued here no longer. Entra ID tokens name their issuer, so that they stay valid only where
   * Entra ID has the same port.
   *
   * @throws TypeError that names what does not fit; nothing has changed then.
   */
  importState(snapshot: unknown): Promise<void>;
  /** Back to the fixtures, without faults and counts. Requests that a fault holds are cut. Signing keys stay. */
  reset(): void;
  /** Stops listening and cuts the connections that are open. */
  close(): Promise<void>;
}
