/** What was required over the admin endpoint, so that it can be withdrawn there. */
export class Requirements {
  readonly #requirements = new Map<string, readonly { remove(): void }[]>();

  add(subject: readonly string[], requirement: { remove(): void }): void {
    const key = JSON.stringify(subject);
    this.#requirements.set(key, [...(this.#requirements.get(key) ?? []), requirement]);
  }

  /** Whether there was any about the subject. */
  withdraw(subject: readonly string[]): boolean {
    const key = JSON.stringify(subject);
    for (const requirement of this.#requirements.get(key) ?? []) requirement.remove();
    return this.#requirements.delete(key);
  }
}
