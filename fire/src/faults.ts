import type { Fault } from "@acs-auth/emulator";

/** What goes wrong at a remote call, in the emulator's words, wherever it happens. */
export type RemoteFault = Pick<
  Fault,
  "after" | "times" | "stage" | "delayInMs" | "status" | "retryAfterInSeconds" | "connection"
>;

/** A fault that has been added. */
export interface PlannedFault {
  /** How many calls it has struck. */
  readonly struck: number;
}

interface Entry extends PlannedFault {
  readonly fault: RemoteFault;
  seen: number;
  struck: number;
}

/** The faults in force at one place. A call is struck by the first one that still has strikes left. */
export class FaultPlan {
  #entries: Entry[] = [];

  add(fault: RemoteFault): PlannedFault {
    const entry = { fault, seen: 0, struck: 0 };
    this.#entries.push(entry);
    return entry;
  }

  clear(): void {
    this.#entries = [];
  }

  strike(): RemoteFault | undefined {
    for (const entry of this.#entries) {
      entry.seen += 1;
      const { after = 0, times = Number.POSITIVE_INFINITY } = entry.fault;
      if (entry.seen <= after || entry.struck >= times) continue;
      entry.struck += 1;
      return entry.fault;
    }
    return undefined;
  }
}
