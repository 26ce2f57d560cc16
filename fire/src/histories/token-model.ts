import type { Emulator } from "@acs-auth/emulator";
import type { Outcome } from "./outcome.js";

interface Issued {
  readonly id: string;
  readonly token: string;
}

/** The tokens that one user was given: they work until they are revoked or the identity is deleted, and no longer. */
export class TokenModel {
  #issued: Issued[] = [];

  async check(emulator: Emulator, outcomes: readonly Outcome[]): Promise<string[]> {
    const found: string[] = [];
    const ends = outcomes.filter(({ call }) => call.method === "revokeTokens" || call.method === "deleteUser");
    if (ends.some(({ answer }) => answer.kind === "revoked" || answer.kind === "deletion")) {
      for (const issued of this.#issued) {
        if (issued.id.startsWith("8:acs:") && (await this.#isActive(emulator, issued))) {
          found.push("a token works although it was revoked, or its identity deleted");
        }
      }
      this.#issued = [];
    }
    for (const { call, answer } of outcomes) {
      const mayHaveEnded = ends.length > 0 && call.method !== "exchangeTeamsToken";
      if (answer.kind !== "token" || mayHaveEnded) continue;
      if (!(await this.#isActive(emulator, answer))) {
        found.push(`${call.method} handed out a token that does not work for the identity it names`);
      }
      this.#issued.push({ id: answer.id, token: answer.token });
    }
    return found;
  }

  async #isActive(emulator: Emulator, { id, token }: Issued): Promise<boolean> {
    const introspection = await emulator.communication.introspectToken(token);
    return introspection.active && introspection.rawId === id;
  }
}
