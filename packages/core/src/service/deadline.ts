import type { AbortSignalLike } from "@azure/abort-controller";
import { aborted } from "../errors/aborted.js";
import { AcsAuthError } from "../errors/acs-auth-error.js";

/** The time budget of one service call: everything the call awaits ends when the budget does. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #endsAt: number;
  readonly #timer: NodeJS.Timeout;
  readonly #parent: AbortSignalLike | undefined;

  constructor(budgetInMs: number, parent?: AbortSignalLike) {
    this.#endsAt = performance.now() + budgetInMs;
    this.#timer = setTimeout(() => this.#controller.abort(timeout(budgetInMs)), budgetInMs);
    this.#parent = parent;
    if (parent?.aborted) this.#cancel();
    else parent?.addEventListener("abort", this.#cancel);
  }

  readonly #cancel = () => this.#controller.abort(reasonOf(this.#parent));

  /** Aborts when the time is up or the call is cancelled; passed to the SDKs. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get remainingInMs(): number {
    return this.#controller.signal.aborted ? 0 : Math.max(0, this.#endsAt - performance.now());
  }

  /** Awaits a promise no longer than the budget lasts, even where what makes it ignores the signal. */
  async wait<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this;
    let onAbort: () => void = () => {};
    const ended = new Promise<never>((_, reject) => {
      onAbort = () => reject(signal.reason);
      signal.addEventListener("abort", onAbort);
      if (signal.aborted) onAbort();
    });
    try {
      return await Promise.race([promise, ended]);
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  async sleep(durationInMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    try {
      await this.wait(
        new Promise<void>((resolve) => {
          timer = setTimeout(resolve, durationInMs);
        }),
      );
    } finally {
      clearTimeout(timer);
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#parent?.removeEventListener("abort", this.#cancel);
  }
}

/** Another deadline's reason, such as its timeout; the abort of a caller otherwise. */
function reasonOf(signal: AbortSignalLike | undefined): AcsAuthError {
  return signal instanceof AbortSignal && AcsAuthError.is(signal.reason) ? signal.reason : aborted();
}

function timeout(budgetInMs: number): AcsAuthError {
  return new AcsAuthError("timeout", `The call did not finish within its time budget of ${Math.round(budgetInMs)} ms.`);
}

/** Runs a function within a time budget of its own. */
export async function withDeadline<T>(
  budgetInMs: number,
  parent: AbortSignalLike | undefined,
  run: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const deadline = new Deadline(budgetInMs, parent);
  try {
    return await run(deadline);
  } finally {
    deadline.dispose();
  }
}
