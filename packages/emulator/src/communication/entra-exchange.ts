import { type Context, Hono } from "hono";
import { getPath } from "hono/utils/url";
import type { AccessTokens } from "./access-tokens.js";
import { bearerToken, type VerifyAccessToken } from "./authentication.js";
import { CommunicationError, type ErrorAnswer } from "./communication-error.js";
import type { Identities } from "./identities.js";
import { teamsAudiences } from "./teams-exchange.js";

export interface EntraExchangeDependencies {
  readonly resourceId: string;
  readonly identities: Identities;
  readonly accessTokens: AccessTokens;
  readonly verifyAccessToken: VerifyAccessToken;
  readonly invalidEntraToken: ErrorAnswer;
}

/** One kind of Entra ID user's tokens, and what they are exchanged for. */
interface Exchange {
  /** The application that the permissions belong to, by URI and by id. */
  readonly audiences: readonly string[];
  /** What its permissions allow. */
  readonly scopesOfPermissions: ReadonlyMap<string, string>;
  /** What comes before the tenant and the user in an identity's id. */
  readonly idPrefix: string;
}

/** Application "Azure Communication Services Clients", after "Access tokens with Microsoft Entra ID". */
const clients: Exchange = {
  audiences: [
    "https://communication.azure.com/clients",
    "https://communication.azure.com/clients/",
    "2a04943b-b6a7-4f65-8786-2bb6131b59f6",
  ],
  scopesOfPermissions: new Map([
    ["Chat", "chat"],
    ["Chat.Join", "chat.join"],
    ["Chat.Join.Limited", "chat.join.limited"],
    ["VoIP", "voip"],
    ["VoIP.Join", "voip.join"],
  ]),
  idPrefix: "wf_",
};

/** Teams Phone extensibility. What a token allows, and that it lives as long as the Entra ID token, is a guess. */
const teamsExtension: Exchange = {
  audiences: teamsAudiences,
  scopesOfPermissions: new Map([["TeamsExtension.ManageCalls", "voip"]]),
  idPrefix: "",
};

/**
 * The operations that `AzureCommunicationTokenCredential` of `@azure/communication-common` calls with the token of an Entra
 * ID user. The identities have ids of the form that the examples of the REST specification have.
 */
export function entraExchangeRoutes(dependencies: EntraExchangeDependencies): Hono {
  return new Hono()
    .post("/access/entra/:action{:exchangeAccessToken}", (c) => exchange(c, clients, dependencies))
    .post("/access/teamsExtension/:action{:exchangeAccessToken}", (c) => exchange(c, teamsExtension, dependencies));
}

/** The path of a request; the SDK doubles the first slash where its resource endpoint ends with one. */
export function pathOf(request: Request): string {
  return getPath(request).replace(/^\/\/access\//, "/access/");
}

async function exchange(
  c: Context,
  { audiences, scopesOfPermissions, idPrefix }: Exchange,
  { resourceId, identities, accessTokens, verifyAccessToken, invalidEntraToken }: EntraExchangeDependencies,
) {
  const invalid = new CommunicationError(invalidEntraToken);
  const token = bearerToken(c);
  if (!token) throw invalid;
  const { tid, oid, scp, exp } = await verifyAccessToken(token, audiences).catch(() => Promise.reject(invalid));
  const permissions = String(scp ?? "").split(" ");
  const scopes = permissions.flatMap((permission) => scopesOfPermissions.get(permission) ?? []);
  if (scopes.length === 0) throw invalid;
  const { id } = identities.ensure(`8:acs:${resourceId}_${idPrefix}${tid}_${oid}`);
  const accessToken = await accessTokens.issue(id, scopes, Number(exp) * 1000);
  return c.json({ identity: { id }, accessToken }, 200, { "Content-Type": "application/json; charset=utf-8" });
}
