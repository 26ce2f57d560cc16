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

  reset(): void {
    this.#generations.clear();
  }
}
