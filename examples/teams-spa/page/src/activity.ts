import { useReducer } from "react";

export type Tone = "good" | "bad" | "neutral";

/** Something that happened. */
export interface Entry {
  readonly id: number;
  readonly at: Date;
  readonly text: string;
  readonly tone: Tone;
}

export type Log = (text: string, tone?: Tone) => void;

const KEPT = 30;

/** What happened lately, newest first. */
export function useActivity(): { readonly entries: readonly Entry[]; readonly log: Log } {
  const [entries, add] = useReducer(
    (before: readonly Entry[], entry: Omit<Entry, "id">) =>
      [{ ...entry, id: (before[0]?.id ?? 0) + 1 }, ...before].slice(0, KEPT),
    [],
  );
  return { entries, log: (text, tone = "neutral") => add({ at: new Date(), text, tone }) };
}
