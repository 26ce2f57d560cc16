import type { CommunicationOptions } from "./communication/options.js";
import type { EntraBehaviour } from "./entra/index.js";
import type { Fixtures } from "./fixtures.js";
import type { GraphOptions } from "./graph/options.js";

/** Ports of 127.0.0.1; 0 picks a free one. If any port is 0, those left out are free ones too. */
export interface EmulatorPorts {
  /** Default: 8443. */
  readonly entra?: number;
  /** Default: 8444. */
  readonly communication?: number;
  /** Default: 8445. */
  readonly graph?: number;
  /** Default: 8446. */
  readonly admin?: number;
}

/** Options of {@link startEmulator}. */
export interface EmulatorOptions {
  /** Where the emulator listens. Default: 8443 to 8446. */
  readonly ports?: EmulatorPorts;
  /**
   * Where the certificate authority is kept. Default: the environment variable `ACS_AUTH_EMULATOR_CERTIFICATES`, else
   * `.acs-auth-emulator` in the current directory.
   */
  readonly certificates?: string;
  /** Default: `defaultFixtures`. */
  readonly fixtures?: Fixtures;
  /** Issuers and lifetime of Entra ID's tokens. */
  readonly entra?: EntraBehaviour;
  /** Id, access key and rate limits of the resource, and how it errs. */
  readonly communication?: CommunicationOptions;
  /** Limits, lag and errors of Microsoft Graph. */
  readonly graph?: GraphOptions;
  /** The emulator's clock, in milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
  /** Start although `NODE_ENV` is `production`. Default: false, since the emulator lets everybody in. */
  readonly allowProduction?: boolean;
}

export const defaultPorts: Required<EmulatorPorts> = { entra: 8443, communication: 8444, graph: 8445, admin: 8446 };
const freePorts: Required<EmulatorPorts> = { entra: 0, communication: 0, graph: 0, admin: 0 };

export function resolvePorts(ports: EmulatorPorts = {}): Required<EmulatorPorts> {
  return { ...(Object.values(ports).includes(0) ? freePorts : defaultPorts), ...ports };
}

export function defaultCertificates(): string {
  return process.env["ACS_AUTH_EMULATOR_CERTIFICATES"] ?? ".acs-auth-emulator";
}
