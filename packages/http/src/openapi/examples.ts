import { TOKEN_LIFETIME_IN_MINUTES } from "@acs-auth/core";
import { selectable, type TokenOptions } from "./selectable.js";

const acsUserIdentity = "8:acs:10000000-0000-4000-8000-000000000001_20000000-0000-4000-8000-000000000002";
const token = { token: "<ACS access token>", expiresOn: "2026-01-01T00:00:00.000Z" };

export const EXAMPLES = {
  User: { acsUserIdentity },
  Token: { ...token, user: { communicationUserId: acsUserIdentity, id: acsUserIdentity, rawId: acsUserIdentity } },
  TeamsToken: token,
  TeamsTokenRequest: { accessToken: "eyJ0eXAi.eyJhdWQi.c2lnbmF0dXJl" },
};

export function tokenRequestExample(options: TokenOptions) {
  const { scopes, tokenExpiresInMinutes } = selectable(options);
  return {
    ...(scopes && { scopes: scopes.slice(0, 1) }),
    ...(tokenExpiresInMinutes && { expiresInMinutes: TOKEN_LIFETIME_IN_MINUTES.min }),
  };
}
