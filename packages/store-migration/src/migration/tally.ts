import type { MappingPage } from "@acs-auth/core";
import type { Outcome } from "./copy-mapping.js";
import type { MigrationProgress } from "./options.js";
import type { MigrationProblem } from "./problem.js";

/** Counts what becomes of the mappings. */
export class Tally {
  readonly #problems: MigrationProblem[] = [];
  #read = 0;
  readonly #counts = { copied: 0, alreadyThere: 0, removedMeanwhile: 0 };
  #continuationToken: string | undefined;

  get problems(): number {
    return this.#problems.length;
  }

  add({ mappings, unreadable, continuationToken }: MappingPage, outcomes: readonly Outcome[]): void {
    this.#read += mappings.length + unreadable.length;
    this.#continuationToken = continuationToken;
    for (const outcome of outcomes) {
      if (typeof outcome === "string") this.#counts[outcome] += 1;
      else this.#problems.push(outcome);
    }
    for (const { user, error } of unreadable) this.#problems.push({ kind: "unreadable", user, error });
  }

  progress(): MigrationProgress {
    return {
      read: this.#read,
      ...this.#counts,
      problems: [...this.#problems],
      continuationToken: this.#continuationToken,
    };
  }
}
