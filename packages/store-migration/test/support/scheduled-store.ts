import type { IdentityStore } from "@acs-auth/core";
import type { Scheduler } from "fast-check";

/**
 * A store whose every call waits for its turn, which the scheduler gives in random order: before the call has its effect
 * and once more before its answer arrives. After `callsToLive` turns it stands still, as if its process had been killed.
 */
export function scheduled(
  store: IdentityStore,
  scheduler: Scheduler,
  life: { callsToLive: number } = { callsToLive: Number.POSITIVE_INFINITY },
): IdentityStore {
  const turn = async () => {
    life.callsToLive -= 1;
    if (life.callsToLive < 0) return new Promise<never>(() => {});
    return scheduler.schedule(Promise.resolve());
  };
  const inTurn = async <T>(call: () => Promise<T>): Promise<T> => {
    await turn();
    const result = await call();
    await turn();
    return result;
  };
  return {
    name: store.name,
    capabilities: store.capabilities,
    get: (...args) => inTurn(() => store.get(...args)),
    insertIfAbsent: (...args) => inTurn(() => store.insertIfAbsent(...args)),
    removeIfMatches: (...args) => inTurn(() => store.removeIfMatches(...args)),
  };
}
