import { AcsAuthError } from "../../errors/acs-auth-error.js";
import type { UserKey } from "../../user.js";
import { canonicalUserKey } from "../../user.js";
import { B64_TOKEN } from "../bearer-token.js";
import { type CommonVerifierOptions, type CommonVerifierSettings, commonSettings } from "../common-options.js";
import { MicrosoftAuthority, verifyEntraSignature } from "../entra/entra-authority.js";
import { checkAuthorityHost } from "../entra/entra-settings.js";
import { ENTRA_ALGORITHMS } from "../entra/entra-token-verifier.js";
import { type KeySourceOptions, keySourceSettings } from "../keys/key-source-options.js";
import { checkGuid, checkNonEmptyStrings } from "../option-checks.js";
import { invalidToken, type TokenRejectionReason } from "../rejection.js";
import type { TeamsTokenCheck } from "../teams-token-check.js";
import { type Claims, checkAudience, checkTimes, checkUnambiguous, stringClaim } from "../token/claims.js";
import { decodeToken } from "../token/decode-token.js";
import { scopesOf } from "../token/scopes.js";
import type { VerifyTokenOptions } from "../token-verifier.js";
import { verifyCall } from "../verify-call.js";

/** Options of {@link TeamsTokenVerifier}. */
export interface TeamsTokenVerifierOptions extends CommonVerifierOptions {
  /** The application that Teams users' tokens are issued to, whose id ACS is given with the token. */
  readonly clientId: string;
  /**
   * The sign-in host, one of {@link EntraAuthorityHosts} or its https origin. Default: the environment variable
   * `AZURE_AUTHORITY_HOST`, else the global cloud.
   */
  readonly authorityHost?: string;
  /** The accepted values of `aud`. Default: those of ACS in the global and the US Government cloud. */
  readonly audiences?: readonly string[];
  /** How signing keys are fetched and kept. Each verifier has its own. */
  readonly keys?: KeySourceOptions;
}

/** Options of {@link TeamsTokenVerifier.verify}. */
export type VerifyTeamsTokenOptions = Pick<VerifyTokenOptions, "abortSignal" | "tracingOptions">;

/** ACS as a resource of Entra ID: its identifiers per cloud, and its application id. */
const ACS_AUDIENCES = [
  "https://auth.msft.communication.azure.com",
  "https://auth.msft.communication.azure.com/",
  "https://auth.msft.communication.azure.us",
  "https://auth.msft.communication.azure.us/",
  "1fd5118e-2576-4263-8130-9503064c837a",
];

const READ_CLAIMS = new Set(["ver", "iss", "aud", "tid", "oid", "exp", "nbf", "iat", "scp", "azp", "appid"]);

const MESSAGES: Partial<Record<string, string>> = {
  audience_mismatch:
    "The Teams token was issued for another API; ask for https://auth.msft.communication.azure.com/Teams.ManageCalls and Teams.ManageChats.",
  missing_scope: "The Teams token holds no Teams scope; ask for Teams.ManageCalls, Teams.ManageChats or both.",
  expired: "The Teams token has expired; get a new one before the exchange.",
  user_mismatch: "The Teams token belongs to another user than the caller.",
  tenant_mismatch: "The Teams token belongs to another tenant than the caller.",
  client_mismatch: "The Teams token was issued to another application than the configured clientId.",
} satisfies Partial<Record<TokenRejectionReason, string>>;

/**
 * Checks a Teams user's Entra token before it is exchanged at ACS: that it belongs to the caller, to the configured
 * application and to ACS, and is genuine and alive. A wrong token thereby gets an actionable error and costs no call.
 *
 * A token with three parts must be a valid JSON Web Token. What is none (an encrypted token has five parts) cannot be
 * read by anyone but ACS and passes: ACS, which is given the caller's `oid` and the configured client id, decides.
 *
 * @see https://learn.microsoft.com/azure/communication-services/quickstarts/manage-teams-identity
 */
export class TeamsTokenVerifier implements TeamsTokenCheck {
  /** The application id to give to ACS. */
  readonly clientId: string;
  readonly #settings: CommonVerifierSettings;
  readonly #audiences: ReadonlySet<unknown>;
  readonly #authority: MicrosoftAuthority;

  /** @throws TypeError naming the option that is wrong. */
  constructor(options: TeamsTokenVerifierOptions) {
    this.clientId = checkGuid(options.clientId, "clientId");
    this.#settings = commonSettings(options);
    this.#audiences = new Set(checkNonEmptyStrings(options.audiences ?? ACS_AUDIENCES, "audiences"));
    this.#authority = new MicrosoftAuthority(
      checkAuthorityHost(options.authorityHost),
      undefined,
      keySourceSettings(options.keys),
    );
  }

  /**
   * @param token - The Teams user's Entra token.
   * @param user - The caller, from a verified access token; never from the request.
   * @throws AcsAuthError `invalid_teams_token` (with a `reason`, see {@link TokenRejectionReason}),
   * `key_server_unavailable`, `aborted`.
   */
  verify(token: string, user: UserKey, options: VerifyTeamsTokenOptions = {}): Promise<void> {
    return verifyCall("TeamsTokenVerifier", options, async () => {
      const caller = canonicalUserKey(user);
      try {
        await this.#verify(token, caller, options);
      } catch (error) {
        throw AcsAuthError.is(error, "invalid_token") ? invalidTeamsToken(error) : error;
      }
    });
  }

  async #verify(text: string, caller: UserKey, { abortSignal }: VerifyTeamsTokenOptions): Promise<void> {
    const { maxLength, toleranceInSeconds } = this.#settings;
    if (typeof text !== "string" || text === "") throw invalidToken("empty");
    if (text.length > maxLength) throw invalidToken("too_large");
    if (!B64_TOKEN.test(text)) throw invalidToken("malformed");
    if (text.split(".").length !== 3) return;

    const token = decodeToken(text, { maxLength, algorithms: ENTRA_ALGORITHMS });
    const { claims } = token;
    checkUnambiguous(claims, READ_CLAIMS);
    checkTimes(claims, { toleranceInSeconds, required: ["exp", "iat", "nbf"] });
    checkAudience(claims, this.#audiences);
    const tenantId = this.#authority.claimedTenant(claims);
    this.#checkBinding(claims, tenantId, caller);
    if (!scopesOf(claims, "scp").some((scope) => scope.startsWith("Teams."))) throw invalidToken("missing_scope");

    await verifyEntraSignature(token, tenantId, this.#authority, abortSignal);
  }

  #checkBinding(claims: Claims, tenantId: string, caller: UserKey): void {
    if (caller.objectId === tenantId.toLowerCase()) throw callerIsTenant();
    if (tenantId.toLowerCase() !== caller.tenantId) throw invalidToken("tenant_mismatch");
    if (stringClaim(claims, "oid").toLowerCase() !== caller.objectId) throw invalidToken("user_mismatch");
    if (this.#authority.clientId(claims)?.toLowerCase() !== this.clientId) throw invalidToken("client_mismatch");
  }
}

function invalidTeamsToken({ reason, message }: AcsAuthError): AcsAuthError {
  const options = reason === undefined ? {} : { reason };
  return new AcsAuthError("invalid_teams_token", MESSAGES[reason ?? ""] ?? message, options);
}

function callerIsTenant(): AcsAuthError {
  return new AcsAuthError(
    "invalid_teams_token",
    "The caller's objectId is the tenant id of the Teams token; it must be the user's own object id (oid).",
    { reason: "user_mismatch" },
  );
}
