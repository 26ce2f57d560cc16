import type { JWTPayload } from "jose";
import type { Directory } from "../entra/directory.js";
import { parseClaimsRequest } from "../entra/protocol/claims-request.js";
import { multiFactorContext } from "../entra/sign-in.js";

/** What a user's tokens must say before Microsoft Graph accepts them again (continuous access evaluation). */
export interface ClaimsRequirement {
  /** Name of the fixture user. */
  readonly user: string;
  /**
   * The claims request a client gets and has to hand to Entra ID: `{ "access_token": { … } }` with `nbf` (the token is
   * no older), `acrs` (an authentication context) or `polids` (a second factor). Default: `nbf` with the current time,
   * as after a revocation.
   */
  readonly claims?: Readonly<Record<string, unknown>>;
}

interface Challenge {
  readonly objectId: string;
  readonly user: string;
  readonly claims: string;
  readonly isMet: (token: JWTPayload) => boolean;
}

/** The claims challenges in force; none at the start. */
export class ClaimsChallenges {
  readonly #directory: Directory;
  readonly #now: () => number;
  #challenges: readonly Challenge[] = [];

  constructor(directory: Directory, now: () => number) {
    this.#directory = directory;
    this.#now = now;
  }

  /** @throws TypeError if there is no such user or no token could ever meet the claims. */
  require({ user: name, claims }: ClaimsRequirement): { remove(): void } {
    const challenge = this.#challenge(name, JSON.stringify(claims ?? this.#revocation()));
    this.#challenges = [...this.#challenges, challenge];
    return {
      remove: () => {
        this.#challenges = this.#challenges.filter((other) => other !== challenge);
      },
    };
  }

  /** Whether there was any. @throws TypeError if there is no such user. */
  withdraw({ user }: { readonly user: string }): boolean {
    const { objectId } = this.#directory.user(user);
    const remaining = this.#challenges.filter((challenge) => challenge.objectId !== objectId);
    const isWithdrawn = remaining.length < this.#challenges.length;
    this.#challenges = remaining;
    return isWithdrawn;
  }

  /** The claims request (JSON) a user's token does not meet yet, if any. */
  unmet(token: JWTPayload): string | undefined {
    return this.#challenges.find(({ objectId, isMet }) => objectId === token["oid"] && !isMet(token))?.claims;
  }

  state(): readonly { readonly user: string; readonly claims: string }[] {
    return this.#challenges.map(({ user, claims }) => ({ user, claims }));
  }

  /** Puts these in the place of all. @throws TypeError as `require` does. */
  restore(challenges: readonly { readonly user: string; readonly claims: string }[]): void {
    this.#challenges = challenges.map(({ user, claims }) => this.#challenge(user, claims));
  }

  reset(): void {
    this.#challenges = [];
  }

  #challenge(user: string, claims: string): Challenge {
    return { objectId: this.#directory.user(user).objectId, user, claims, isMet: condition(claims) };
  }

  #revocation() {
    return { access_token: { nbf: { essential: true, value: String(Math.floor(this.#now() / 1000)) } } };
  }
}

/** What a token must meet. @throws Error if no token could ever. */
export function condition(claims: string): (token: JWTPayload) => boolean {
  const { notBefore, authenticationContexts, multiFactor } = parseClaimsRequest(claims);
  if (notBefore === undefined && authenticationContexts.length === 0 && !multiFactor) {
    throw new TypeError('The claims need an "access_token" with "nbf", "acrs" or "polids".');
  }
  return ({ nbf = 0, acrs }) => {
    const contexts: readonly unknown[] = Array.isArray(acrs) ? acrs : [];
    if (notBefore !== undefined && nbf < notBefore) return false;
    if (multiFactor && !contexts.includes(multiFactorContext)) return false;
    return authenticationContexts.every((context) => contexts.includes(context));
  };
}
