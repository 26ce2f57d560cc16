import { effect, signal } from "@preact/signals";
import type { LogChanges, LoggedRequest } from "../../../src/server/request-log.js";
import { call } from "./admin.js";

const capacity = 500;

const received = signal<readonly LoggedRequest[]>([]);

/** What is shown, newest first; while paused, what was there at that moment. */
export const shownRequests = signal<readonly LoggedRequest[]>([]);
export const isPaused = signal(false);
/** Whether the log is followed live. */
export const isFollowing = signal(false);

effect(() => {
  if (!isPaused.value) shownRequests.value = received.value;
});

/** How many requests came while the log was paused. */
export function missedRequests(): number {
  const newest = shownRequests.value[0]?.id ?? 0;
  return received.value.filter(({ id }) => id > newest).length;
}

/** Follows the log from now on. The first message of every connection is the whole log. */
export function followLog(onChange: () => void): void {
  let generation = 0;
  let entries = new Map<number, LoggedRequest>();
  const source = new EventSource("/log/stream");
  source.onopen = () => {
    entries = new Map();
    isFollowing.value = true;
  };
  source.onerror = () => {
    isFollowing.value = false;
    onChange();
  };
  source.onmessage = ({ data }: MessageEvent<string>) => {
    const changes: LogChanges = JSON.parse(data);
    if (changes.generation !== generation) entries = new Map();
    generation = changes.generation;
    for (const entry of changes.entries) entries.set(entry.id, entry);
    received.value = [...entries.values()].sort((left, right) => right.id - left.id).slice(0, capacity);
    onChange();
  };
}

export async function clearLog(): Promise<void> {
  await call("DELETE", "/log");
  isPaused.value = false;
}
