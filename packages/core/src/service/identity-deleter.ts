import { AcsAuthError } from "../errors/acs-auth-error.js";
import type { UserKey } from "../user.js";
import type { AcsGateway } from "./acs-gateway.js";
import type { CallContext } from "./call-context.js";
import { type DisownedIdentity, disownedError } from "./disowned-identity.js";
import type { StoreGateway } from "./store-gateway.js";

/**
 * Deletes an identity at ACS and then its mapping. A failure between the two leaves the mapping, so that repeating the
 * call finishes the job.
 */
export class IdentityDeleter {
  readonly #acs: AcsGateway;
  readonly #store: StoreGateway;
  readonly #disowned: DisownedIdentity;

  constructor(acs: AcsGateway, store: StoreGateway, disowned: DisownedIdentity) {
    this.#acs = acs;
    this.#store = store;
    this.#disowned = disowned;
  }

  /** @returns whether this call removed the mapping. */
  async delete(call: CallContext, user: UserKey, communicationUserId: string): Promise<boolean> {
    await this.#deleteIdentity(call, user, communicationUserId);
    return this.#removeMapping(call, user, communicationUserId);
  }

  /** An identity that is already gone counts as deleted. */
  async #deleteIdentity(call: CallContext, user: UserKey, communicationUserId: string): Promise<void> {
    try {
      await this.#acs.delete(call, communicationUserId);
    } catch (error) {
      if (!AcsAuthError.is(error, "identity_not_owned")) throw error;
      const reason = await this.#disowned.reason(call, user, communicationUserId);
      if (reason !== "deleted") throw disownedError(reason, communicationUserId, error);
    }
  }

  /** Removing is repeatable, so a removal whose outcome is unknown is tried once more. */
  async #removeMapping(call: CallContext, user: UserKey, communicationUserId: string): Promise<boolean> {
    try {
      return await this.#store.removeIfMatches(call, user, communicationUserId);
    } catch (error) {
      if (!AcsAuthError.is(error, "store_unavailable")) throw error;
    }
    await this.#store.removeIfMatches(call, user, communicationUserId);
    return true;
  }
}
