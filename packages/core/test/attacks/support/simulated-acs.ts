import { randomUUID } from "node:crypto";
import type { AcsIdentityClient, TokenScope } from "../../../src/index.js";

interface Issued {
  readonly communicationUserId: string;
  readonly scopes: readonly TokenScope[];
}

/** ACS in this process: as fast as memory, and every request and every reply waits at a gate of the test's. */
export class SimulatedAcs implements AcsIdentityClient {
  /** Passed by each request before its effect, and by each reply after it. */
  gate: () => Promise<void> = async () => {};
  /** Appended to each token, for tests of size. */
  padding = "";
  requests = 0;
  readonly #resource = randomUUID();
  readonly #live = new Map<string, Set<string>>();
  readonly #issued = new Map<string, Issued>();

  createUser(): Promise<{ communicationUserId: string }> {
    return this.#exchange(() => ({ communicationUserId: this.#createIdentity() }));
  }

  createUserAndToken(scopes: TokenScope[]) {
    return this.#exchange(() => {
      const communicationUserId = this.#createIdentity();
      return { ...this.#issue(communicationUserId, scopes), user: { communicationUserId } };
    });
  }

  getToken({ communicationUserId }: { communicationUserId: string }, scopes: TokenScope[]) {
    return this.#exchange(() => this.#issue(communicationUserId, scopes));
  }

  revokeTokens({ communicationUserId }: { communicationUserId: string }): Promise<void> {
    return this.#exchange(() => this.#tokensOf(communicationUserId).clear());
  }

  deleteUser({ communicationUserId }: { communicationUserId: string }): Promise<void> {
    return this.#exchange(() => {
      this.#tokensOf(communicationUserId);
      this.#live.delete(communicationUserId);
    });
  }

  getTokenForTeamsUser(): never {
    throw new Error("Teams tokens are not simulated.");
  }

  /** Whose token it is and what it allows; `undefined` once it is revoked or its identity deleted. */
  introspect(token: string): Issued | undefined {
    const issued = this.#issued.get(token);
    return issued && this.#live.get(issued.communicationUserId)?.has(token) ? issued : undefined;
  }

  async #exchange<T>(effect: () => T): Promise<T> {
    this.requests += 1;
    await this.gate();
    const reply = effect();
    await this.gate();
    return reply;
  }

  #createIdentity(): string {
    const communicationUserId = `8:acs:${this.#resource}_${randomUUID()}`;
    this.#live.set(communicationUserId, new Set());
    return communicationUserId;
  }

  #issue(communicationUserId: string, scopes: readonly TokenScope[]) {
    const token = `${randomUUID()}${this.padding}`;
    this.#tokensOf(communicationUserId).add(token);
    this.#issued.set(token, { communicationUserId, scopes });
    return { token, expiresOn: new Date(Date.now() + 24 * 3_600_000) };
  }

  #tokensOf(communicationUserId: string): Set<string> {
    const tokens = this.#live.get(communicationUserId);
    if (!tokens) throw Object.assign(new Error("disowned"), { statusCode: 401, code: "IdentityNotOwned" });
    return tokens;
  }
}

/** Lets every call get to its next gate before one of them is opened, so that any may be the next. */
export async function letOthersCatchUp(openGate: () => Promise<unknown>): Promise<void> {
  await openGate();
  for (let turn = 0; turn < 6; turn++) await new Promise((resolve) => setImmediate(resolve));
}
