import type { IdentityStore } from "@acs-auth/core";
import type { Emulator } from "@acs-auth/emulator";
import type { RemoteFault } from "../faults.js";
import type { StorePlace } from "./store-place.js";

/** A kind of store and what it keeps its mappings in. */
export interface Backend {
  readonly name: "memory" | "table" | "cosmos" | "graph";
  /** An empty space for mappings. */
  openSpace(emulator: Emulator): Promise<Space>;
  close(): Promise<void>;
}

/** Where the mappings of one experiment are. */
export interface Space {
  /** For stores in other processes, whose requests meet the faults too; undefined where there can be none. */
  readonly place: StorePlace | undefined;
  /** A store as one server has it; its requests meet the faults. */
  newStore(): IdentityStore;
  /** What is really there: a store whose requests meet no faults. */
  readonly truth: IdentityStore;
  /** Faults of the network between stores and their backend, where there is one. */
  readonly network: Network | undefined;
  /** Forgets everything. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface Network {
  addFault(fault: RemoteFault): { readonly struck: number };
  clearFaults(): void;
  /** Resolves when no request is on its way to the backend. */
  settled(): Promise<void>;
}

/** How long a server's store waits for an answer. */
export const REQUEST_TIMEOUT_IN_MS = 400;
