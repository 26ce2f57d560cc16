import { signal } from "@preact/signals";

const tickInMs = 10_000;

/** The current time in milliseconds, for what is shown relative to it. */
export const now = signal(Date.now());

setInterval(() => {
  now.value = Date.now();
}, tickInMs);
