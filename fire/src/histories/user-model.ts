import type { Method } from "./history.js";
import type { Outcome } from "./outcome.js";

const CREATES: ReadonlySet<Method> = new Set(["getOrCreateUser", "issueToken, createIfMissing"]);

/** What is there after a step. */
export interface Truth {
  readonly mapped: string | undefined;
  readonly live: ReadonlySet<string>;
}

/** What may be true of one user. */
export class UserModel {
  mapped: string | undefined;
  /** A deletion failed: the mapped identity may be gone, and repeating the deletion finishes the job. */
  halfDeleted = false;
  /** Identities whose deletion succeeded. */
  readonly deleted = new Set<string>();
  readonly #everMapped = new Set<string>();

  /** Compares a step's answers and what is there after it with what was there before; returns what is wrong. */
  check(outcomes: readonly Outcome[], truth: Truth): string[] {
    const deletions = outcomes.filter(({ call }) => call.method === "deleteUser");
    const found = [
      ...this.#checkAnswers(outcomes),
      ...(deletions.length > 0
        ? this.#checkDeletion(outcomes, deletions, truth)
        : this.#checkNoDeletion(outcomes, truth)),
    ];
    const failed = deletions.some(({ answer }) => answer.kind === "error");
    this.halfDeleted = truth.mapped !== undefined && (failed || (this.halfDeleted && truth.mapped === this.mapped));
    if (truth.mapped !== undefined && !truth.live.has(truth.mapped) && !this.halfDeleted) {
      found.push("the user is mapped to an identity that does not exist");
    }
    this.mapped = truth.mapped;
    if (truth.mapped !== undefined) this.#everMapped.add(truth.mapped);
    return found;
  }

  /** Deleted stays deleted, and no answer says what is not so. */
  #checkAnswers(outcomes: readonly Outcome[]): string[] {
    return outcomes.flatMap(({ call, answer }) => {
      if ("id" in answer && this.deleted.has(answer.id)) return [`${call.method} answered with a deleted identity`];
      if (answer.kind === "error" && isDisowned(answer.code) && !this.halfDeleted && !outcomes.some(isDeletion)) {
        return [`${call.method} says that an identity was deleted which nobody deleted`];
      }
      return [];
    });
  }

  #checkNoDeletion(outcomes: readonly Outcome[], { mapped }: Truth): string[] {
    const found: string[] = [];
    const creators = outcomes.filter(({ call }) => CREATES.has(call.method));
    if (this.mapped !== undefined && mapped !== this.mapped) found.push("a mapping went or changed with no deletion");
    if (this.mapped === undefined && mapped !== undefined && creators.length === 0) {
      found.push("a mapping appeared although nobody asked for one");
    }
    for (const { call, answer } of outcomes) {
      if (isIdentity(call.method) && "id" in answer && answer.id !== mapped) {
        found.push(`${call.method} named an identity that is not the user's`);
      }
      if (this.mapped === undefined) continue;
      if (answer.kind === "absent") found.push("getUser says that there is no mapping, but there is");
      if (answer.kind === "error" && answer.code === "identity_not_found") {
        found.push(`${call.method} says that there is no mapping, but there is`);
      }
    }
    const created = outcomes.filter(({ answer }) => answer.kind === "identity" && answer.created);
    if (created.length > (this.mapped === undefined ? 1 : 0)) found.push("more calls than one say that they created");
    if (outcomes.length === 1 && outcomes[0]?.answer.kind === "identity" && outcomes[0].answer.created === false) {
      if (this.mapped === undefined) found.push("the only call says that it did not create what it named");
    }
    return found;
  }

  #checkDeletion(outcomes: readonly Outcome[], deletions: readonly Outcome[], { mapped, live }: Truth): string[] {
    const found: string[] = [];
    const succeeded = deletions.filter(({ answer }) => answer.kind === "deletion");
    const removed = deletions.filter(({ answer }) => answer.kind === "deletion" && answer.deleted);
    const creators = outcomes.filter(({ call }) => CREATES.has(call.method));
    if (succeeded.length > 0) {
      for (const id of this.#everMapped) {
        this.deleted.add(id);
        if (live.has(id)) found.push("an identity exists although its deletion succeeded");
        if (mapped === id) found.push("a mapping is there although its deletion succeeded");
      }
    }
    if (mapped !== undefined && mapped !== this.mapped && creators.length === 0) {
      found.push("a deletion changed the mapping");
    }
    if (removed.length > (this.mapped === undefined ? 0 : 1) + creators.length) {
      found.push("more deletions say that they deleted than there was to delete");
    }
    const [only] = outcomes;
    if (
      outcomes.length === 1 &&
      only?.answer.kind === "deletion" &&
      only.answer.deleted !== (this.mapped !== undefined)
    ) {
      found.push("a deletion says that there was nothing to delete, or the opposite, wrongly");
    }
    return found;
  }
}

function isDeletion({ call }: Outcome): boolean {
  return call.method === "deleteUser";
}

function isIdentity(method: Method): boolean {
  return method !== "exchangeTeamsToken";
}

function isDisowned(code: string): boolean {
  return code === "identity_deleted" || code === "identity_not_owned";
}
