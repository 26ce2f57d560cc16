import { signal } from "@preact/signals";
import type { EmulatorInfo } from "../../../src/admin/info.js";
import type { EmulatorState } from "../../../src/emulator.js";
import type { AddedFault } from "../../../src/server/faults.js";
import type { RequestCount } from "../../../src/server/request-counters.js";
import { call } from "./admin.js";

/** What Entra ID says has changed since the start. */
export interface EntraState {
  readonly keys: readonly { readonly kid: string; readonly signing: boolean }[];
  readonly consents: readonly {
    readonly user: string;
    readonly application: string;
    readonly resource: string;
    readonly scopes: readonly string[];
  }[];
  readonly multiFactor: readonly { readonly id: string; readonly user: string; readonly resource: string }[];
}

export type FaultInForce = Pick<AddedFault, "id" | "fault" | "struck">;

/** Everything the views show, except for the log. */
export interface EmulatorData {
  readonly info: EmulatorInfo;
  readonly state: EmulatorState & { readonly entra: EntraState };
  readonly faults: readonly FaultInForce[];
  readonly counts: readonly RequestCount[];
}

const pollingIntervalInMs = 5000;
const settlingTimeInMs = 300;

/** Undefined until it was read for the first time. */
export const emulatorData = signal<EmulatorData | undefined>(undefined);
/** Whether the last reading succeeded. */
export const isReachable = signal(true);

let isScheduled = false;

/** Reads everything anew. */
export async function refresh(): Promise<void> {
  const read = async (path: string) => (await call("GET", path)).json();
  try {
    const [info, state, faults, counts] = await Promise.all(["/info", "/state", "/faults", "/requests"].map(read));
    emulatorData.value = { info, state, faults, counts };
    isReachable.value = true;
  } catch {
    isReachable.value = false;
  }
}

/** Reads everything anew soon, once for many causes. */
export function refreshSoon(): void {
  if (isScheduled) return;
  isScheduled = true;
  setTimeout(() => {
    isScheduled = false;
    void refresh();
  }, settlingTimeInMs);
}

/** Scripts change the emulator as well, so the page looks now and then while somebody sees it. */
export function keepFresh(): void {
  setInterval(() => {
    if (document.visibilityState === "visible") refreshSoon();
  }, pollingIntervalInMs);
}
