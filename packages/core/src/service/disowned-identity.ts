import { AcsAuthError } from "../errors/acs-auth-error.js";
import { resourceIdOf } from "../identity-client/communication-user-id.js";
import type { UserKey } from "../user.js";
import type { CallContext } from "./call-context.js";
import { withDeadline } from "./deadline.js";
import type { IdentityCreator } from "./identity-creator.js";
import { InFlightCalls } from "./in-flight-calls.js";
import type { ResourceId } from "./resource-id.js";

/** The two ways in which ACS can disown a mapped identity. */
export type DisownedReason = "deleted" | "other_resource";

/**
 * Finds out why ACS answers `IdentityNotOwned`, which it does both for an identity of another resource and for one that
 * was deleted. The resource half of the id tells them apart, once this process knows its own resource. If it does not
 * yet, it learns it by creating an identity and deleting it again: at most once in the life of a process.
 */
export class DisownedIdentity {
  readonly #creator: IdentityCreator;
  readonly #resourceId: ResourceId;
  readonly #probes = new InFlightCalls();

  constructor(creator: IdentityCreator, resourceId: ResourceId) {
    this.#creator = creator;
    this.#resourceId = resourceId;
  }

  async reason(call: CallContext, user: UserKey, communicationUserId: string): Promise<DisownedReason | undefined> {
    if (this.#resourceId.value === undefined) await this.#probe(call, user);
    if (this.#resourceId.value === undefined) {
      if (call.deadline.signal.aborted) throw call.deadline.signal.reason;
      return undefined;
    }
    return resourceIdOf(communicationUserId) === this.#resourceId.value ? "deleted" : "other_resource";
  }

  async #probe(call: CallContext, user: UserKey): Promise<void> {
    try {
      await call.deadline.wait(this.#probes.share("probe", undefined, () => this.#createAndDiscard(call, user)));
    } catch (error) {
      if (!AcsAuthError.is(error)) throw error;
    }
  }

  /** Shared by all calls that need it, so that the caller who began it cannot cancel it. */
  async #createAndDiscard(call: CallContext, user: UserKey): Promise<void> {
    await withDeadline(call.deadline.remainingInMs, undefined, async (deadline) => {
      const { communicationUserId } = await this.#creator.createIdentity({ ...call, deadline }, user, undefined);
      await this.#creator.discard({ ...call, deadline }, user, communicationUserId);
    });
  }
}

/** The error that says which of the two it is and how to mend it. */
export function disownedError(
  reason: DisownedReason | undefined,
  communicationUserId: string,
  cause: unknown,
): AcsAuthError {
  const options = { communicationUserId, cause };
  switch (reason) {
    case "deleted":
      return new AcsAuthError(
        "identity_deleted",
        "The user's identity was deleted at ACS, but its mapping is still there. " +
          'Delete the user and create it again, or allow it with replaceDisownedIdentity: ["deleted"].',
        options,
      );
    case "other_resource":
      return new AcsAuthError(
        "identity_of_other_resource",
        "The user's identity belongs to another ACS resource than the one this server is connected to. " +
          "Check the connection string or endpoint. If the resource was exchanged on purpose, " +
          'allow it with replaceDisownedIdentity: ["other_resource"].',
        options,
      );
    default:
      return new AcsAuthError(
        "identity_not_owned",
        "ACS disowns the user's identity: it was deleted, or it belongs to another ACS resource. " +
          "Configure resourceId to have the two told apart.",
        options,
      );
  }
}
