import type { User } from "../directory.js";

/** Counts how often each user's sessions were revoked; whatever was issued under an earlier count is worthless. */
export class Sessions {
  readonly #generations = new Map<string, number>();

  generation(user: User): number {
    return this.#generations.get(user.objectId) ?? 0;
  }

  revoke(user: User): void {
    this.#generations.set(user.objectId, this.generation(user) + 1);
  }

  /** Sets how often the sessions of each user were revoked; of the others, never. */
  restore(revocations: readonly { readonly user: User; readonly times: number }[]): void {
    this.reset();
    for (const { user, times } of revocations) this.#generations.set(user.objectId, times);
  }

  reset(): void {
    this.#generations.clear();
  }
}
