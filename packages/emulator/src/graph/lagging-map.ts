import type { ReplicaLag } from "./replica-lag.js";

interface Change<Value> {
  readonly before: ReadonlyMap<string, Value>;
  readonly visibleFrom: number;
  hiddenReads: number;
}

/** A map with a replica: the write path sees every change at once, reads see them in order and late. */
export class LaggingMap<Value> {
  readonly #now: () => number;
  #current: ReadonlyMap<string, Value> = new Map();
  #changes: readonly Change<Value>[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** What the write path sees. */
  get current(): ReadonlyMap<string, Value> {
    return this.#current;
  }

  /** Sets a value or, where it is `undefined`, deletes it. */
  write(key: string, value: Value | undefined, { milliseconds = 0, reads = 0 }: ReplicaLag): void {
    const before = this.#current;
    const after = new Map(before);
    if (value === undefined) after.delete(key);
    else after.set(key, value);
    this.#current = after;
    const change = { before, visibleFrom: this.#now() + milliseconds, hiddenReads: reads };
    this.#changes = [...this.#hiddenChanges(), change];
  }

  /** What the replica shows, which counts as one read. */
  read(): ReadonlyMap<string, Value> {
    this.#changes = this.#hiddenChanges();
    const shown = this.#changes[0]?.before ?? this.#current;
    for (const change of this.#changes) change.hiddenReads -= 1;
    return shown;
  }

  /** From the first change that is still hidden on, since the replica takes changes in their order. */
  #hiddenChanges(): readonly Change<Value>[] {
    const now = this.#now();
    const first = this.#changes.findIndex(({ visibleFrom, hiddenReads }) => visibleFrom > now || hiddenReads > 0);
    return first === -1 ? [] : this.#changes.slice(first);
  }
}
