import type { JWTPayload } from "jose";
import type { AccessToken, AccessTokens } from "./access-tokens.js";
import type { VerifyAccessToken } from "./authentication.js";
import { CommunicationError, invalidAccessToken, validationError } from "./communication-error.js";
import type { RequestBody } from "./request-body.js";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The application of Azure Communication Services that Teams permissions belong to, by URI and by id. */
export const teamsAudiences = ["https://auth.msft.communication.azure.com", "1fd5118e-2576-4263-8130-9503064c837a"];
/** What the Teams permissions allow. The claims of the real tokens for Teams users are not known. */
const scopesOfPermissions = new Map([
  ["Teams.ManageChats", "chat"],
  ["Teams.ManageCalls", "voip"],
]);

/** Exchanges a Teams user's Entra ID token for an access token that expires at the same time. */
export async function exchangeTeamsToken(
  { token, appId, userId }: RequestBody,
  verifyAccessToken: VerifyAccessToken,
  accessTokens: AccessTokens,
): Promise<AccessToken> {
  const app = readGuid(appId, "AppId");
  const user = readGuid(userId, "UserId");
  const claims = await verifyTeamsToken(token, verifyAccessToken);
  if (lowerCase(claims["appid"] ?? claims["azp"]) !== app) {
    throw validationError("AAD application is not the expected one.", "appId");
  }
  if (lowerCase(claims["oid"]) !== user) {
    throw validationError("Provided AAD token issued for unexpected user.", "userId");
  }
  const permissions = String(claims["scp"] ?? "").split(" ");
  const scopes = permissions.flatMap((permission) => scopesOfPermissions.get(permission) ?? []);
  return accessTokens.issue(`8:orgid:${user}`, scopes, Number(claims.exp) * 1000);
}

async function verifyTeamsToken(token: unknown, verifyAccessToken: VerifyAccessToken): Promise<JWTPayload> {
  const invalid = new CommunicationError(invalidAccessToken);
  if (typeof token !== "string") throw invalid;
  return verifyAccessToken(token, teamsAudiences).catch(() => Promise.reject(invalid));
}

function readGuid(value: unknown, name: "AppId" | "UserId"): string {
  if (value === undefined || value === null || value === "") {
    throw validationError(`${name}: The ${name} field is required.`);
  }
  if (typeof value !== "string" || !guid.test(value)) {
    throw validationError(`Provided ${name} has invalid format.`, name === "AppId" ? "appId" : "userId");
  }
  return value.toLowerCase();
}

function lowerCase(value: unknown): string {
  return String(value).toLowerCase();
}
