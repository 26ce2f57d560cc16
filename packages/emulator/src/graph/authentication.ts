import { createMiddleware } from "hono/factory";
import { errors, type JWTPayload } from "jose";
import type { VerifyAccessToken } from "../communication/authentication.js";
import { callerOf } from "./caller.js";
import type { ClaimsChallenges } from "./claims-challenges.js";
import type { GraphEnvironment } from "./environment.js";
import { GraphError } from "./graph-error.js";

export interface AuthenticationOptions {
  /** The resource's identifier URIs and its client id. */
  readonly audiences: readonly string[];
  readonly verifyAccessToken: VerifyAccessToken;
  readonly challenges: ClaimsChallenges;
  /** Where a client that is refused goes for a token. */
  readonly authorizationUri: () => string;
}

/** Lets requests through that carry an access token for Microsoft Graph which meets all claims challenges. */
export function authenticate({ audiences, verifyAccessToken, challenges, authorizationUri }: AuthenticationOptions) {
  const refuse = (message: string, parameters: Readonly<Record<string, string>> = {}): GraphError => {
    const all = { realm: "", authorization_uri: authorizationUri(), ...parameters };
    const challenge = Object.entries(all).map(([name, value]) => `${name}="${value}"`);
    return new GraphError(
      { status: 401, code: "InvalidAuthenticationToken", message },
      { "WWW-Authenticate": `Bearer ${challenge.join(", ")}` },
    );
  };
  return createMiddleware<GraphEnvironment>(async (c, next) => {
    const [, token] = /^Bearer (\S+)$/i.exec(c.req.header("Authorization") ?? "") ?? [];
    if (token === undefined) throw refuse("Access token is empty.");
    const claims: JWTPayload = await verifyAccessToken(token, audiences).catch((error: unknown) =>
      Promise.reject(refuse(rejection(error))),
    );
    const unmet = challenges.unmet(claims);
    if (unmet !== undefined) {
      throw refuse("Continuous access evaluation resulted in challenge with result: InteractionRequired.", {
        error: "insufficient_claims",
        claims: Buffer.from(unmet).toString("base64"),
      });
    }
    c.set("caller", callerOf(claims));
    await next();
  });
}

/** The messages are not part of the contract; clients go by the code, which is always the same. */
function rejection(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "Access token has expired or is not yet valid.";
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === "nbf") return "Access token has expired or is not yet valid.";
    if (error.claim === "aud") return "Access token validation failure. Invalid audience.";
    if (error.claim === "iss") return "Access token validation failure. Invalid issuer.";
  }
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) {
    return "CompactToken parsing failed with error code: 80049217";
  }
  return "Access token validation failure.";
}
