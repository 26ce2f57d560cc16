import { randomUUID } from "node:crypto";
import { CommunicationError, type ErrorAnswer, identityNotOwned } from "./communication-error.js";

/** An identity of the resource. */
export interface Identity {
  /** `8:acs:<resource>_<user>` */
  readonly id: string;
  readonly createdOn: number;
  readonly deletedOn?: number;
}

export interface IdentitiesOptions {
  readonly resourceId: string;
  readonly deletedIdentity: ErrorAnswer;
  readonly now: () => number;
}

/** The identities of the resource, those deleted included. */
export class Identities {
  readonly #options: IdentitiesOptions;
  readonly #identities = new Map<string, Identity>();
  #created = 0;

  constructor(options: IdentitiesOptions) {
    this.#options = options;
  }

  create(): Identity {
    this.#created += 1;
    const counter = this.#created.toString(16).padStart(8, "0");
    const id = `8:acs:${this.#options.resourceId}_${counter}${randomUUID().slice(8)}`;
    const identity = { id, createdOn: this.#options.now() };
    this.#identities.set(id, identity);
    return identity;
  }

  /** The identity with this id, which exists from now on if it does not yet. */
  ensure(id: string): Identity {
    const found = this.#identities.get(id);
    if (found && found.deletedOn === undefined) return found;
    const identity = { id, createdOn: this.#options.now() };
    this.#identities.set(id, identity);
    return identity;
  }

  /** @throws CommunicationError unless it exists. */
  require(id: string): Identity {
    const identity = this.#identities.get(id);
    if (!identity) throw new CommunicationError(identityNotOwned);
    if (identity.deletedOn !== undefined) throw new CommunicationError(this.#options.deletedIdentity);
    return identity;
  }

  /** @throws CommunicationError unless it exists. */
  delete(id: string): void {
    this.#identities.set(id, { ...this.require(id), deletedOn: this.#options.now() });
  }

  list(): readonly Identity[] {
    return [...this.#identities.values()];
  }

  /** Puts these in the place of all. */
  restore(identities: readonly Identity[]): void {
    this.reset();
    for (const identity of identities) this.#identities.set(identity.id, identity);
    this.#created = identities.length;
  }

  reset(): void {
    this.#identities.clear();
  }
}
