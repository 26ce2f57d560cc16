import { AcsAuthError } from "../errors/acs-auth-error.js";
import type { AcsAccessToken } from "../identity-client/acs-identity-client.js";
import { isGuid, type UserKey } from "../user.js";
import type { TeamsTokenCheck } from "../verification/teams-token-check.js";
import type { AcsGateway } from "./acs-gateway.js";
import { type CallContext, operationOptions } from "./call-context.js";

/** Exchanges Teams users' tokens, each for its own user and for the configured application only. */
export class TeamsExchange {
  readonly #acs: AcsGateway;
  readonly #verifier: TeamsTokenCheck | undefined;

  constructor(acs: AcsGateway, verifier: TeamsTokenCheck | undefined) {
    this.#acs = acs;
    this.#verifier = verifier;
  }

  /**
   * What can be told without a remote call.
   *
   * @throws TypeError, or AcsAuthError `teams_exchange_not_configured`, `invalid_teams_token`.
   */
  check(user: UserKey, teamsUserAadToken: unknown): TeamsTokenCheck {
    if (typeof teamsUserAadToken !== "string") throw new TypeError("teamsUserAadToken must be a string.");
    if (!this.#verifier) {
      throw new AcsAuthError("teams_exchange_not_configured", "This server does not exchange Teams tokens.");
    }
    if (!isGuid(user.tenantId) || !isGuid(user.objectId)) {
      throw new AcsAuthError("invalid_teams_token", "Only a user of Microsoft Entra ID can exchange a Teams token.", {
        reason: "user_mismatch",
      });
    }
    return this.#verifier;
  }

  async exchange(
    call: CallContext,
    user: UserKey,
    verifier: TeamsTokenCheck,
    teamsUserAadToken: string,
  ): Promise<AcsAccessToken> {
    await call.deadline.wait(verifier.verify(teamsUserAadToken, user, operationOptions(call)));
    const { clientId } = verifier;
    return this.#acs.exchangeTeamsToken(call, { teamsUserAadToken, clientId, userObjectId: user.objectId });
  }
}
