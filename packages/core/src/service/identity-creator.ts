import { AcsAuthError, type AcsAuthErrorCode } from "../errors/acs-auth-error.js";
import type { AcsAccessToken } from "../identity-client/acs-identity-client.js";
import type { IdentityMapping, InsertResult } from "../identity-store.js";
import type { UserKey } from "../user.js";
import type { AcsGateway, TokenRequest } from "./acs-gateway.js";
import type { CallContext } from "./call-context.js";
import { withDeadline } from "./deadline.js";
import type { OrphanReporter } from "./orphan-reporter.js";
import type { StoreGateway } from "./store-gateway.js";

/** What the user is mapped to after a creation. */
export interface Creation {
  readonly mapping: IdentityMapping;
  /** False where another call had mapped the user first. */
  readonly created: boolean;
  /** The first token of a created identity, where one was asked for. */
  readonly accessToken: AcsAccessToken | undefined;
}

/** The least time that deleting an unneeded identity is given, even where the call's budget has run out. */
const LEAST_CLEANUP_TIME_IN_MS = 5_000;

/** Failures of a write by which a store says that it did not carry it out. */
const NOTHING_WRITTEN: ReadonlySet<AcsAuthErrorCode> = new Set(["store_denied", "throttled"]);

/** Asked for to see whether ACS has an identity, for which there is no other operation; nobody gets it. */
const LEAST_TOKEN: TokenRequest = { scopes: ["chat.join.limited"], tokenExpiresInMinutes: 60 };

/** How often a mapping is written when the outcome of the write is in doubt. */
const INSERT_ATTEMPTS = 2;

/**
 * Creates an identity and maps the user to it, so that however calls race and fail the user has one identity and no
 * other one is left behind unreported.
 */
export class IdentityCreator {
  readonly #acs: AcsGateway;
  readonly #store: StoreGateway;
  readonly #orphans: OrphanReporter;

  constructor(acs: AcsGateway, store: StoreGateway, orphans: OrphanReporter) {
    this.#acs = acs;
    this.#store = store;
    this.#orphans = orphans;
  }

  /** Once begun, a creation is not cancelled by callers who leave: only the time budget ends it. */
  async create(call: CallContext, user: UserKey, token: TokenRequest | undefined): Promise<Creation> {
    if (call.deadline.signal.aborted) throw call.deadline.signal.reason;
    return withDeadline(call.deadline.remainingInMs, undefined, (deadline) =>
      this.#createAndMap({ ...call, deadline }, user, token),
    );
  }

  async #createAndMap(call: CallContext, user: UserKey, token: TokenRequest | undefined): Promise<Creation> {
    const { communicationUserId, accessToken } = await this.createIdentity(call, user, token);
    const candidate: IdentityMapping = { user, communicationUserId, createdOn: new Date() };
    if (call.deadline.signal.aborted) {
      void this.discard(call, user, communicationUserId);
      throw call.deadline.signal.reason;
    }
    const { mapping } = await this.#insert(call, candidate);
    if (mapping.communicationUserId === communicationUserId) return { mapping, created: true, accessToken };
    await this.discard(call, user, communicationUserId);
    return { mapping, created: false, accessToken: undefined };
  }

  /** Creates an identity that nothing maps to yet; replies that were lost are reported before this settles. */
  async createIdentity(
    call: CallContext,
    user: UserKey,
    token: TokenRequest | undefined,
  ): Promise<{ communicationUserId: string; accessToken: AcsAccessToken | undefined }> {
    const reports: Promise<void>[] = [];
    try {
      return await this.#acs.create(call, token, {
        possiblyCreated: (error) => {
          const reason = "create_reply_lost";
          const orphan = { certainty: "possible", communicationUserId: undefined, user, reason, error } as const;
          reports.push(this.#orphans.report(orphan, call.deadline));
        },
        createdTooLate: (communicationUserId) => void this.discard(call, user, communicationUserId),
      });
    } finally {
      await Promise.all(reports);
    }
  }

  /**
   * Deletes an identity that is certainly unmapped, or reports it. Never rejects. The deletion may outlast the call's
   * budget; the call does not wait for it then.
   */
  async discard(call: CallContext, user: UserKey, communicationUserId: string): Promise<void> {
    await call.deadline.wait(this.#deleteOrReport(call, user, communicationUserId)).catch(() => {});
  }

  async #deleteOrReport(call: CallContext, user: UserKey, communicationUserId: string): Promise<void> {
    const budgetInMs = Math.max(LEAST_CLEANUP_TIME_IN_MS, call.deadline.remainingInMs);
    await withDeadline(budgetInMs, undefined, async (deadline) => {
      try {
        await this.#acs.delete({ ...call, deadline }, communicationUserId);
      } catch (thrown) {
        if (AcsAuthError.is(thrown, "identity_not_owned")) return;
        const reason = "cleanup_failed";
        const error = AcsAuthError.is(thrown) ? thrown : undefined;
        await this.#orphans.report({ certainty: "certain", communicationUserId, user, reason, error }, deadline);
      }
    });
  }

  /** Writes the mapping. A failed write is settled by reading before anything is decided. */
  async #insert(call: CallContext, candidate: IdentityMapping): Promise<InsertResult> {
    let failure: AcsAuthError | undefined;
    let perhapsWritten = false;
    for (let attempt = 1; attempt <= INSERT_ATTEMPTS; attempt++) {
      try {
        return await withDeadline(call.deadline.remainingInMs / 2, call.deadline.signal, (deadline) =>
          this.#store.insertIfAbsent({ ...call, deadline }, candidate),
        );
      } catch (error) {
        if (!AcsAuthError.is(error)) throw error;
        failure = error;
      }
      perhapsWritten ||= !NOTHING_WRITTEN.has(failure.code);
      const isDenied = failure.code === "store_denied" && !perhapsWritten;
      const stored = isDenied ? undefined : await this.#read(call, candidate.user);
      if (stored && stored !== "unknown") return { inserted: false, mapping: stored };
      if (!perhapsWritten) {
        await this.discard(call, candidate.user, candidate.communicationUserId);
        throw failure;
      }
      if (stored === "unknown") break;
      if (attempt === INSERT_ATTEMPTS || !(await this.#exists(call, candidate.communicationUserId))) break;
    }
    throw await this.#outcomeUnknown(call, candidate, failure);
  }

  async #read(call: CallContext, user: UserKey): Promise<IdentityMapping | undefined | "unknown"> {
    try {
      return await this.#store.get(call, user);
    } catch (error) {
      if (AcsAuthError.is(error)) return "unknown";
      throw error;
    }
  }

  /**
   * Whether ACS certainly has an identity still. An absent mapping may also have been written and, since, deleted by
   * another call, with its identity; writing it again would map the user to what is gone.
   */
  async #exists(call: CallContext, communicationUserId: string): Promise<boolean> {
    try {
      await this.#acs.issueToken(call, communicationUserId, LEAST_TOKEN);
      return true;
    } catch (error) {
      if (AcsAuthError.is(error)) return false;
      throw error;
    }
  }

  async #outcomeUnknown(
    call: CallContext,
    { user, communicationUserId }: IdentityMapping,
    cause: AcsAuthError | undefined,
  ): Promise<AcsAuthError> {
    const error = new AcsAuthError(
      "mapping_outcome_unknown",
      "Whether the user's new identity was mapped is unknown. Repeat the call; it continues with what was written.",
      { cause, communicationUserId, ...retryAfterOf(cause) },
    );
    const reason = "mapping_outcome_unknown";
    await this.#orphans.report({ certainty: "possible", communicationUserId, user, reason, error }, call.deadline);
    return error;
  }
}

function retryAfterOf(error: AcsAuthError | undefined): { retryAfterInMs?: number } {
  return error?.retryAfterInMs === undefined ? {} : { retryAfterInMs: error.retryAfterInMs };
}
