import { setTimeout as delay } from "node:timers/promises";

/** Everything that rejected with nobody to handle it while `run` ran; Node ends a process for any of it. */
export async function unhandledRejectionsOf(run: () => Promise<void>): Promise<readonly unknown[]> {
  const rejections: unknown[] = [];
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason) => rejections.push(reason));
  try {
    await run();
    await delay(50);
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
  return rejections;
}
