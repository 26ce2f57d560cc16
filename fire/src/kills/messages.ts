import type { UserKey } from "@acs-auth/core";
import type { StorePlace } from "../backends/store-place.js";

/** What a worker is told first. */
export interface WorkerSettings {
  readonly connectionString: string;
  readonly place: StorePlace;
}

/** What a worker is to do. */
export interface Job {
  readonly method: "getOrCreateUser" | "deleteUser";
  readonly user: UserKey;
}

/** What a worker says. */
export type Answer =
  | { readonly kind: "ready" }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly code: string }
  | { readonly kind: "orphan"; readonly communicationUserId: string | undefined };
