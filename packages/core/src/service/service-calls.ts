import type { AbortSignalLike } from "@azure/abort-controller";
import { throwIfAborted } from "../errors/aborted.js";
import type { UserKey } from "../user.js";
import { type CallContext, userAssertionOf } from "./call-context.js";
import { withDeadline } from "./deadline.js";
import { InFlightCalls, type Shared } from "./in-flight-calls.js";
import type { AcsAuthOperationOptions } from "./options.js";

const DEFAULT_TIMEOUT_IN_MS = 15_000;

/** Gives every call of the service its time budget, and lets calls that ask for the same share one. */
export class ServiceCalls {
  readonly #timeoutInMs: number;
  readonly #inFlight = new InFlightCalls();
  /** Part of every key of a shared call, so that no call that comes after a deletion joins one from before it. */
  #generation = 0;

  constructor(timeoutInMs = DEFAULT_TIMEOUT_IN_MS) {
    this.#timeoutInMs = timeoutInMs;
  }

  /** Calls with another access token of the same user are not joined: the store may refuse the one and not the other. */
  share<T>(
    key: string,
    user: UserKey,
    options: AcsAuthOperationOptions,
    run: (call: CallContext) => Promise<T>,
  ): Promise<Shared<T>> {
    const callKey = `${this.#generation}:${key.length}:${key}${userAssertionOf(user) ?? ""}`;
    return this.#inFlight.share(callKey, options.abortSignal, (cancelled) => this.#run(user, options, cancelled, run));
  }

  /** A call of its own: the caller's abort cancels it. */
  async run<T>(user: UserKey, options: AcsAuthOperationOptions, run: (call: CallContext) => Promise<T>): Promise<T> {
    throwIfAborted(options.abortSignal);
    return this.#run(user, options, options.abortSignal, run);
  }

  /** From now on, calls join none that have begun before. */
  separate(): void {
    this.#generation += 1;
  }

  #run<T>(
    user: UserKey,
    { tracingOptions }: AcsAuthOperationOptions,
    cancelled: AbortSignalLike | undefined,
    run: (call: CallContext) => Promise<T>,
  ): Promise<T> {
    const userAssertion = userAssertionOf(user);
    return withDeadline(this.#timeoutInMs, cancelled, (deadline) => run({ deadline, tracingOptions, userAssertion }));
  }
}
