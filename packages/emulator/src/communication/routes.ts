import { Hono } from "hono";
import type { AccessTokens } from "./access-tokens.js";
import type { VerifyAccessToken } from "./authentication.js";
import { CommunicationError, type ErrorAnswer } from "./communication-error.js";
import type { Identities } from "./identities.js";
import type { IssuedTokens } from "./issued-tokens.js";
import type { RateLimiter } from "./rate-limiter.js";
import { isAbsentOrEmpty, readBody, readLifetime, readScopes } from "./request-body.js";
import { exchangeTeamsToken } from "./teams-exchange.js";

export interface RouteDependencies {
  readonly identities: Identities;
  readonly issued: IssuedTokens;
  readonly accessTokens: AccessTokens;
  readonly rateLimiter: RateLimiter;
  readonly verifyAccessToken: VerifyAccessToken;
  readonly unknownScope: ErrorAnswer;
  readonly revocationDelayInMs: number;
  readonly now: () => number;
}

const json = { "Content-Type": "application/json; charset=utf-8" };

/** The operations of the Identity REST API that `@azure/communication-identity` 1.3.1 calls. */
export function identityRoutes(dependencies: RouteDependencies): Hono {
  const { identities, issued, accessTokens, rateLimiter, verifyAccessToken, unknownScope, now } = dependencies;
  const revoke = (id: string) => issued.revoke(id, now() + dependencies.revocationDelayInMs);

  return new Hono()
    .post("/identities", async (c) => {
      const body = await readBody(c);
      refuseCustomId(body["customId"]);
      if (isAbsentOrEmpty(body["createTokenWithScopes"])) {
        rateLimiter.admit("createIdentity");
        return c.json({ identity: { id: identities.create().id } }, 201, json);
      }
      rateLimiter.admit("createIdentityAndToken");
      const scopes = readScopes(body["createTokenWithScopes"], unknownScope);
      const lifetime = readLifetime(body["expiresInMinutes"]);
      const { id } = identities.create();
      const accessToken = await accessTokens.issue(id, scopes, now() + lifetime);
      return c.json({ identity: { id }, accessToken }, 201, json);
    })
    .post("/identities/:id/:action{:issueAccessToken}", async (c) => {
      rateLimiter.admit("issueToken");
      const body = await readBody(c);
      const scopes = readScopes(body["scopes"], unknownScope);
      const lifetime = readLifetime(body["expiresInMinutes"]);
      const { id } = identities.require(c.req.param("id"));
      return c.json(await accessTokens.issue(id, scopes, now() + lifetime), 200, json);
    })
    .post("/identities/:id/:action{:revokeAccessTokens}", (c) => {
      rateLimiter.admit("revokeTokens");
      revoke(identities.require(c.req.param("id")).id);
      return c.body(null, 204);
    })
    .delete("/identities/:id", (c) => {
      rateLimiter.admit("deleteIdentity");
      const id = c.req.param("id");
      identities.delete(id);
      revoke(id);
      return c.body(null, 204);
    })
    .post("/teamsUser/:action{:exchangeAccessToken}", async (c) => {
      rateLimiter.admit("exchangeTeamsToken");
      return c.json(await exchangeTeamsToken(await readBody(c), verifyAccessToken, accessTokens), 200, json);
    });
}

/** The preview's `customId` promises the same identity for the same id: better refused than broken silently. */
function refuseCustomId(customId: unknown): void {
  if (customId === undefined) return;
  throw new CommunicationError({
    status: 501,
    code: "NotEmulated",
    message: "customId exists in a withdrawn preview only and is not emulated.",
    target: "customId",
  });
}
