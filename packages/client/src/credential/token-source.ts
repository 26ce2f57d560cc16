import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import { AcsAuthClient } from "../acs-auth-client.js";
import { AcsAuthError } from "../errors/acs-auth-error.js";
import type { AcsToken } from "../http/replies.js";
import { signIn } from "../sign-in.js";
import type { AcsTokenCredentialOptions, TeamsTokenCredentialOptions } from "./options.js";

/** How long a token has to live to be of use, in milliseconds. */
const SHORTEST_LIFE_IN_MS = 1_000;

/** Fetches a new token; with `renew`, one that outlives the last. */
export type TokenSource = (request: {
  readonly renew: boolean;
  readonly abortSignal: AbortSignal;
}) => Promise<AcsToken>;

/** @throws TypeError that names an option which is missing or makes no sense. */
export function tokenSource(options: AcsTokenCredentialOptions): TokenSource {
  const client = new AcsAuthClient(options);
  switch (options.kind) {
    case "user": {
      const { scopes, tokenExpiresInMinutes } = options;
      const wanted = {
        ...(scopes ? { scopes } : {}),
        ...(tokenExpiresInMinutes === undefined ? {} : { tokenExpiresInMinutes }),
      };
      return async ({ abortSignal }) => usable(await client.issueToken({ ...wanted, abortSignal }));
    }
    case "teams":
      if (typeof options.getTeamsUserAadToken !== "function") {
        throw new TypeError("getTeamsUserAadToken must be a function.");
      }
      return teamsTokenSource(client, options);
    default:
      throw new TypeError('kind must be "user" or "teams".');
  }
}

function teamsTokenSource(client: AcsAuthClient, { getTeamsUserAadToken }: TeamsTokenCredentialOptions): TokenSource {
  const exchange = async (forceRefresh: boolean, abortSignal: AbortSignal) => {
    const teamsUserAadToken = await signIn(getTeamsUserAadToken, { forceRefresh, abortSignal });
    return usable(await client.exchangeTeamsToken({ teamsUserAadToken, abortSignal }));
  };
  return async ({ renew, abortSignal }) => {
    try {
      return await exchange(renew, abortSignal);
    } catch (error) {
      if (renew || !AcsAuthError.is(error, "invalid_teams_token")) throw error;
      return exchange(true, abortSignal);
    }
  };
}

/**
 * A token with the end of life that the SDK reads from it.
 *
 * @throws AcsAuthError `invalid_response` for a token that the SDK cannot read or that has run out.
 */
async function usable({ token }: AcsToken): Promise<AcsToken> {
  const expiresOn = new Date(await endOfLife(token));
  if (expiresOn.getTime() - Date.now() >= SHORTEST_LIFE_IN_MS) return { token, expiresOn };
  throw new AcsAuthError("invalid_response", "By the clock of this device, the server's token has run out.", {
    reason: "expired",
  });
}

async function endOfLife(token: string): Promise<number> {
  try {
    return (await new AzureCommunicationTokenCredential(token).getToken()).expiresOnTimestamp;
  } catch (cause) {
    throw new AcsAuthError("invalid_response", "The server's token is not a JSON Web Token.", { cause });
  }
}
