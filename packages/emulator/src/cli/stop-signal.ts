/** One Ctrl+C reaches a process twice where npx or pnpm passes on what the terminal has sent to all of them. */
const oneKeyPressInMs = 1000;
/** SIGHUP: the terminal was closed. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Resolves when the process is asked to stop. Being asked again, after a moment, ends it at once. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      resolve();
      setTimeout(() => {
        for (const signal of signals) process.off(signal, stop);
      }, oneKeyPressInMs).unref();
    };
    for (const signal of signals) process.on(signal, stop);
  });
}
