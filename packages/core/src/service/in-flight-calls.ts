import type { AbortSignalLike } from "@azure/abort-controller";
import { aborted, throwIfAborted, untilAborted } from "../errors/aborted.js";

interface Flight<T> {
  readonly promise: Promise<T>;
  readonly controller: AbortController;
  waiters: number;
  settled: boolean;
}

/** What a caller gets from a shared call. */
export interface Shared<T> {
  readonly value: T;
  /** False for the caller that started the call, true for those that joined it. */
  readonly joined: boolean;
}

/**
 * Lets concurrent calls for one key share one execution. A caller's abort ends only that caller's wait; the shared call
 * is cancelled when nobody waits for it any more. Nothing is kept once a call has settled.
 */
export class InFlightCalls {
  readonly #flights = new Map<string, Flight<unknown>>();

  async share<T>(
    key: string,
    abortSignal: AbortSignalLike | undefined,
    run: (cancelled: AbortSignal) => Promise<T>,
  ): Promise<Shared<T>> {
    throwIfAborted(abortSignal);
    const running = this.#flights.get(key) as Flight<T> | undefined;
    const flight = running ?? this.#start(key, run);
    flight.waiters += 1;
    try {
      const value = await untilAborted(flight.promise, abortSignal);
      return { value, joined: running !== undefined };
    } finally {
      flight.waiters -= 1;
      if (flight.waiters === 0 && !flight.settled) {
        this.#forget(key, flight);
        flight.controller.abort(aborted());
      }
    }
  }

  #start<T>(key: string, run: (cancelled: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const flight: Flight<T> = { promise: run(controller.signal), controller, waiters: 0, settled: false };
    this.#flights.set(key, flight);
    const settle = () => {
      flight.settled = true;
      this.#forget(key, flight);
    };
    flight.promise.then(settle, settle);
    return flight;
  }

  #forget(key: string, flight: Flight<unknown>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
