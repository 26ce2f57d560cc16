import type { Gateway } from "../gateway.js";
import type { Network } from "./backend.js";

export function networkOf({ faults, pending }: Gateway): Network {
  return {
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    settled: () => pending.settled(),
  };
}
