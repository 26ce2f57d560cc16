import { logger } from "../diagnostics/logger.js";
import { resourceIdOf } from "../identity-client/communication-user-id.js";

/** The id of the ACS resource the service works with: configured, or learned from any call that succeeded. */
export class ResourceId {
  #value: string | undefined;

  constructor(configured: string | undefined) {
    this.#value = configured?.toLowerCase();
  }

  get value(): string | undefined {
    return this.#value;
  }

  /** Takes note of an identity that ACS has just acknowledged as its own. */
  learn(communicationUserId: string): void {
    const learned = resourceIdOf(communicationUserId);
    if (learned === undefined || learned === this.#value) return;
    if (this.#value !== undefined) {
      logger.warning("ACS acknowledged an identity of another resource than the configured or earlier one.");
    }
    this.#value = learned;
  }
}
