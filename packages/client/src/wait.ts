/** The longest delay of a timer; a longer one would fire at once. */
const LONGEST_DELAY_IN_MS = 2 ** 31 - 1;

/** A wait that can be ended early. */
export interface Wait {
  readonly over: Promise<void>;
  end(): void;
}

/** Waits for a time, or until the wait is ended if there is none. */
export function wait(delayInMs: number | undefined): Wait {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    const timer = delayInMs === undefined ? undefined : setTimeout(resolve, Math.min(delayInMs, LONGEST_DELAY_IN_MS));
    end = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { over, end };
}

/** A random delay below a bound that doubles with every failure ("full jitter"), so that clients do not return in step. */
export function backOffInMs(failures: number, { base, max }: { readonly base: number; readonly max: number }): number {
  return Math.random() * Math.min(max, base * 2 ** failures);
}
