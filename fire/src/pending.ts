import { setTimeout } from "node:timers/promises";

/** Counts what is under way, whoever still waits for it. */
export class Pending {
  #count = 0;

  async track<T>(run: () => Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await run();
    } finally {
      this.#count -= 1;
    }
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.#count > 0) await setTimeout(5);
  }
}
