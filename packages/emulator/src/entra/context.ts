import type { Directory } from "./directory.js";
import type { Issuers } from "./issuers.js";
import type { SigningKeys } from "./keys.js";
import type { Consents } from "./policies/consents.js";
import type { MultiFactorPolicies } from "./policies/multi-factor.js";
import type { Sessions } from "./policies/sessions.js";
import type { SealedTokens } from "./sealed-tokens.js";
import type { RedeemedCodes } from "./token/redeemed-codes.js";

/** What every part of the emulated Entra ID works with. */
export interface EntraContext {
  readonly directory: Directory;
  readonly issuers: Issuers;
  readonly keys: SigningKeys;
  readonly consents: Consents;
  readonly multiFactor: MultiFactorPolicies;
  readonly sessions: Sessions;
  readonly sealedTokens: SealedTokens;
  readonly redeemedCodes: RedeemedCodes;
  readonly origin: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly accessTokenLifetimeInSeconds: number;
}
