/** One Ctrl+C reaches a process twice where pnpm passes on what the terminal has sent to all of them. */
const ONE_KEY_PRESS_IN_MS = 1000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The wish that this process ends: Ctrl+C, a signal, or the end of its terminal. */
export interface StopRequest {
  readonly isMade: boolean;
  /** Resolves when it is made. */
  readonly made: Promise<void>;
}

/** Listens from now on. A second request, after a moment, ends the process at once. */
export function awaitStop(): StopRequest {
  let isMade = false;
  const made = new Promise<void>((resolve) => {
    const stop = () => {
      isMade = true;
      resolve();
      setTimeout(() => {
        for (const signal of SIGNALS) process.off(signal, stop);
      }, ONE_KEY_PRESS_IN_MS).unref();
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
  return {
    get isMade() {
      return isMade;
    },
    made,
  };
}
