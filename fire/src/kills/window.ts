/** What a killed worker can leave behind. */
export const WINDOWS = [
  "nothing done",
  "identity created, mapping not written",
  "identity created, mapping written",
  "identity deleted, mapping still there",
  "mapping deleted, identity still there",
  "identity and mapping deleted",
  "call had ended",
] as const;
export type Window = (typeof WINDOWS)[number];

/** What is there of one user. */
export interface Look {
  readonly mapped: string | undefined;
  readonly live: ReadonlySet<string>;
}

export function isLive(id: string | undefined, { live }: Look): boolean {
  return id !== undefined && live.has(id);
}

export function windowOf(before: Look, left: Look): Window {
  if (before.mapped === undefined) {
    if (left.mapped !== undefined) return "identity created, mapping written";
    return left.live.size > before.live.size ? "identity created, mapping not written" : "nothing done";
  }
  if (isLive(before.mapped, left)) {
    return left.mapped === undefined ? "mapping deleted, identity still there" : "nothing done";
  }
  return left.mapped === undefined ? "identity and mapping deleted" : "identity deleted, mapping still there";
}
