import { setTimeout } from "node:timers/promises";
import { type AbortSignalLike, throwIfAborted, untilAborted } from "./abort.js";
import { TableFailure } from "./table-failure.js";

/** How many failed attempts end a call of the store, whichever of its steps they hit. */
const MAX_ATTEMPTS = 3;

const FIRST_DELAY_IN_MS = 200;

/** A `Retry-After` longer than this is for the caller to decide on. */
const LONGEST_WAIT_IN_MS = 2_000;

/** The attempts of one call: repeats a step that fails for a passing reason, as soon as the service allows it. */
export class Attempts {
  readonly #requestTimeoutInMs: number;
  readonly #abortSignal: AbortSignalLike | undefined;
  #failed = 0;
  #writeInDoubt = false;

  constructor(requestTimeoutInMs: number, abortSignal: AbortSignalLike | undefined) {
    this.#requestTimeoutInMs = requestTimeoutInMs;
    this.#abortSignal = abortSignal;
  }

  /** @throws TableFailure, or an `AbortError` once the caller's signal has fired. */
  async read<T>(step: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#run(step, (failure) => this.#pauseAfter(failure));
  }

  /** As `read`, for a step that changes something, and nothing more where it is repeated after it has taken effect. */
  async write<T>(step: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#run(step, (failure) => this.#pauseAfterWrite(failure));
  }

  /**
   * As `write`, for a step that is repeated only while it certainly had no effect: another call may have undone the
   * effect meanwhile. Once in doubt it throws the failure, after the pause before the reading that is due then.
   */
  async create<T>(step: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#run(step, async (failure) => {
      await this.#pauseAfterWrite(failure);
      if (failure.outcomeUnknown) throw failure;
    });
  }

  /** Whether a write of this call ended without certainty; what follows is then no refusal of the call. */
  get writeInDoubt(): boolean {
    return this.#writeInDoubt;
  }

  async pause(delayInMs: number): Promise<void> {
    await untilAborted(this.#abortSignal, undefined, (signal) => setTimeout(delayInMs, undefined, { signal }));
  }

  /** Repeats the step whenever `beforeNext` resolves. */
  async #run<T>(
    step: (signal: AbortSignal) => Promise<T>,
    beforeNext: (failure: TableFailure) => Promise<void>,
  ): Promise<T> {
    for (let outcomeUnknown = this.#writeInDoubt; ; ) {
      try {
        return await untilAborted(this.#abortSignal, this.#requestTimeoutInMs, step);
      } catch (error) {
        throwIfAborted(this.#abortSignal);
        const failure: TableFailure = new TableFailure(error, outcomeUnknown);
        outcomeUnknown = failure.outcomeUnknown;
        await beforeNext(failure);
      }
    }
  }

  async #pauseAfterWrite(failure: TableFailure): Promise<void> {
    this.#writeInDoubt = failure.outcomeUnknown;
    await this.#pauseAfter(failure);
  }

  async #pauseAfter(failure: TableFailure): Promise<void> {
    this.#failed += 1;
    if (!failure.isPassing || this.#failed >= MAX_ATTEMPTS) throw failure;
    const delayInMs = failure.retryAfterInMs ?? FIRST_DELAY_IN_MS * 2 ** (this.#failed - 1) * (0.5 + Math.random() / 2);
    if (delayInMs > LONGEST_WAIT_IN_MS) throw failure;
    await this.pause(delayInMs);
  }
}
