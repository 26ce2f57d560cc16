import { randomUUID } from "node:crypto";
import type { Directory, Resource, User } from "../directory.js";
import type { MultiFactorReport } from "../errors/index.js";

/** A policy that asks a user for a second factor before tokens for an API are issued. */
export interface MultiFactorRequirement extends MultiFactorReport {
  /** Name of the fixture user. */
  readonly user: string;
  /** Name, client id or identifier URI of the API. */
  readonly resource: string;
}

/** A policy in force. */
export interface MultiFactorSnapshot extends MultiFactorRequirement {
  readonly id: string;
}

interface Policy {
  readonly id: string;
  readonly user: User;
  readonly resource: Resource;
  readonly report: MultiFactorReport;
}

/** The Conditional Access policies in force; none at the start. */
export class MultiFactorPolicies {
  readonly #directory: Directory;
  #policies: readonly Policy[] = [];

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  require({ user, resource, ...report }: MultiFactorRequirement): { remove(): void } {
    const policy: Policy = {
      id: randomUUID(),
      user: this.#directory.user(user),
      resource: this.#directory.resource(resource),
      report,
    };
    this.#policies = [...this.#policies, policy];
    return {
      remove: () => {
        this.#policies = this.#policies.filter((other) => other !== policy);
      },
    };
  }

  /** Whether there was any. @throws TypeError unless both fixtures are known. */
  withdraw(subject: { readonly user: string; readonly resource: string }): boolean {
    const user = this.#directory.user(subject.user);
    const resource = this.#directory.resource(subject.resource);
    const remaining = this.#policies.filter((policy) => policy.user !== user || policy.resource !== resource);
    const isWithdrawn = remaining.length < this.#policies.length;
    this.#policies = remaining;
    return isWithdrawn;
  }

  find(user: User, resource: Resource): Policy | undefined {
    return this.#policies.find(
      (policy) => policy.user.objectId === user.objectId && policy.resource.clientId === resource.clientId,
    );
  }

  state(): unknown {
    return this.#policies.map(({ id, user, resource }) => ({ id, user: user.name, resource: resource.name }));
  }

  /** As they were required, with the id that claims challenges name. */
  export(): readonly MultiFactorSnapshot[] {
    return this.#policies.map(({ id, user, resource, report }) => ({
      id,
      user: user.name,
      resource: resource.name,
      ...report,
    }));
  }

  /** @throws TypeError unless all fixtures are known. */
  restore(policies: readonly MultiFactorSnapshot[]): void {
    this.#policies = policies.map(({ id, user, resource, ...report }) => ({
      id,
      user: this.#directory.user(user),
      resource: this.#directory.resource(resource),
      report,
    }));
  }

  reset(): void {
    this.#policies = [];
  }
}

/** The `claims` value that sends a client back to the sign-in page for a second factor. */
export function claimsChallenge(policy: { readonly id: string }): string {
  return JSON.stringify({ access_token: { polids: { essential: true, values: [policy.id] } } });
}
